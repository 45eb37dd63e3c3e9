// SPDX-License-Identifier: MIT
// timeout: 40
// skip: asan it reports a SIGSEGV itself, and ends by exit
// Children that are killed, at any moment and in all ways of having children: everybody is told, nothing hangs, no zombies and no descriptors stay.
'use strict';
const child_process = require('child_process');
const fs = require('fs');
const path = require('path');
const { once } = require('events');
const { promisify } = require('util');

const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const zombies = () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
  try {
    const [, state, parent] = /\) (\S) (\d+)/.exec(fs.readFileSync(`/proc/${name}/stat`, 'latin1'));
    return state === 'Z' && Number(parent) === process.pid;
  } catch {
    return false;
  }
}).length;
const events = (child) => new Promise((resolve) => {
  const log = [];
  for (const name of ['error', 'disconnect', 'exit', 'close']) child.on(name, (...args) => { log.push(`${name} ${args.map((v) => v?.code ?? String(v)).join(' ')}`.trim()); if (name === 'close') resolve(log); });
});
const FOREVER = ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'];
const MESSAGES = path.join(__dirname, 'fixtures', 'forever.js');

(async () => {
  await once(child_process.spawn('true'), 'close');
  const before = descriptors();
  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGABRT']) {
    const child = child_process.spawn(process.execPath, FOREVER), log = events(child);
    await once(child.stdout, 'data');
    console.log(signal, child.kill(signal), (await log).join(', '), child.signalCode, child.killed, child.kill());
  }
  { // Before it can have done anything.
    const child = child_process.spawn(process.execPath, FOREVER), log = events(child);
    child.kill('SIGKILL');
    console.log('at once', (await log).join(', '));
  }
  { // From outside, while it reads and writes.
    const child = child_process.spawn('cat'), log = events(child);
    child.stdin.on('error', () => {});
    let bytes = 0;
    child.stdout.on('data', (chunk) => { bytes += chunk.length; if (bytes > 1e6 && !child.gone) { child.gone = true; process.kill(child.pid, 'SIGKILL'); } });
    const timer = setInterval(() => (child.stdin.writable ? child.stdin.write(Buffer.alloc(100000)) : clearInterval(timer)), 1);
    console.log('while it works', (await log).join(', '), child.killed, child.stdin.destroyed);
    clearInterval(timer);
  }
  { // With a channel: messages under way, callbacks, disconnect.
    const child = child_process.fork(MESSAGES, { stdio: 'ignore' }), log = events(child);
    await once(child, 'message');
    const results = [];
    for (let i = 0; i < 5; i++) child.send({ i, text: 'x'.repeat(100000) }, (error) => results.push(error ? error.code : 'sent'));
    child.kill('SIGKILL');
    const told = await log;
    while (results.length < 5) await sleep(1);
    console.log('fork', told.sort().join(', '), child.connected, results.join());
    child.on('error', (error) => console.log('send', error.code));
    console.log(child.send('late'));
    await sleep(20);
  }
  { // A grandchild keeps the pipe open: exit comes long before close.
    const child = child_process.spawn('sh', ['-c', 'sleep 0.4 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] }), log = events(child);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    const start = performance.now();
    await once(child, 'exit');
    const exit = performance.now() - start;
    await log;
    console.log('grandchild', exit < 300, performance.now() - start > 200, (await log).join(', '));
  }
  const said = (error) => [error.code, error.signal, error.killed, error.cmd && 'cmd'].join();
  console.log('exec', await promisify(child_process.exec)('kill -9 $$').catch(said));
  console.log('execFile', await promisify(child_process.execFile)(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']).catch(said));
  console.log('timeout', await promisify(child_process.execFile)('sleep', ['5'], { timeout: 50, killSignal: 'SIGKILL' }).catch(said));
  console.log('abort', await promisify(child_process.execFile)('sleep', ['5'], { signal: AbortSignal.timeout(50) }).catch((error) => [error.code, error.name, error.cause?.name].join()));
  const sync = child_process.spawnSync(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']);
  console.log('spawnSync', sync.status, sync.signal, sync.error);
  const late = child_process.spawnSync('sleep', ['5'], { timeout: 50, killSignal: 'SIGKILL' });
  console.log('spawnSync timeout', late.status, late.signal, late.error.code);
  try {
    child_process.execSync('kill -9 $$', { stdio: 'ignore' });
  } catch (error) {
    console.log('execSync', error.status, error.signal);
  }
  { // Forty at once.
    const children = Array.from({ length: 40 }, () => child_process.spawn('sleep', ['30']));
    const logs = children.map(events);
    for (const child of children) child.kill('SIGKILL');
    const all = await Promise.all(logs);
    console.log('many', all.every((log) => log.join() === 'exit null SIGKILL,close null SIGKILL'));
  }
  for (let i = 0; descriptors() > before && i < 400; i++) await sleep(5);
  console.log('descriptors', descriptors() <= before || fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync(`/proc/self/fd/${fd}`); } catch { return ''; } }));
  console.log('zombies', zombies());
})();
