// A heap at its limit ends one worker with ERR_WORKER_OUT_OF_MEMORY, a stack at its limit is an ordinary error; the process goes on.
'use strict';
const { Worker } = require('worker_threads');
const assert = require('assert');

function run(source, resourceLimits) {
  return new Promise((resolve) => {
    const seen = [];
    const worker = new Worker(source, { eval: true, resourceLimits });
    worker.on('message', (m) => seen.push(m));
    worker.on('error', (e) => seen.push(e.code, e.message));
    worker.on('exit', (code) => resolve([code, ...seen]));
  });
}

(async () => {
  const grow = 'const a = []; try { for (;;) a.push(new Array(1000).fill(0)); } catch { process.exit(9); } finally { process.exit(8); }';
  for (let i = 0; i < 3; i++) {
    assert.deepStrictEqual(await run(grow, { maxOldGenerationSizeMb: 8 }),
      [1, 'ERR_WORKER_OUT_OF_MEMORY', 'Worker terminated due to reaching memory limit: JS heap out of memory']);
  }
  const text = 'let s = "ab"; const keep = []; for (let i = 0; ; i++) keep.push(s + i.toString().repeat(1000));';
  assert.strictEqual((await run(text, { maxOldGenerationSizeMb: 8 }))[1], 'ERR_WORKER_OUT_OF_MEMORY');
  const deep = `const { parentPort } = require('worker_threads'); let n = 0; const f = () => { n++; f(); };
    try { f(); } catch (e) { parentPort.postMessage(e instanceof RangeError && e.message); parentPort.postMessage(n); }`;
  const small = await run(deep, { stackSizeMb: 1 }), large = await run(deep, { stackSizeMb: 8 });
  assert.deepStrictEqual([small[0], small[1]], [0, 'Maximum call stack size exceeded']);
  assert.deepStrictEqual([large[0], large[1]], [0, 'Maximum call stack size exceeded']);
  assert.ok(large[2] > small[2] * 4, `${small[2]} ${large[2]}`);
})();
