// SPDX-License-Identifier: MIT
// The synchronous functions of zlib: errors and their codes, options and their checks, dictionaries, members, crc32.
'use strict';
const zlib = require('zlib');

const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.errno, e.message, Object.keys(e));
  }
};
t(()=>zlib.inflateSync('abc'));
t(()=>zlib.gunzipSync(Buffer.from('abc')));
t(()=>zlib.inflateSync(zlib.deflateSync('abc').subarray(0,5)));
t(()=>zlib.inflateSync(zlib.deflateSync('abc',{dictionary:Buffer.from('abc')})));
t(()=>zlib.inflateSync(zlib.deflateSync('abc',{dictionary:Buffer.from('abc')}),{dictionary:Buffer.from('abd')}));
t(()=>zlib.inflateSync(zlib.deflateSync('abc',{dictionary:Buffer.from('abc')}),{dictionary:Buffer.from('abc')}));
t(()=>zlib.inflateRawSync(zlib.deflateRawSync('abcabc',{dictionary:Buffer.from('abc')}),{dictionary:Buffer.from('abc')}));
t(()=>zlib.brotliDecompressSync(Buffer.from('abc')));
t(()=>zlib.brotliDecompressSync(zlib.brotliCompressSync('hello').subarray(0,3)));
t(()=>zlib.zstdDecompressSync(Buffer.from('abc')));
t(()=>zlib.zstdDecompressSync(Buffer.from('abcdefghijklmnop')));
t(()=>zlib.zstdDecompressSync(zlib.zstdCompressSync('hello').subarray(0,6)));
t(()=>zlib.zstdDecompressSync(Buffer.alloc(0)));
t(()=>zlib.inflateSync(Buffer.alloc(0)));
t(()=>zlib.deflateSync(5));
t(()=>zlib.deflateSync('a',{level:10}));
t(()=>zlib.deflateSync('a',{level:'1'}));
t(()=>zlib.deflateSync('a',{level:Infinity}));
t(()=>zlib.deflateSync('a',{windowBits:7}));
t(()=>zlib.gzipSync('a',{windowBits:8}));
t(()=>zlib.deflateSync('a',{memLevel:0}));
t(()=>zlib.deflateSync('a',{strategy:9}));
t(()=>zlib.deflateSync('a',{chunkSize:3}));
t(()=>zlib.deflateSync('a',{flush:9}));
t(()=>zlib.deflateSync('a',{finishFlush:'x'}));
t(()=>zlib.deflateSync('a',{dictionary:'x'}));
t(()=>zlib.deflateSync('a',{maxOutputLength:0}));
t(()=>zlib.inflateSync(zlib.deflateSync('aaaaaaa'),{maxOutputLength:3}));
t(()=>zlib.brotliCompressSync('a',{params:{99:1}}));
t(()=>zlib.brotliCompressSync('a',{params:{1:'x'}}));
t(()=>zlib.brotliCompressSync('a',{flush:7}));
t(()=>zlib.zstdCompressSync('a',{params:{99:1}}));
t(()=>zlib.zstdCompressSync('a',{params:{100:'x'}}));
t(()=>zlib.zstdCompressSync('a',{params:{101:99}}));
t(()=>zlib.zstdCompressSync('abc',{pledgedSrcSize:2}));
t(()=>zlib.zstdCompressSync('abc',{pledgedSrcSize:'x'}));
t(()=>zlib.crc32('abc'));
t(()=>zlib.crc32(5));
t(()=>zlib.crc32('abc',-1));
t(()=>zlib.crc32(Buffer.from('abc'),5));
t(()=>zlib.deflate('abc'));
t(()=>zlib.deflate(5,()=>{}));
t(()=>Object.keys(zlib.codes).join());
t(()=>Object.getOwnPropertyNames(zlib.Deflate.prototype)+' '+Object.getOwnPropertyNames(Object.getPrototypeOf(zlib.Deflate.prototype))+' '+Object.getOwnPropertyNames(Object.getPrototypeOf(Object.getPrototypeOf(zlib.Deflate.prototype))));
t(()=>Object.getOwnPropertyNames(Object.getPrototypeOf(zlib.BrotliCompress.prototype))+' '+Object.getPrototypeOf(zlib.BrotliCompress.prototype).constructor.name);
t(()=>zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'),zlib.gzipSync('b')])).toString());
t(()=>zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'),Buffer.alloc(10)])).toString());
t(()=>zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'),Buffer.from('xxxx')])).toString());
t(()=>zlib.inflateSync(Buffer.concat([zlib.deflateSync('a'),Buffer.from('xxxx')])).toString());
t(()=>zlib.inflateSync(Buffer.concat([zlib.deflateSync('a'),Buffer.from('xxxx')]),{rejectGarbageAfterEnd:true}).toString());
t(()=>zlib.Deflate.name+zlib.Deflate.length+zlib.createDeflate.length+zlib.deflate.length+zlib.deflateSync.length+zlib.crc32.length);
t(()=>{const d=zlib.createDeflate(); d.close(); d.reset()});
t(()=>{const d=zlib.createDeflate(); d.params(22)});
t(()=>{const d=zlib.createDeflate(); d.params(2,7)});
t(()=>zlib.unzipSync(zlib.deflateSync('abc')).toString()+zlib.unzipSync(zlib.gzipSync('abc'))+zlib.unzipSync('x'));
t(()=>zlib.inflateSync(zlib.deflateSync('abc').subarray(0,5),{finishFlush:zlib.constants.Z_SYNC_FLUSH}));
t(()=>zlib.deflateSync('abc',{windowBits:0}));
t(()=>zlib.inflateSync(zlib.deflateSync('abc'),{windowBits:0}).toString());
t(()=>zlib.inflateSync(zlib.deflateSync('a'.repeat(70000)+'b'),{windowBits:8}).length);
t(()=>Object.getOwnPropertyDescriptor(zlib,'gzip'));

const text = Buffer.from(Array.from({ length: 5000 }, (_, i) => `${i * i} and ${i % 17};`).join(''));
const pairs = [
  ['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'],
  ['brotliCompress', 'brotliDecompress'], ['zstdCompress', 'zstdDecompress'],
];
for (const [there, back] of pairs) {
  for (const input of [text, Buffer.alloc(0), Buffer.alloc(200000, 'ab'), 'täxt', new Uint16Array([1, 2, 3]), new Uint8Array([7, 8]).buffer, new DataView(new ArrayBuffer(5), 1, 3)]) {
    const small = zlib[`${there}Sync`](input);
    const again = zlib[`${back}Sync`](small, { chunkSize: 64 });
    const bytes = typeof input === 'string' ? Buffer.from(input) : ArrayBuffer.isView(input) ? Buffer.from(input.buffer, input.byteOffset, input.byteLength) : Buffer.from(input);
    console.log(there, back, again.equals(bytes), small.length < bytes.length);
  }
}
for (const level of [-1, 0, 1, 5, 9]) {
  for (const strategy of [0, 1, 2, 3, 4]) {
    const small = zlib.deflateSync(text, { level, strategy, memLevel: 1 + strategy, windowBits: 9 + strategy });
    console.log(level, strategy, zlib.inflateSync(small).equals(text), small.length < text.length);
  }
}
for (const quality of [0, 5, 11]) {
  const small = zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_LGWIN]: 16 } });
  console.log(quality, zlib.brotliDecompressSync(small).equals(text));
}
const dictionary = text.subarray(0, 1000);
const zstd = zlib.zstdCompressSync(text, { dictionary, params: { [zlib.constants.ZSTD_c_compressionLevel]: 9, [zlib.constants.ZSTD_c_checksumFlag]: 1 } });
console.log(zlib.zstdDecompressSync(zstd, { dictionary }).equals(text));
t(() => zlib.zstdDecompressSync(zstd));
t(() => zlib.zstdDecompressSync(zlib.zstdCompressSync(text).fill(1, 20, 60)).length);
t(() => zlib.brotliDecompressSync(Buffer.from([0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])));
t(() => zlib.gunzipSync(Buffer.concat([zlib.gzipSync(text).subarray(0, -6), Buffer.alloc(6)])));
t(() => zlib.inflateSync(zlib.deflateSync(text), { info: true }).engine.bytesWritten > 1000);
t(() => zlib.crc32(text) === zlib.crc32(text.subarray(100), zlib.crc32(text.subarray(0, 100))));
t(() => zlib.gunzipSync(new Uint8Array(new SharedArrayBuffer(4))));
console.log(Object.entries(zlib.constants).map(([name, value]) => (name === 'ZLIB_VERNUM' ? name : `${name}=${value}`)).join(' '));
