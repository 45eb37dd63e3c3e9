// SPDX-License-Identifier: MIT
// The asynchronous iterator: microtask by microtask, and with several requests at once.
'use strict';
const { Readable, PassThrough } = require('stream'); const log=console.log;
const t = (n) => { let i = 0; const f = () => { if (i++ < n) Promise.resolve().then(() => { log('micro', i); f(); }); }; f(); };
(async () => {
  const q = Readable.from([1,2,3]); 
  t(12);
  for await (const x of q) log('x', x);
  log('end');
  const p = new PassThrough();
  (async () => { for await (const x of p) { log('got', String(x)); t(3); process.nextTick(() => log('tick')); } log('over'); })();
  p.on('readable', () => { log('also readable', p.readableLength); t(3); });
  setTimeout(() => { p.write('abc'); log('wrote'); t(3); setTimeout(() => { p.write('d'); p.write('e'); p.end(); }, 1); }, 1);
  await new Promise(r => setTimeout(r, 100));
  const it = new PassThrough()[Symbol.asyncIterator](); const s = it.stream;
  const log2 = (n) => [(v) => log(n, v), (e) => log(n, 'err', e.message)];
  it.next().then(...log2('n1')); it.next().then(...log2('n2')); it.next().then(...log2('n3')); it.return(6).then(...log2('r')); it.next().then(...log2('n4'));
  s.write('1'); setTimeout(() => s.end('2'), 2); await new Promise(r => setTimeout(r, 100)); log(s.destroyed);
  const it2 = new PassThrough()[Symbol.asyncIterator](); it2.next().then(...log2('a')); it2.next().then(...log2('b')); it2.stream.destroy(new Error('gone')); await new Promise(r => setTimeout(r, 5));
  const it3 = new PassThrough()[Symbol.asyncIterator](); it3.stream.write('q'); it3.next().then(...log2('c')); it3.throw(new Error('t')).then(...log2('d')); await new Promise(r => setTimeout(r, 5)); log(it3.stream.destroyed);
  const it4 = new PassThrough()[Symbol.asyncIterator](); it4.stream.end(); log(await it4.next(), await it4.next(), await it4.return(1)); await it4.throw(new Error('x')).catch((e) => log(e.message));
})();
