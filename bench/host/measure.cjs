// SPDX-License-Identifier: MIT
// Figures of Node's modules: `measure.cjs NAME [FOLDER]` measures one and prints `NAME VALUE UNIT`. Each figure has a process of its
// own (lib/host.py). FOLDER: where files may be written.
'use strict';
const fs = require('fs');
const path = require('path');

const now = () => performance.now();
const folder = () => fs.mkdtempSync(path.join(process.argv[3] ?? require('os').tmpdir(), 'weft-bench-'));

// Operations per second of the best of five runs; `run` does `count` of them.
function rate(count, run) {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const begin = now();
    run(count);
    best = Math.min(best, now() - begin);
  }
  return [Math.round(count / best * 1000), 'operations/s'];
}

async function rateOf(count, run) {
  let best = Infinity;
  for (let i = 0; i < 3; i++) {
    const begin = now();
    await run(count);
    best = Math.min(best, now() - begin);
  }
  return [Math.round(count / best * 1000), 'operations/s'];
}

// ---- Files ----

function smallFiles() {
  const at = folder(), text = 'x'.repeat(500);
  const result = rate(6000, (count) => {
    for (let i = 0; i < count; i += 6) {
      const file = path.join(at, `f${i % 100}`), to = `${file}.to`;
      fs.writeFileSync(file, text);
      if (fs.statSync(file).size !== 500) throw new Error('size');
      fs.renameSync(file, to);
      if (fs.readFileSync(to, 'utf8').length !== 500) throw new Error('text');
      if (fs.existsSync(file)) throw new Error('exists');
      fs.unlinkSync(to);
    }
  });
  fs.rmSync(at, { recursive: true });
  return result;
}

async function smallFilesAsync() {
  const at = folder(), text = 'x'.repeat(500), { writeFile, stat, rename, readFile, unlink } = fs.promises;
  async function lane(name, count) {
    for (let i = 0; i < count; i += 5) {
      const file = path.join(at, `${name}-${i % 20}`), to = `${file}.to`;
      await writeFile(file, text);
      if ((await stat(file)).size !== 500) throw new Error('size');
      await rename(file, to);
      if ((await readFile(to, 'utf8')).length !== 500) throw new Error('text');
      await unlink(to);
    }
  }
  const result = await rateOf(4000, (count) => Promise.all([0, 1, 2, 3].map((name) => lane(name, count / 4))));
  fs.rmSync(at, { recursive: true });
  return result;
}

async function stream() {
  const { Transform } = require('stream'), { pipeline } = require('stream/promises');
  const at = folder(), from = path.join(at, 'from'), to = path.join(at, 'to'), size = 2 ** 30, piece = Buffer.alloc(2 ** 24, 'some text. ');
  const fd = fs.openSync(from, 'w');
  for (let i = 0; i < size; i += piece.length) fs.writeSync(fd, piece);
  fs.closeSync(fd);
  const begin = now();
  let bytes = 0;
  await pipeline(
    fs.createReadStream(from),
    new Transform({
      transform(chunk, encoding, callback) {
        bytes += chunk.length;
        chunk[0] ^= 32;
        callback(null, chunk);
      },
    }),
    fs.createWriteStream(to),
  );
  const seconds = (now() - begin) / 1000;
  if (bytes !== size || fs.statSync(to).size !== size) throw new Error('lost');
  fs.rmSync(at, { recursive: true });
  return [seconds, 's'];
}

// ---- In memory ----

function emitter() {
  const { EventEmitter } = require('events');
  return rate(400000, (count) => {
    const e = new EventEmitter();
    let sum = 0;
    e.on('data', (x) => { sum += x; });
    e.on('data', (x, y) => { sum += y; });
    e.on('other', () => { sum++; });
    for (let i = 0; i < count; i += 4) {
      e.emit('data', i, 1);
      e.emit('other');
      e.once('end', () => { sum++; });
      e.emit('end');
    }
    if (sum === 0) throw new Error('nothing came');
  });
}

function buffers() {
  const text = 'The quick brown fox jumps over the lazy dog. äöü €', parts = [Buffer.from('a'), Buffer.from(text), Buffer.from('z')];
  const numbers = Buffer.alloc(64);
  return rate(400000, (count) => {
    let sum = 0;
    for (let i = 0; i < count; i += 10) {
      const b = Buffer.from(text);
      sum += b.toString('utf8').length + b.toString('hex').length + b.toString('base64').length;
      sum += Buffer.from('0a0b0c0d', 'hex').length + Buffer.concat(parts).length + b.subarray(3, 20).indexOf('fox');
      numbers.writeUInt32LE(i >>> 0, 8);
      sum += numbers.readUInt32LE(8) + numbers.readDoubleBE(16) + (b.equals(parts[1]) ? 1 : 0);
    }
    if (!(sum > 0)) throw new Error('nothing done');
  });
}

function urls() {
  return rate(60000, (count) => {
    let sum = 0;
    for (let i = 0; i < count; i += 6) {
      const url = new URL(`/path/to/../page${i % 100}.html?a=1&b=two%20words#top`, 'https://user@example.org:8080/base/');
      url.searchParams.append('n', i);
      url.pathname = '/other';
      sum += url.href.length + url.host.length + [...url.searchParams].length + new URLSearchParams('x=1&y=2').get('y').length;
    }
    if (sum === 0) throw new Error('nothing done');
  });
}

// ---- A server, measured by who calls it: says its port, ends when its standard input does ----

function server() {
  const serving = require('http').createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end('Hello, world!\n');
  });
  serving.listen(0, '127.0.0.1', () => console.log(`server ${serving.address().port} port`));
  process.stdin.on('end', () => process.exit(0)).resume();
}

const figures = { 'small-files': smallFiles, 'small-files-async': smallFilesAsync, stream, emitter, buffers, urls, server };

Promise.resolve(figures[process.argv[2]]()).then((result) => {
  if (result) console.log(`${process.argv[2]} ${result[0]} ${result[1]}`);
});
