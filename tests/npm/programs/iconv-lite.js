// SPDX-License-Identifier: MIT
// iconv-lite: every encoding there and back, byte order marks, streams cut anywhere, unknown encodings.
// entries: cjs
'use strict';
const {run, show, hash} = require('./lib/harness.js');
const {Readable} = require('stream');

const TEXTS = ['plain ASCII', 'Grüße, naïve café', 'Привет, мир', 'Ελληνικά', 'שלום', 'こんにちは世界、テスト', '中文字符测试，繁體字', '한국어 문자', '\u{1F600}\u{20000}', '€“”…–', ''];
const ENCODINGS = ['utf8', 'utf-16', 'utf16le', 'utf16be', 'utf-32', 'utf32le', 'utf32be', 'utf7', 'utf7imap', 'ascii', 'latin1', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7', 'iso-8859-8', 'iso-8859-15', 'win1250', 'win1251', 'windows-1252', 'cp1253', 'win1255',
  'cp437', 'cp850', 'cp866', 'koi8-r', 'koi8-u', 'macroman', 'maccyrillic', 'tis620', 'viscii', 'hp-roman8', 'shift_jis', 'euc-jp', 'gb2312', 'gbk', 'gb18030', 'big5', 'big5-hkscs', 'euc-kr', 'cp949', 'base64', 'hex', 'binary', 'cesu8', 'ucs2'];

run('iconv-lite', async (iconv) => {
  for (const encoding of ENCODINGS) {
    show(encoding, () => {
      const encoded = TEXTS.map((text) => iconv.encode(text, encoding));
      const back = encoded.map((bytes) => iconv.decode(bytes, encoding));
      return [encoded.map((b) => b.length), hash(encoded.map((b) => b.toString('hex')).join()), hash(back.join('|')), TEXTS.filter((text, i) => text === back[i]).length];
    });
  }
  // All bytes, and all pairs of two, as text.
  const all = Buffer.from(Array.from({length: 256}, (_, i) => i));
  const pairs = Buffer.alloc(2 * 0x8000);
  for (let i = 0; i < 0x8000; i++) pairs.writeUInt16BE(0x8000 + i, 2 * i);
  for (const encoding of ENCODINGS.slice(0, -6)) show(`bytes ${encoding}`, () => hash(iconv.decode(all, encoding)));
  for (const encoding of ['shift_jis', 'euc-jp', 'gbk', 'big5', 'euc-kr', 'gb18030']) show(`pairs ${encoding}`, () => hash(iconv.decode(pairs, encoding)));
  show('marks', [iconv.decode(Buffer.from([0xef, 0xbb, 0xbf, 0x61]), 'utf8'), iconv.decode(Buffer.from([0xef, 0xbb, 0xbf, 0x61]), 'utf8', {stripBOM: false}).length, iconv.encode('a', 'utf8', {addBOM: true}), iconv.encode('a', 'utf-16be', {addBOM: true}), iconv.decode(Buffer.from([0xfe, 0xff, 0, 0x61]), 'utf-16'), iconv.decode(Buffer.from([0, 0x61, 0, 0x62]), 'utf-16')]);
  show('exists', ['utf-8', 'UTF_8', 'us-ascii', 'x-sjis', 'nothing', 'CP 1251'].map((name) => iconv.encodingExists(name)));
  show('unknown', () => iconv.encode('x', 'nothing'));
  show('unknown decode', () => iconv.decode(Buffer.from('x'), 'none'));
  for (const encoding of ['shift_jis', 'gb18030', 'utf-16be', 'utf7', 'euc-jp', 'utf8', 'utf-32le', 'win1251']) {
    const bytes = iconv.encode(TEXTS.join('\n'), encoding);
    const parts = Array.from(bytes, (b) => Buffer.from([b]));
    const text = await new Promise((resolve, reject) => Readable.from(parts).pipe(iconv.decodeStream(encoding)).collect((error, body) => (error ? reject(error) : resolve(body))));
    const encoded = await new Promise((resolve, reject) => Readable.from([...TEXTS.join('\n')]).pipe(iconv.encodeStream(encoding)).collect((error, body) => (error ? reject(error) : resolve(body))));
    show(`stream ${encoding}`, [hash(text), text === iconv.decode(bytes, encoding), encoded.equals(bytes)]);
    const decoder = iconv.getDecoder(encoding);
    let out = '';
    for (let i = 0; i < bytes.length; i += 3) out += decoder.write(bytes.subarray(i, i + 3));
    out += decoder.end() ?? '';
    show(`decoder ${encoding}`, hash(out));
  }
  show('ending in the middle', ['shift_jis', 'utf8', 'utf-16le', 'gb18030'].map((e) => iconv.decode(iconv.encode('字字', e).subarray(0, -1), e)));
  show('lone surrogates', ['utf8', 'utf-16le', 'utf-32be', 'gb18030', 'win1252', 'cesu8'].map((e) => iconv.encode('a\ud800b', e)));
});
