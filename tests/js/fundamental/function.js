// SPDX-License-Identifier: MIT
// Function and Function.prototype.
'use strict';
const assert = require('../lib/assert.js');

function sum(a, b) { return this.base + a + b; }
assert.equal(sum.call({ base: 1 }, 2, 3), 6);
assert.equal(sum.apply({ base: 1 }, [2, 3]), 6);
assert.equal(sum.apply({ base: 1 }, { length: 2, 0: 2, 1: 3 }), 6);
assert.equal((function () { return arguments.length; }).apply(null), 0);
assert.equal((function () { return arguments.length; }).apply(null, [, ,]), 2);
assert.deepEqual((function (...rest) { return rest; }).apply(null, [1, , 3]), [1, undefined, 3]);
assert.throws(() => sum.apply(null, 1), 'CreateListFromArrayLike called on non-object');
assert.throws(() => Function.prototype.apply.call(1), TypeError);
assert.equal(Math.max.apply(null, new Array(1000).fill(7)), 7);

// bind
const bound = sum.bind({ base: 10 }, 1);
assert.equal(bound(2), 13);
assert.equal(bound.name, 'bound sum');
assert.equal(bound.length, 1);
assert.equal('prototype' in bound, false);
assert.equal(bound.bind(null, 5)(), 16);
function Point(x, y) { this.x = x; this.y = y; }
const Bound = Point.bind(null, 1);
assert.equal(new Bound(2) instanceof Point, true);
assert.equal(new Bound(2) instanceof Bound, true);
assert.equal(new Bound(2).y, 2);
const odd = function () {};
Object.defineProperty(odd, 'length', { value: Infinity });
Object.defineProperty(odd, 'name', { value: 5 });
assert.equal(odd.bind().length, Infinity);
assert.equal(odd.bind().name, 'bound ');
assert.throws(() => Function.prototype.bind.call(1), 'Bind must be called on a function');

// dynamic functions
assert.equal(new Function('a', 'b', 'return a + b')(1, 2), 3);
assert.equal(Function('a,b', 'c', 'return a + b + c')(1, 2, 3), 6);
assert.equal(new Function().toString(), 'function anonymous(\n) {\n\n}');
assert.equal(new Function('a', 'return a').toString(), 'function anonymous(a\n) {\nreturn a\n}');
assert.equal(new Function('return 1').name, 'anonymous');
assert.throws(() => new Function('}, function() {'), SyntaxError);
assert.throws(() => new Function('/*', '*/){'), SyntaxError);
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor;
assert.deepEqual([...new GeneratorFunction('n', 'for (let i = 0; i < n; i++) yield i')(3)], [0, 1, 2]);
const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;
assert.equal(new AsyncFunction('await 1')() instanceof Promise, true);

// text, names, prototype
assert.equal(sum.toString(), 'function sum(a, b) { return this.base + a + b; }');
assert.equal(/\[native code\]/.test(String(Math.max)), true);
assert.throws(() => Function.prototype.toString.call({}), "Function.prototype.toString requires that 'this' be a Function");
assert.equal(Function.prototype(), undefined);
assert.equal(Function.prototype.name, '');
assert.equal(Function[Symbol.hasInstance](() => 1), true);
assert.equal(Function.prototype[Symbol.hasInstance].call(Array, []), true);
const thrower = Object.getOwnPropertyDescriptor(Function.prototype, 'caller').get;
assert.equal(thrower, Object.getOwnPropertyDescriptor(Function.prototype, 'arguments').set);
assert.equal(Object.isFrozen(thrower), true);
assert.throws(() => sum.caller, TypeError);
