// SPDX-License-Identifier: MIT
// jszip writes and reads archives in every form, as streams too; broken archives.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {createHash} = require('crypto');
const {Readable} = require('stream');
const zlib = require('zlib');

run('jszip', async (JSZip) => {
  const date = new Date(Date.UTC(2020, 1, 2, 3, 4, 6));
  const zip = new JSZip();
  zip.file('hello.txt', 'Hello World\n'.repeat(100), {date});
  zip.file('img/', null, {date, dir: true}).folder('img').file('a.bin', Buffer.from([1, 2, 3, 4]), {date});
  zip.file('promise', Promise.resolve('later'), {date});
  zip.file('näme.txt', 'x', {date, comment: 'c', unixPermissions: 0o755});
  zip.file('stream', Readable.from([Buffer.from('ab'), Buffer.from('cd')]), {date});
  for (const type of ['nodebuffer', 'base64', 'uint8array', 'arraybuffer', 'binarystring', 'array']) {
    if (type !== 'nodebuffer') zip.file('stream', 'abcd', {date});
    const out = await zip.generateAsync({type, compression: 'DEFLATE', compressionOptions: {level: 9}, platform: 'UNIX'});
    show(type, out.length ?? out.byteLength);
    const again = await JSZip.loadAsync(out, {base64: type === 'base64'});
    show('files', Object.keys(again.files).sort());
    show('text', (await again.file('hello.txt').async('string')).length);
    show('bytes', await again.file('img/a.bin').async('array'));
    show('facts', [again.file('näme.txt').comment, again.file('näme.txt').unixPermissions, again.file('näme.txt').date.toISOString(), again.files['img/'].dir]);
    if (type === 'nodebuffer') show('hash', createHash('sha256').update(out).digest('hex'));
  }
  const chunks = [], progress = [];
  await new Promise((resolve, reject) => zip.generateNodeStream({type: 'nodebuffer', streamFiles: true, compression: 'DEFLATE'}, (state) => progress.push(state.percent))
    .on('data', (chunk) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  show('streamed', [Buffer.concat(chunks).length, progress.at(-1)]);
  const streamed = await JSZip.loadAsync(Buffer.concat(chunks));
  const sizes = [];
  await new Promise((resolve) => streamed.file('hello.txt').nodeStream().on('data', (data) => sizes.push(data.length)).on('end', resolve));
  show('read as a stream', sizes);
  // The deflated bytes of a file are what zlib inflates.
  const local = Buffer.concat(chunks), name = local.indexOf('hello.txt');
  show('zlib', zlib.inflateRawSync(local.subarray(name + 9)).toString().length);
  show('removed', () => Object.keys(streamed.remove('img').files));
  show('filter', streamed.filter((path, file) => !file.dir).map((file) => file.name));
  await show('nonsense', () => JSZip.loadAsync('nonsense'));
  await show('truncated', () => JSZip.loadAsync(Buffer.concat(chunks).subarray(0, 300)));
  await show('damaged', () => {
    const bytes = Buffer.concat(chunks);
    bytes[name + 20] ^= 255;
    return JSZip.loadAsync(bytes, {checkCRC32: true}).then((loaded) => Object.keys(loaded.files));
  });
});
