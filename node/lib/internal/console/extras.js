// SPDX-License-Identifier: MIT
// The parts of console that few programs use: tables and how long something took.
'use strict';

const { inspect, getStringWidth } = require('internal/util/inspect');
const { kindOf, previewEntries } = internalBinding('util');

const MAP = 6, SET = 7, MAP_ITERATOR = 15, SET_ITERATOR = 16; // answers of kindOf
const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE;

const two = (number) => `${number}`.padStart(2, '0');

function timeText(ms) {
  let hours = 0, minutes = 0, seconds = 0;
  if (ms >= SECOND) {
    if (ms >= MINUTE) {
      if (ms >= HOUR) {
        hours = Math.floor(ms / HOUR);
        ms %= HOUR;
      }
      minutes = Math.floor(ms / MINUTE);
      ms %= MINUTE;
    }
    seconds = ms / SECOND;
  }
  if (hours !== 0 || minutes !== 0) {
    const { 0: whole, 1: fraction } = seconds.toFixed(3).split('.');
    const start = hours !== 0 ? `${hours}:${two(minutes)}` : minutes;
    return `${start}:${two(whole)}.${fraction} (${hours !== 0 ? 'h:m' : ''}m:ss.mmm)`;
  }
  return seconds !== 0 ? `${seconds.toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
}

// ---- Tables ----

function renderTable(head, columns) {
  const rows = [];
  const widths = head.map((title) => getStringWidth(title));
  const height = Math.max(...columns.map((column) => column.length), 0);
  for (let i = 0; i < head.length; i++) {
    for (let j = 0; j < height; j++) {
      rows[j] ??= [];
      const cell = rows[j][i] = Object.prototype.hasOwnProperty.call(columns[i], j) ? columns[i][j] : '';
      widths[i] = Math.max(widths[i], getStringWidth(cell));
    }
  }
  const line = (left, middle, right) => left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const row = (cells) => `│${cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - getStringWidth(cell))} `).join('│')}│\n`;
  return `${line('┌', '┬', '┐')}\n${row(head)}${line('├', '┼', '┤')}\n${rows.map(row).join('')}${line('└', '┴', '┘')}`;
}

const INDEX = '(index)', ITERATION = '(iteration index)', KEY = 'Key', VALUES = 'Values';

function tableText(data, properties, options) {
  if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
  const cell = (value) => {
    const crowded = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
    return inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: crowded ? -1 : 0, ...options });
  };
  const indices = (length) => Array.from({ length }, (unused, i) => cell(i));
  const kind = kindOf(data);

  if (kind === MAP_ITERATOR || kind === SET_ITERATOR) {
    const { 0: items, 1: pairs } = previewEntries(data, true);
    if (!pairs || kind === SET_ITERATOR) return renderTable([ITERATION, VALUES], [indices(items.length), items.map(cell)]);
    return renderPairs(items.filter((item, i) => i % 2 === 0), items.filter((item, i) => i % 2 === 1), cell, indices);
  }
  if (kind === MAP) return renderPairs([...data.keys()], [...data.values()], cell, indices);
  if (kind === SET) return renderTable([ITERATION, VALUES], [indices(data.size), [...data].map(cell)]);
  return renderRows(data, properties, cell);
}

const renderPairs = (keys, values, cell, indices) =>
  renderTable([ITERATION, KEY, VALUES], [indices(keys.length), keys.map(cell), values.map(cell)]);

// One row per property; rows that are objects have a column per property of theirs.
function renderRows(data, properties, cell) {
  const columns = Object.create(null), indexKeys = Object.keys(data), plain = [];
  let hasPlain = false;
  for (let i = 0; i < indexKeys.length; i++) {
    const item = data[indexKeys[i]];
    const primitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (primitive && properties === undefined) {
      hasPlain = true;
      plain[i] = cell(item);
      continue;
    }
    for (const key of properties || Object.keys(item)) {
      columns[key] ??= [];
      columns[key][i] = !primitive && Object.prototype.hasOwnProperty.call(item, key) ? cell(item[key]) : '';
    }
  }
  const head = [INDEX, ...Object.keys(columns)];
  const body = [indexKeys, ...Object.values(columns)];
  if (hasPlain) {
    head.push(VALUES);
    body.push(plain);
  }
  return renderTable(head, body);
}

module.exports = { timeText, tableText };
