// SPDX-License-Identifier: MIT
// timeout: 30
// A full disk: /dev/full, and where the system lets us a file system of 64 KB of our own. All ways to write say ENOSPC, and what was there stays.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pipeline } = require('stream/promises');
const { Readable } = require('stream');

const attempt = async (label, f) => {
  try {
    console.log(label, 'works', (await f()) ?? '');
  } catch (error) {
    console.log(label, error.code, error.errno, error.syscall, error.message);
  }
};
const FULL = '/dev/full';

async function full() {
  await attempt('writeFileSync', () => fs.writeFileSync(FULL, 'x'));
  await attempt('appendFileSync', () => fs.appendFileSync(FULL, 'x'));
  await attempt('writeSync', () => { const fd = fs.openSync(FULL, 'w'); try { fs.writeSync(fd, Buffer.from('x')); } finally { fs.closeSync(fd); } });
  await attempt('writevSync', () => { const fd = fs.openSync(FULL, 'w'); try { fs.writevSync(fd, [Buffer.from('x'), Buffer.from('y')]); } finally { fs.closeSync(fd); } });
  await attempt('writeFile', () => fs.promises.writeFile(FULL, 'x'));
  await attempt('callback', () => new Promise((resolve, reject) => fs.writeFile(FULL, 'x', (error) => (error ? reject(error) : resolve()))));
  await attempt('handle', async () => { const handle = await fs.promises.open(FULL, 'w'); try { await handle.write('x'); } finally { await handle.close(); } });
  await attempt('pipeline', () => pipeline(Readable.from(['a', 'b']), fs.createWriteStream(FULL)));
  await attempt('write stream', () => new Promise((resolve, reject) => {
    const stream = fs.createWriteStream(FULL), events = [];
    for (const name of ['open', 'finish', 'close']) stream.on(name, () => events.push(name));
    stream.on('error', (error) => events.push(error.code)).on('close', () => resolve(events.join()));
    stream.write('one');
    stream.end('two', () => events.push('callback'));
  }));
  const program = (code) => spawnSync('sh', ['-c', '"$0" -e "$1" > /dev/full', process.execPath, code], { encoding: 'utf8' });
  const stdout = program('process.stdout.on("error", (e) => { console.error(e.code, e.syscall); process.exitCode = 3; }); process.stdout.write("x".repeat(100));');
  console.log('stdout', stdout.status, stdout.stderr);
  const logged = program('console.log("not seen"); console.error("goes on");');
  console.log('console.log', logged.status === 0 || logged.status === 1, logged.stderr.includes('goes on'));
}

// With a file system of 64 KB at the folder.
async function small(folder) {
  process.chdir(folder);
  fs.writeFileSync('kept', 'before');
  await attempt('too large', () => fs.promises.writeFile('large', Buffer.alloc(1 << 20)));
  console.log('as far as it went', fs.statSync('large').size > 0 && fs.statSync('large').size < 1 << 20);
  await attempt('append', () => fs.appendFileSync('kept', Buffer.alloc(1 << 16)));
  await attempt('copyFile', () => fs.promises.copyFile('/proc/self/exe', 'copy'));
  await attempt('stream', () => pipeline(Readable.from(Array(100).fill(Buffer.alloc(10000))), fs.createWriteStream('streamed')));
  fs.rmSync('large');
  await attempt('room again', () => fs.promises.writeFile('fits', Buffer.alloc(1000)));
  console.log(fs.readFileSync('kept', 'latin1').slice(0, 6), fs.statSync('fits').size);
}

(async () => {
  if (process.argv[2]) return small(process.argv[2]);
  await full();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-full-'));
  const script = 'mount -t tmpfs -o size=64k none "$2" && exec "$0" "$1" "$2"';
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script, process.execPath, __filename, folder], { encoding: 'utf8' });
  fs.rmdirSync(folder);
  // Where we may not mount there is nothing to see; what must be seen is in full() too.
  const EXPECTED = `too large ENOSPC -28 write ENOSPC: no space left on device, write
as far as it went true
append ENOSPC -28 write ENOSPC: no space left on device, write
copyFile ENOSPC -28 copyfile ENOSPC: no space left on device, copyfile '/proc/self/exe' -> 'copy'
stream ENOSPC -28 write ENOSPC: no space left on device, write
room again works 
before 1000
`;
  const mayNot = status !== 0 && stdout === '' && /unshare|mount|permi/i.test(stderr);
  console.log('small disk', mayNot || stdout === EXPECTED || stdout, status === 0 || mayNot);
})();
