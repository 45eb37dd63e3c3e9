// SPDX-License-Identifier: MIT
// Timeout and Immediate objects.
'use strict';
const assert = require('assert');
const t = setTimeout(() => assert.fail('cleared'), 5);
assert.strictEqual(t.constructor.name, 'Timeout');
assert.strictEqual(t.hasRef(), true);
assert.strictEqual(t.unref(), t);
assert.strictEqual(t.hasRef(), false);
t.ref();
const number = +t;
assert.strictEqual(typeof number, 'number');
clearTimeout(number);
assert.strictEqual(t._destroyed, true);
clearTimeout(undefined);
clearTimeout(null);
clearTimeout({});
clearInterval(12345);
const i = setImmediate(() => assert.fail('cleared'));
assert.strictEqual(i.constructor.name, 'Immediate');
clearImmediate(i);
clearImmediate(i);
assert.throws(() => setTimeout('x'), { code: 'ERR_INVALID_ARG_TYPE', name: 'TypeError' });
assert.throws(() => setImmediate(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => queueMicrotask(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.nextTick(), { code: 'ERR_INVALID_ARG_TYPE' });
let calls = 0;
const refreshed = setTimeout(function(a, b) {
  calls++;
  assert.strictEqual(this, refreshed);
  assert.deepStrictEqual([a, b], [1, 2]);
  if (calls === 1) refreshed.refresh();
}, 2, 1, 2);
setInterval(() => assert.fail('unreferenced timers do not keep the loop alive'), 60000).unref();
const { setTimeout: sleep, setImmediate: turn, setInterval: ticks } = require('timers/promises');
(async () => {
  assert.strictEqual(await sleep(3, 'value'), 'value');
  assert.strictEqual(await turn('now'), 'now');
  let n = 0;
  for await (const v of ticks(1, 'x')) {
    assert.strictEqual(v, 'x');
    if (++n === 3) break;
  }
  const controller = new AbortController();
  const waiting = sleep(100000, null, { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR' });
})();
process.on('exit', () => assert.strictEqual(calls, 2));
{
  using disposed = setTimeout(() => assert.fail('disposed'), 1);
  void disposed;
}
