// SPDX-License-Identifier: MIT
// Messages of assertion errors.
'use strict';
const assert = require('assert');
const calls = [() => assert.strictEqual(1, 2), () => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }), () => assert(false), () => assert.equal(1, 2), () => assert.notStrictEqual(1, 1),
  () => assert.throws(() => {}), () => assert.throws(() => {}, TypeError, 'msg'), () => assert.throws(() => { throw new Error('x'); }, /y/), () => assert.match('abc', /x/), () => assert.doesNotMatch('abc', /b/),
  () => assert.strictEqual('a\nb\nc', 'a\nb\nd'), () => assert.deepEqual([1, 2, 3], [1, 2, 4]), () => assert.ok(0), () => assert.ok(0, 'why'), () => assert.fail('boom'), () => assert.fail(),
  () => assert.ifError(new Error('q')), () => assert.strictEqual(1, 2, 'msg'), () => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }), () => assert.doesNotThrow(() => { throw new Error('zz'); }),
  () => assert.throws(() => { throw new TypeError('x'); }, RangeError), () => assert.throws(() => { throw new TypeError('x'); }, { message: 'z' }), () => assert.strictEqual([1], [1]),
  () => assert.deepStrictEqual(new Map([[1, 2]]), new Map([[1, 3]])), () => assert.strictEqual(NaN, 0), () => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 0]),
  () => assert.strictEqual({ a: 1 }, { a: 2 }), () => assert.notEqual(1, 1), () => assert.deepStrictEqual(-0, 0), () => assert.strictEqual('x'.repeat(10), 'y'), () => assert(1 === 2 && 'x'),
  () => assert.throws(() => { throw null; }, /x/), () => assert.strictEqual(undefined, null), () => assert.deepStrictEqual(new Date(0), new Date(1)), () => assert.partialDeepStrictEqual({ a: 1 }, { a: 2 })];
for (const f of calls) {
  try {
    f();
    console.log('no error', String(f));
  } catch (e) {
    console.log(`${f}\n${e.message}\n=> ${e.code} ${e.operator} ${e.generatedMessage} ${e.name} ${Object.keys(e)}`);
  }
}
assert.deepEqual([1, '2'], [1, 2]);
assert.deepStrictEqual(new Set([{ a: 1 }]), new Set([{ a: 1 }]));
assert.partialDeepStrictEqual({ a: 1, b: 2 }, { b: 2 });
assert.rejects(Promise.reject(new Error('r')), /r/).then(() => console.log('rejects ok'));
assert.rejects(Promise.resolve()).catch((e) => console.log(e.message));
assert.strict.throws(() => assert.strict.equal(1, '1'), assert.AssertionError);
