// SPDX-License-Identifier: MIT
// What every program of this folder does alike: takes its package through require or import, and prints values so that
// a difference between two engines shows in one short line. NPM_FULL=1 prints everything in full.
'use strict';
const {inspect} = require('util');
const [entry = 'cjs', size = 'full'] = process.argv.slice(2);
const LIMIT = process.env.NPM_FULL ? Infinity : 240;
const OPTIONS = {depth: 8, breakLength: 110, maxArrayLength: 200, maxStringLength: null};
// Their messages are the engine's own words, which no standard decides.
const ENGINE_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

// A number that depends on every character of a text.
function hash(text) {
  let a = 0x811c9dc5, b = 0x1234567;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ (c + i), 0x5bd1e995);
    b ^= b >>> 13;
  }
  return `${text.length}:${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}`;
}

function brief(text) {
  return text.length <= LIMIT ? text : `${hash(text)} ${JSON.stringify(text.slice(0, 60))}`;
}

// Their stacks are full of places in the engine.
Object.defineProperty(Error.prototype, inspect.custom, {configurable: true, value() {
  return `[${this.name}${ENGINE_ERRORS.has(this.name) ? '' : `: ${this.message}`}]`;
}});

function error_text(error, engine_words = true) {
  if (error === null || typeof error !== 'object') return `throws ${inspect(error)}`;
  const own = engine_words || !ENGINE_ERRORS.has(error.name);
  return `throws ${error.name}` + (own ? `: ${error.message}` : '');
}

function text_of(value) {
  return typeof value === 'string' ? value : inspect(value, OPTIONS);
}

// show(label, value) or show(label, () => value); a promise is awaited when the caller awaits.
function show(label, value) {
  const print = (v) => console.log(`${label}: ${brief(text_of(v))}`);
  const fail = (error) => console.log(`${label}: ${brief(error_text(error))}`);
  try {
    if (typeof value === 'function') value = value();
    if (value instanceof Promise) return value.then(print, fail);
    print(value);
  } catch (error) {
    fail(error);
  }
  return undefined;
}

// Calls `call` with each list of arguments and prints one line for all the results.
function sweep(label, lists, call) {
  const out = [];
  for (const list of lists) {
    let line;
    try {
      line = text_of(call(...list));
    } catch (error) {
      line = error_text(error, false);
    }
    out.push(line);
  }
  if (process.env.NPM_FULL) out.forEach((line, i) => console.log(`${label}[${i}]: ${line}`));
  else console.log(`${label}: ${out.length} ${hash(out.join('\n'))} ${JSON.stringify(out.join(' | ').slice(0, 60))}`);
}

// run(name, body) or run([name, ...], body): body gets the packages; what `import` gives is its default where it has one.
async function run(names, body) {
  const packages = [];
  for (const name of [].concat(names)) {
    if (entry === 'esm') {
      const space = await import(name);
      packages.push('default' in space ? space.default : space);
    } else {
      packages.push(require(name));
    }
  }
  await body(...packages);
}

module.exports = {run, show, sweep, hash, brief, text_of, small: size === 'small', entry};
