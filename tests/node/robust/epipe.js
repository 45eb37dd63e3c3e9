// SPDX-License-Identifier: MIT
// timeout: 30
// Readers that go away: EPIPE is an error of the stream that was written to, never the end of the process by a signal.
'use strict';
const { spawn, spawnSync, fork } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { once } = require('events');
const { pipeline } = require('stream/promises');
const { Readable } = require('stream');

const shell = (script, ...args) => {
  const { status, signal, stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  return [status, signal, stdout.trim(), stderr.trim()].join('|');
};
const PIPED = '{ "$0" -e "$1"; echo "status $?" >&2; } | head -n 1';

(async () => {
  console.log('error event', shell(PIPED, 'process.stdout.on("error", (e) => { process.stdout.removeAllListeners("error"); process.stdout.on("error", () => {}); console.error(e.code, e.syscall, e.errno); process.exit(5); }); setInterval(() => process.stdout.write("x\\n".repeat(1000)), 1)'));
  console.log('uncaught', shell(PIPED, 'process.on("uncaughtException", (e) => { console.error("uncaught", e.code); process.exit(6); }); setInterval(() => process.stdout.write("x\\n".repeat(1000)), 1)'));
  console.log('console.log', shell(PIPED, 'const end = Date.now() + 5000; process.on("uncaughtException", (e) => { console.error(e.code, e.syscall); process.exit(8); }); (function next() { for (let i = 0; i < 1000; i++) console.log("line"); if (Date.now() < end) setImmediate(next); })()'));
  console.log('writeSync', shell(PIPED, 'try { for (;;) require("fs").writeSync(1, "x\\n".repeat(1000)); } catch (e) { console.error(e.code, e.syscall, e.errno); process.exit(7); }'));
  console.log('handled and on', shell(PIPED, 'let n = 0; process.stdout.on("error", () => n++); setInterval(() => process.stdout.write("x\\n".repeat(1000)), 1); setTimeout(() => { console.error(n > 0); process.exit(); }, 200)'));

  { // A child that does not read.
    const child = spawn('sh', ['-c', 'exec 0<&-; sleep 0.2'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const error = await new Promise((resolve) => {
      child.stdin.on('error', resolve);
      const timer = setInterval(() => (child.stdin.writable ? child.stdin.write('x'.repeat(100000)) : clearInterval(timer)), 5);
    });
    console.log('stdin of a child', error.code, error.syscall, child.stdin.destroyed);
    await once(child, 'exit');
    console.log('and it ends', child.exitCode);
  }
  await pipeline(Readable.from(Array(50).fill(Buffer.alloc(100000))), spawn('head', ['-c', '1'], { stdio: ['pipe', 'ignore', 'ignore'] }).stdin).then(() => console.log('pipeline works'), (error) => console.log('pipeline', error.code));
  console.log('input of spawnSync', spawnSync('true', { input: Buffer.alloc(1 << 20) }).status, spawnSync('sh', ['-c', 'exec 0<&-; exit 3'], { input: Buffer.alloc(1 << 20) }).status);
  { // A socket whose peer is gone, TCP and Unix.
    for (const where of ['tcp', 'unix']) {
      const server = net.createServer((c) => c.resume().destroy());
      const at = where === 'tcp' ? { port: 0, host: '127.0.0.1' } : { path: path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'weft-epipe-')), 's') };
      server.listen(at);
      await once(server, 'listening');
      const c = net.connect(where === 'tcp' ? server.address().port : at.path);
      const error = await new Promise((resolve) => {
        c.on('error', resolve);
        c.on('close', () => resolve({ code: 'closed' }));
        const timer = setInterval(() => (c.writable ? c.write('x'.repeat(10000)) : clearInterval(timer)), 1);
      });
      console.log(where, /^(EPIPE|ECONNRESET|closed)$/.test(error.code), c.destroyed);
      server.close();
      await once(server, 'close');
      if (at.path) fs.rmSync(path.dirname(at.path), { recursive: true });
    }
  }
  { // Messages to a child that has gone.
    const child = fork('-e', ['process.disconnect()'], { execArgv: [], execPath: process.execPath, stdio: 'ignore' });
    child.on('error', () => {});
    await once(child, 'exit');
    const error = await new Promise((resolve) => child.send({ a: 1 }, resolve));
    console.log('send', error.code, child.connected);
  }
})();
