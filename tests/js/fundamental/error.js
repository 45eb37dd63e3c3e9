// SPDX-License-Identifier: MIT
// Errors, Symbol, Boolean.
'use strict';
const assert = require('../lib/assert.js');

const e = new Error('message', { cause: 0 });
assert.equal(e.message, 'message');
assert.equal(e.cause, 0);
assert.equal('cause' in new Error('x', {}), false);
assert.equal(Object.hasOwn(new Error(), 'message'), false);
assert.equal(String(e), 'Error: message');
assert.equal(typeof e.stack, 'string');
assert.equal(e.stack.split('\n')[0], 'Error: message');
assert.equal(Object.keys(e).length, 0);
for (const Type of [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  const error = Type('text');
  assert.equal(error instanceof Type && error instanceof Error, true);
  assert.equal(error.name, Type.name);
  assert.equal(Object.getPrototypeOf(Type), Error);
  assert.equal(Type.length, 1);
}
const many = new AggregateError([1, 2], 'several', { cause: 'c' });
assert.deepEqual(many.errors, [1, 2]);
assert.equal(many.message, 'several');
assert.equal(many.cause, 'c');
const suppressed = new SuppressedError('error', 'before', 'text');
assert.equal(suppressed.error + suppressed.suppressed + suppressed.message, 'errorbeforetext');
assert.equal(Error.prototype.toString.call({ name: '', message: 'm' }), 'm');
assert.equal(Error.prototype.toString.call({ name: 'N', message: '' }), 'N');
assert.equal(Error.prototype.toString.call({}), 'Error');
assert.throws(() => Error.prototype.toString.call(1), TypeError);
assert.equal(Error.isError(e), true);
assert.equal(Error.isError({ __proto__: Error.prototype }), false);
class Mine extends TypeError { constructor(m) { super(m); this.name = 'Mine'; } }
assert.equal(String(new Mine('x')), 'Mine: x');
assert.equal(new Mine('x') instanceof Mine, true);

// stack traces
function here() { return new Error('trace'); }
assert.equal(/at here/.test(here().stack), true);
const holder = {};
Error.captureStackTrace(holder);
assert.equal(typeof holder.stack, 'string');
function outer() { return inner(); }
function inner() { const o = {}; Error.captureStackTrace(o, inner); return o.stack; }
assert.equal(/at inner/.test(outer()), false);
assert.equal(/at outer/.test(outer()), true);
Error.stackTraceLimit = 1;
assert.equal(outer().split('\n').length, 2);
Error.stackTraceLimit = 10;

// Symbol
const symbol = Symbol('description');
assert.equal(symbol.toString(), 'Symbol(description)');
assert.equal(symbol.description, 'description');
assert.equal(Symbol().description, undefined);
assert.equal(Symbol.for('key'), Symbol.for('k' + 'ey'));
assert.equal(Symbol.keyFor(Symbol.for('key')), 'key');
assert.equal(Symbol.keyFor(symbol), undefined);
assert.throws(() => Symbol.keyFor(1), '1 is not a symbol');
assert.throws(() => new Symbol(), 'Symbol is not a constructor');
assert.equal(Object(symbol) == symbol, true);
assert.equal(Symbol.prototype[Symbol.toPrimitive].call(Object(symbol)), symbol);
assert.throws(() => Symbol.prototype.toString.call(1), "Symbol.prototype.toString requires that 'this' be a Symbol");
assert.throws(() => `${symbol}`, 'Cannot convert a Symbol value to a string');

// Boolean
assert.equal(Boolean(''), false);
assert.equal(new Boolean(false) ? 1 : 2, 1);
assert.equal(Boolean.prototype.valueOf(), false);
assert.equal(true.toString(), 'true');
assert.throws(() => Boolean.prototype.toString.call(1), "Boolean.prototype.toString requires that 'this' be a Boolean");
