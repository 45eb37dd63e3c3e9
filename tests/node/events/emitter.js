// SPDX-License-Identifier: MIT
// EventEmitter.
'use strict';
const assert = require('assert');
const EventEmitter = require('events');
const { once, on, getEventListeners, errorMonitor } = EventEmitter;
assert.strictEqual(EventEmitter.EventEmitter, EventEmitter);
const e = new EventEmitter();
const seen = [];
e.on('newListener', (name) => seen.push(`new ${String(name)}`));
e.on('a', (...args) => seen.push(['a', ...args].join()));
e.prependListener('a', () => seen.push('first'));
e.once('a', function() {
  seen.push(this === e);
});
assert.strictEqual(e.emit('a', 1, 2), true);
assert.strictEqual(e.emit('a'), true);
assert.strictEqual(e.emit('b'), false);
assert.deepStrictEqual(seen, ['new a', 'new a', 'new a', 'first', 'a,1,2', true, 'first', 'a']);
assert.deepStrictEqual(e.eventNames(), ['newListener', 'a']);
assert.strictEqual(e.listenerCount('a'), 2);
const f = () => {};
e.once('c', f);
assert.deepStrictEqual(e.listeners('c'), [f]);
assert.strictEqual(e.rawListeners('c')[0].listener, f);
e.off('c', f);
assert.strictEqual(e.listenerCount('c'), 0);
e.removeAllListeners();
assert.deepStrictEqual(e.eventNames(), []);
assert.throws(() => e.emit('error', new RangeError('x')), RangeError);
assert.throws(() => e.emit('error', 5), { code: 'ERR_UNHANDLED_ERROR', message: 'Unhandled error. (5)', context: 5 });
assert.throws(() => e.on('x', 1), { code: 'ERR_INVALID_ARG_TYPE', message: 'The "listener" argument must be of type function. Received type number (1)' });
e.on(errorMonitor, (err) => seen.push(err.message));
e.on('error', () => {});
e.emit('error', new Error('watched'));
assert.strictEqual(seen.at(-1), 'watched');
class Sub extends EventEmitter {}
assert.ok(new Sub() instanceof EventEmitter);
function Old() {
  EventEmitter.call(this);
}
require('util').inherits(Old, EventEmitter);
assert.ok(new Old().on('x', f).emit('x'));
assert.strictEqual(getEventListeners(new Old(), 'x').length, 0);
(async () => {
  setTimeout(() => e.emit('go', 42), 1);
  assert.deepStrictEqual(await once(e, 'go'), [42]);
  setTimeout(() => e.emit('error', new Error('bad')), 1);
  await assert.rejects(once(e, 'never'), /bad/);
  setTimeout(() => {
    e.emit('tick', 1);
    e.emit('tick', 2);
  }, 1);
  const got = [];
  for await (const [v] of on(e, 'tick')) {
    got.push(v);
    if (v === 2) break;
  }
  assert.deepStrictEqual(got, [1, 2]);
  const target = new EventTarget();
  setTimeout(() => target.dispatchEvent(new Event('x')), 1);
  assert.strictEqual((await once(target, 'x'))[0].type, 'x');
})();
const leaky = new EventEmitter();
process.on('warning', (w) => assert.strictEqual(w.name, 'MaxListenersExceededWarning'));
for (let i = 0; i < 12; i++) leaky.on('x', () => {});
const captured = new EventEmitter({ captureRejections: true });
captured.on('x', async () => {
  throw new Error('async');
});
captured.on('error', (err) => assert.strictEqual(err.message, 'async'));
captured.emit('x');
// EventTarget, AbortController
const target = new EventTarget();
let count = 0;
target.addEventListener('a', (ev) => {
  count++;
  assert.strictEqual(ev.target, target);
  ev.preventDefault();
}, { once: true });
assert.strictEqual(target.dispatchEvent(new Event('a', { cancelable: true })), false);
assert.strictEqual(target.dispatchEvent(new Event('a')), true);
assert.strictEqual(count, 1);
const controller = new AbortController();
controller.signal.onabort = () => count++;
controller.abort();
assert.strictEqual(count, 2);
assert.strictEqual(controller.signal.reason.name, 'AbortError');
assert.throws(() => controller.signal.throwIfAborted(), { name: 'AbortError', code: 20 });
assert.ok(AbortSignal.any([AbortSignal.abort(1)]).aborted);
assert.throws(() => new AbortSignal(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
