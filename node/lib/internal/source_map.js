// SPDX-License-Identifier: MIT
// module.SourceMap: source maps (revision 3) by place in the generated text. Lines and columns count from 0 but in findOrigin, which counts as
// stack traces do. Tests: tests/node/module/source_map.js.
'use strict';

const { validateObject } = require('internal/validators');

const digits = new Map([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((digit, value) => [digit, value]));

// The numbers of one segment: five bits a digit, least first; the lowest bit of all is the sign.
function numbersOf(segment) {
  const numbers = [];
  let value = 0, shift = 0;
  for (const digit of segment) {
    const bits = digits.get(digit) ?? 0;
    value += (bits & 31) * 2 ** shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value % 2 === 1 ? -((value - 1) / 2) : value / 2);
    value = shift = 0;
  }
  return numbers;
}

// Adds a map's entries [line, column, source, original line, original column, name], from a place of the whole on.
function readMap({ sources, names, mappings }, line, column, entries) {
  let source = 0, originalLine = 0, originalColumn = 0, name = 0;
  for (const text of mappings.split(';')) {
    for (const segment of text.split(',')) {
      if (segment === '') continue;
      const { 0: columns, 1: sourceStep, 2: lineStep, 3: columnStep, 4: nameStep } = numbersOf(segment);
      column += columns;
      if (sourceStep === undefined) {
        entries.push([line, column]);
        continue;
      }
      source += sourceStep;
      originalLine += lineStep;
      originalColumn += columnStep;
      if (nameStep !== undefined) name += nameStep;
      entries.push([line, column, sources[source], originalLine, originalColumn, nameStep === undefined ? undefined : names?.[name]]);
    }
    line++;
    column = 0;
  }
}

class SourceMap {
  #payload;
  #lineLengths;
  #entries = []; // by place
  constructor(payload, { lineLengths } = {}) {
    validateObject(payload, 'payload');
    this.#payload = structuredClone(payload);
    this.#lineLengths = lineLengths === undefined ? undefined : [...lineLengths];
    if (payload.sections) {
      for (const { offset, map } of payload.sections) readMap(map, offset.line, offset.column, this.#entries);
    } else {
      readMap(payload, 0, 0, this.#entries);
    }
    this.#entries.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }
  get payload() {
    return structuredClone(this.#payload);
  }
  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }
  // The last one that does not begin behind the place.
  #find(line, column) {
    let low = 0, high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1, entry = this.#entries[middle];
      if (entry[0] < line || (entry[0] === line && entry[1] <= column)) low = middle + 1;
      else high = middle;
    }
    return this.#entries[low - 1];
  }
  findEntry(lineOffset, columnOffset) {
    const entry = this.#find(lineOffset, columnOffset);
    if (entry === undefined) return {};
    const { 0: generatedLine, 1: generatedColumn, 2: originalSource, 3: originalLine, 4: originalColumn, 5: name } = entry;
    return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name };
  }
  findOrigin(lineNumber, columnNumber) {
    const { originalSource, originalLine, originalColumn, generatedLine, generatedColumn, name } = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (originalSource === undefined) return {};
    return {
      name,
      fileName: originalSource,
      lineNumber: lineNumber + originalLine - generatedLine,
      columnNumber: columnNumber + originalColumn - generatedColumn,
    };
  }
}

module.exports = { SourceMap };
