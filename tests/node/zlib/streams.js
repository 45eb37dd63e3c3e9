// SPDX-License-Identifier: MIT
// The streams of zlib: pieces, flush, params, reset, back-pressure, errors, closing at work, callbacks and promises.
// timeout: 60
'use strict';
const zlib = require('zlib');
const { pipeline, Readable, Writable } = require('stream');
const { promisify } = require('util');

const text = Buffer.from(Array.from({ length: 6000 }, (_, i) => `${i * i} and ${i % 17};`).join(''));
const run = promisify(pipeline);
const names = [['Deflate', 'Inflate'], ['Gzip', 'Gunzip'], ['DeflateRaw', 'InflateRaw'], ['Gzip', 'Unzip'], ['Deflate', 'Unzip'], ['BrotliCompress', 'BrotliDecompress'], ['ZstdCompress', 'ZstdDecompress']];
const lower = (name) => name[0].toLowerCase() + name.slice(1);

function* pieces(buffer, size) {
  for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size);
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function all() {
  for (const [there, back] of names) {
    for (const size of [1000, 65536, 1 << 20]) {
      const small = zlib[`create${there}`]({ chunkSize: size === 1000 ? 100 : undefined }), again = zlib[`create${back}`]({ chunkSize: 4096 });
      const result = collect(again);
      await run(Readable.from(pieces(text, size)), small, again);
      console.log(there, back, size, (await result).equals(text), small.bytesWritten === text.length, again.bytesWritten > 1000);
    }
    // One byte at a time.
    const tiny = zlib[`${lower(there)}Sync`]('abcdefgh'.repeat(10));
    console.log((await collect(Readable.from(pieces(tiny, 1)).pipe(zlib[`create${back}`]()))).toString().length);
    console.log((await promisify(zlib[lower(back)])(await promisify(zlib[lower(there)])(text))).equals(text));
    // A slow reader.
    let slow = 0;
    await run(Readable.from(pieces(text, 10000)), zlib[`create${there}`]({ level: 1 }), zlib[`create${back}`](), new Writable({
      highWaterMark: 10,
      write(chunk, encoding, callback) {
        slow += chunk.length;
        setImmediate(callback);
      },
    }));
    console.log(slow === text.length);
  }

  // What is flushed can be read.
  for (const [there, back] of names.slice(0, 3).concat(names.slice(5))) {
    const small = zlib[`create${there}`](), again = zlib[`create${back}`]();
    small.pipe(again);
    const got = [];
    again.on('data', (chunk) => got.push(chunk.toString()));
    for (const part of ['first', 'second', 'third']) {
      small.write(part);
      await new Promise((resolve) => small.flush(resolve));
      while (got.join('') !== part) await new Promise(setImmediate);
      got.length = 0;
    }
    small.end();
    await new Promise((resolve) => again.on('end', resolve));
    console.log(there, 'flushed');
  }

  // Other parameters in the middle, and a new beginning.
  const deflate = zlib.createDeflate({ level: 9 });
  const result = collect(deflate);
  deflate.write(text);
  await new Promise((resolve) => deflate.params(0, zlib.constants.Z_DEFAULT_STRATEGY, resolve));
  deflate.write(text);
  await new Promise((resolve) => deflate.params(0, 0, resolve));
  deflate.end();
  const both = await result;
  console.log('params', zlib.inflateSync(both).equals(Buffer.concat([text, text])), both.length > text.length, deflate._level, deflate._strategy);
  const again = zlib.createDeflateRaw();
  const data = [];
  again.on('data', (chunk) => data.push(chunk));
  again.write('lost?');
  await new Promise((resolve) => again.flush(zlib.constants.Z_FULL_FLUSH, resolve));
  again.reset();
  again.end('kept');
  await new Promise((resolve) => again.on('end', resolve));
  console.log('reset', zlib.inflateRawSync(Buffer.concat(data)).toString());

  // Errors.
  const failing = async (name, make) => {
    const stream = make();
    stream.on('error', (error) => console.log(name, error.message, error.code, error.errno, stream.destroyed));
    stream.on('close', () => console.log(name, 'close', stream._closed, stream.bytesWritten));
    stream.on('data', (chunk) => console.log(name, chunk.length));
    stream.on('end', () => console.log(name, 'end'));
    await new Promise((resolve) => stream.on('close', resolve));
  };
  await failing('header', () => zlib.createInflate().end('not compressed'));
  await failing('short', () => zlib.createGunzip().end(zlib.gzipSync('abc').subarray(0, 12)));
  await failing('empty', () => zlib.createGunzip().end());
  await failing('empty compressor', () => zlib.createBrotliDecompress().end(zlib.brotliCompressSync('')));
  await failing('brotli', () => zlib.createBrotliDecompress().end(Buffer.alloc(20, 255)));
  await failing('zstd', () => zlib.createZstdDecompress().end(Buffer.alloc(20, 255)));
  await failing('dictionary', () => zlib.createInflate().end(zlib.deflateSync('abc', { dictionary: Buffer.from('abc') })));
  await failing('junk', () => zlib.createInflate({ rejectGarbageAfterEnd: true }).end(Buffer.concat([zlib.deflateSync('abc'), Buffer.from('xx')])));
  await failing('junk allowed', () => zlib.createInflate().end(Buffer.concat([zlib.deflateSync('abc'), Buffer.from('xx')])));
  await failing('gzip junk', () => zlib.createGunzip().end(Buffer.concat([zlib.gzipSync('abc'), Buffer.from('xx')])));
  await failing('zeros', () => zlib.createGunzip().end(Buffer.concat([zlib.gzipSync('abc'), Buffer.alloc(9)])));
  await failing('closed', () => {
    const stream = zlib.createDeflate();
    stream.write(text);
    stream.close();
    return stream;
  });
  await failing('destroyed', () => {
    const stream = zlib.createGzip();
    stream.end(text);
    stream.destroy(new Error('enough'));
    return stream;
  });
  for (const name of names.map(([, back]) => back)) {
    await new Promise((resolve) => zlib[lower(name)]('nonsense that is no compressed text', (error, value) => {
      console.log(name, error?.code, error?.message, value);
      resolve();
    }));
  }
  await new Promise((resolve) => zlib.inflate(zlib.deflateSync(text), { maxOutputLength: 1000 }, (error, value) => {
    console.log(error.code, error.message, value);
    resolve();
  }));
  await new Promise((resolve) => {
    const stream = zlib.createDeflate();
    stream.close(() => {
      console.log('closed');
      stream.close(() => {
        console.log('closed again');
        resolve();
      });
    });
  });
  // Many at once, on shared memory and views that go away.
  const buffers = await Promise.all(Array.from({ length: 30 }, (_, i) => promisify(zlib.deflate)(text.subarray(i * 100, i * 1000))));
  console.log(buffers.every((buffer, i) => zlib.inflateSync(buffer).equals(text.subarray(i * 100, i * 1000))));
  const shared = Buffer.from(new SharedArrayBuffer(1000));
  shared.fill('shared');
  console.log((await promisify(zlib.gunzip)(await promisify(zlib.gzip)(shared))).equals(shared));
  const moved = new Uint8Array(100000).fill(65);
  const promise = promisify(zlib.gzip)(moved);
  structuredClone(moved, { transfer: [moved.buffer] });
  console.log(moved.length, zlib.gunzipSync(await promise).length <= 100000);
}
all();
