// SPDX-License-Identifier: MIT
// The stack of errors: V8's text, captureStackTrace, prepareStackTrace, the shape of the property, async frames.
'use strict';
const assert = require('../lib/assert.js');

const frames = (e, count) => e.stack.split('\n').slice(1, count + 1).map((line) => {
  const open = line.indexOf('(');
  const place = line.slice(Math.max(line.lastIndexOf('/'), line.indexOf('(')) + 1).split(')').join('');
  return open < 0 ? place : line.slice(7, open).trim() + ' ' + place;
});

function plain() { return new Error('plain'); }
class Foo {
  constructor() { this.error = new Error('constructor'); }
  method() { return plain(); }
  get getter() { return new TypeError('getter'); }
  static create() { return new RangeError('static'); }
}
assert.equal(plain().stack.split('\n')[0], 'Error: plain');
assert.deepEqual(frames(plain(), 1), ['plain error_stack.js:12:27']);
assert.deepEqual(frames(new Foo().method(), 2), ['plain error_stack.js:12:27', 'Foo.method error_stack.js:15:21']);
assert.deepEqual(frames(new Foo().error, 1), ['new Foo error_stack.js:14:32']);
assert.deepEqual(frames(Foo.create(), 1), ['Foo.create error_stack.js:17:28']);
assert.equal(new Foo().getter.stack.split('\n')[0], 'TypeError: getter');
assert.deepEqual(frames([1].map(() => new Error())[0], 2)[1], 'Array.map <anonymous>');
const renamed = { other: plain, f: Foo.prototype.method };
assert.deepEqual(frames(renamed.f(), 2)[1], 'Object.method [as f] error_stack.js:15:21');

// Subclasses do not show their own constructors' way to Error; the name is read when the stack is.
class MyError extends Error {
  constructor(message) { super(message); this.name = 'MyError'; }
}
const make = () => new MyError('mine');
assert.equal(make().stack.split('\n')[0], 'MyError: mine');
assert.deepEqual(frames(make(), 1), ['make error_stack.js:33:20']);

// The property.
const error = new Error('shape');
assert.deepEqual(Object.getOwnPropertyNames(error), ['stack', 'message']);
const desc = Object.getOwnPropertyDescriptor(error, 'stack');
assert.equal(typeof desc.value, 'string');
assert.deepEqual([desc.writable, desc.enumerable, desc.configurable], [true, false, true]);
error.stack = 5;
assert.equal(error.stack, 5);
assert.equal(delete error.stack, true);
assert.equal('stack' in error, false);
const frozen = Object.freeze(new Error('frozen'));
assert.equal(typeof frozen.stack, 'string');
assert.throws(() => { frozen.stack = 1; }, TypeError);
const heir = Object.create(new Error('parent'));
assert.equal(typeof heir.stack, 'string');
heir.stack = 'own';
assert.equal(Object.hasOwn(heir, 'stack'), true);

// captureStackTrace and stackTraceLimit.
const target = {};
function outer() { inner(); }
function inner() { Error.captureStackTrace(target, inner); }
outer();
assert.equal(frames(target, 1)[0].startsWith('outer '), true);
assert.equal(Object.keys(target).length, 0);
const limit = Error.stackTraceLimit;
Error.stackTraceLimit = 1;
assert.equal(new Foo().method().stack.split('\n').length, 2);
Error.stackTraceLimit = 0;
assert.equal(plain().stack, 'Error: plain');
Error.stackTraceLimit = limit;

// prepareStackTrace.
Error.prepareStackTrace = (e, sites) => sites.map((s) => [s.getFunctionName(), s.getLineNumber(), s.getColumnNumber(), s.isConstructor(),
  s.isNative(), s.getTypeName()]);
assert.deepEqual(new Foo().method().stack.slice(0, 2), [['plain', 12, 27, false, false, null], ['method', 15, 21, false, false, 'Foo']]);
assert.deepEqual(new Foo().error.stack[0].slice(0, 4), ['Foo', 14, 32, true]);
Error.prepareStackTrace = (e, sites) => String(sites[0]);
assert.equal(plain().stack.startsWith('plain ('), true);
Error.prepareStackTrace = undefined;

// Functions that await the one that throws.
async function one() { await two(); }
async function two() { await null; await three(); }
async function three() { await null; throw new Error('deep'); }
one().catch((e) => {
  assert.deepEqual(frames(e, 3), ['three error_stack.js:81:44', 'async two error_stack.js:80:36', 'async one error_stack.js:79:24']);
});
