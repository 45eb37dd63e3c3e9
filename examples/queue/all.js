// SPDX-License-Identifier: MIT
// The whole story on one machine: three consumers with two threads each, a producer, and what happens to processes in real life: one consumer is
// told to end while it works, one is killed. No job is lost.
//
//   weft examples/queue/all.js [COUNT]
'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const readline = require('node:readline');
const { setTimeout: sleep } = require('node:timers/promises');

const count = process.argv[2] ?? '120';

function start(name, ...args) {
  const child = spawn(process.execPath, [path.join(__dirname, name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.lines = [];
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    child.lines.push(line);
    child.emit('line', line);
  });
  child.ended = once(child, 'close');
  return child;
}

(async () => {
  const consumers = [1, 2, 3].map(() => start('consumer.js', '2'));
  await Promise.all(consumers.map((consumer) => once(consumer, 'line')));
  console.log('three consumers are ready');
  const producer = start('producer.js', count);
  await once(producer, 'line');
  await sleep(150);
  const [gentle, killed, last] = consumers;
  gentle.kill('SIGTERM');
  const [status] = await gentle.ended;
  console.log(`one was told to end: status ${status}, ${/ends after \d+ jobs$/.test(gentle.lines.at(-1)) ? 'in order' : 'in disorder'}`);
  killed.kill('SIGKILL');
  const [, signal] = await killed.ended;
  console.log(`one was killed: ${signal}`);
  const [code] = await producer.ended;
  console.log(producer.lines.at(-1).replace(/, \d+ twice, from \d+ consumers/, ''));
  last.kill('SIGTERM');
  const [lastStatus] = await last.ended;
  console.log(`the last one ends: status ${lastStatus}`);
  process.exitCode = code;
})();
