// SPDX-License-Identifier: MIT
// DisposableStack and AsyncDisposableStack.
'use strict';
const assert = require('../lib/assert.js');

const log = [];
const resource = (name) => ({ [Symbol.dispose]() { log.push(name); } });
const stack = new DisposableStack();
const a = resource('a');
assert.equal(stack.use(a), a);
assert.equal(stack.use(null), null);
assert.equal(stack.adopt('value', (v) => log.push(v)), 'value');
stack.defer(() => log.push('deferred'));
assert.equal(stack.disposed, false);
stack.dispose();
stack.dispose();
assert.equal(stack.disposed, true);
assert.deepEqual(log, ['deferred', 'value', 'a']);
assert.throws(() => stack.use(a), ReferenceError);
assert.equal(DisposableStack.prototype[Symbol.dispose], DisposableStack.prototype.dispose);
assert.throws(() => DisposableStack(), TypeError);
assert.throws(() => new DisposableStack().use({}), TypeError);
assert.throws(() => new DisposableStack().use(1), TypeError);
assert.throws(() => new DisposableStack().defer(1), TypeError);

const first = new DisposableStack();
first.defer(() => log.push('moved'));
const second = first.move();
assert.equal(first.disposed, true);
second.dispose();
assert.equal(log[log.length - 1], 'moved');

const failing = new DisposableStack();
failing.defer(() => { throw 1; });
failing.defer(() => { throw 2; });
failing.defer(() => { throw 3; });
const error = assert.throws(() => failing.dispose(), SuppressedError);
assert.equal(error.error, 1);
assert.equal(error.suppressed.error, 2);
assert.equal(error.suppressed.suppressed, 3);

async function asynchronous() {
  const order = [];
  const s = new AsyncDisposableStack();
  s.use({ async [Symbol.asyncDispose]() { order.push('1'); await null; order.push('2'); } });
  s.use({ [Symbol.dispose]() { order.push('sync'); return new Promise(() => 0); } }); // not waited for
  s.use(null);
  s.adopt(5, async (v) => { await null; order.push(v); });
  const promise = s.disposeAsync();
  assert.equal(s.disposed, true);
  assert.equal(await promise, undefined);
  assert.deepEqual(order, [5, 'sync', '1', '2']);
  assert.equal(await s.disposeAsync(), undefined);
  const bad = new AsyncDisposableStack();
  bad.defer(() => Promise.reject('x'));
  bad.defer(() => { throw 'y'; });
  const e = await assert.rejects(bad.disposeAsync(), SuppressedError);
  assert.equal(e.error + e.suppressed, 'xy');
  await assert.rejects(AsyncDisposableStack.prototype.disposeAsync.call({}), TypeError);
  assert.equal(AsyncDisposableStack.prototype[Symbol.asyncDispose], AsyncDisposableStack.prototype.disposeAsync);
}
asynchronous().then(assert.mustCall(() => 0), (e) => { console.error(e); process.exitCode = 1; });
