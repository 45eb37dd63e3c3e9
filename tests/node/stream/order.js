// SPDX-License-Identifier: MIT
// The order of events, callbacks, ticks and microtasks of the four kinds of streams, as Node has it.
'use strict';
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, Stream } = require('stream');
const log = (...a) => console.log(...a);
function watch(name, s) {
  for (const e of ['close','error','finish','end','prefinish','drain','pipe','unpipe','pause','resume'])
    s.on(e, (x) => log(name, e, x instanceof Error ? `${x.code} ${x.message}` : typeof x === 'object' && x ? x.constructor.name : x));
  return s;
}
const cases = {
  simple() {
    let i = 0;
    const r = watch('r', new Readable({ read() { if (i < 3) this.push('c' + i++); else this.push(null); } }));
    r.on('data', (d) => log('data', String(d)));
  },
  readableEvent() {
    let i = 0;
    const r = watch('r', new Readable({ highWaterMark: 4, read(n) { log('_read', n); setImmediate(() => { if (i < 6) this.push('ab' + i++); else this.push(null); }); } }));
    r.on('readable', () => { log('readable', r.readableLength); let c; while ((c = r.read(5)) !== null) log('got', String(c)); });
  },
  writable() {
    const w = watch('w', new Writable({ highWaterMark: 4, write(c, e, cb) { log('write', String(c), e); setImmediate(cb); }, final(cb) { log('final'); cb(); } }));
    log(w.write('abc', (e) => log('cb1', e)), w.write('def', (e) => log('cb2', e)), w.writableLength, w.writableNeedDrain);
    w.once('drain', () => { log('draining'); w.end('zz', () => log('endcb')); });
  },
  sync() {
    const w = watch('w', new Writable({ highWaterMark: 4, write(c, e, cb) { log('write', String(c), e); cb(); } }));
    log(w.write('abcdef', (e) => log('cb1', e)), w.write('def'), w.writableLength, w.writableNeedDrain);
    w.end(() => log('endcb'));
    process.nextTick(() => log('tick'));
    Promise.resolve().then(() => log('micro'));
  },
  cork() {
    const w = watch('w', new Writable({ write(c, e, cb) { log('write', String(c)); cb(); }, writev(cs, cb) { log('writev', cs.map(c => String(c.chunk) + c.encoding), cs.allBuffers); setImmediate(cb); } }));
    w.cork(); w.write('a'); w.write('b', () => log('cb b')); w.cork(); w.write('c'); w.uncork(); log(w.writableCorked); w.uncork(); w.write('d'); w.write('e'); w.end('f');
  },
  pipe() {
    let i = 0;
    const r = watch('r', new Readable({ highWaterMark: 3, read() { if (i < 8) this.push('x' + i++); else this.push(null); } }));
    const w = watch('w', new Writable({ highWaterMark: 3, write(c, e, cb) { log('write', String(c)); setImmediate(cb); } }));
    r.pipe(w);
  },
  destroyErr() {
    const r = watch('r', new Readable({ read() {} }));
    const w = watch('w', new Writable({ write(c, e, cb) { setImmediate(cb); } }));
    w.write('a', (e) => log('cb', e?.code)); w.write('b', (e) => log('cb', e?.code)); w.end((e) => log('end', e?.code));
    w.destroy(new Error('boom')); r.destroy(); log(w.destroyed, w.errored?.message, w.closed, r.closed, r.readableAborted, w.writableAborted);
    w.write('c', (e) => log('cbc', e?.code));
    setImmediate(() => log(w.closed, r.closed));
  },
  transform() {
    const t = watch('t', new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); }, flush(cb) { cb(null, 'END'); } }));
    t.on('data', (d) => log('data', String(d)));
    t.write('a'); t.write('b'); t.end('c');
  },
  transformErr() {
    const t = watch('t', new Transform({ transform(c, e, cb) { cb(new Error('bad')); } }));
    t.on('data', (d) => log('data', String(d)));
    t.write('a', (e) => log('cb', e?.message)); t.write('b', (e) => log('cb', e?.message)); 
  },
  pipeline() {
    let i = 0;
    const r = watch('r', new Readable({ read() { if (i < 4) this.push('x' + i++); else this.push(null); } }));
    const t = watch('t', new PassThrough());
    const w = watch('w', new Writable({ write(c, e, cb) { log('write', String(c)); setImmediate(cb); } }));
    pipeline(r, t, w, (e) => log('done', e));
  },
  pipelineErr() {
    let i = 0;
    const r = watch('r', new Readable({ read() { this.push('x' + i++); } }));
    const t = watch('t', new Transform({ transform(c, e, cb) { if (i > 2) cb(new Error('oops')); else cb(null, c); } }));
    const w = watch('w', new Writable({ write(c, e, cb) { log('write', String(c)); setImmediate(cb); } }));
    pipeline(r, t, w, (e) => log('done', e.message));
  },
  construct() {
    const w = watch('w', new Writable({ construct(cb) { log('construct'); setImmediate(cb); }, write(c, e, cb) { log('write', String(c)); cb(); }, destroy(e, cb) { log('destroy', e); cb(e); } }));
    w.write('a'); w.end('b');
    const r = watch('r', new Readable({ construct(cb) { log('construct r'); cb(new Error('no')); }, read() { log('never'); } }));
    r.resume();
    const d = watch('d', new Duplex({ construct(cb) { log('construct d'); setImmediate(cb); }, read() { this.push(null); }, write(c, e, cb) { log('dw', String(c)); cb(); } }));
    d.resume(); d.end('q');
    const x = watch('x', new Duplex({ construct(cb) { setImmediate(cb); }, destroy(e, cb) { log('destroyed after construct'); cb(e); } }));
    x.destroy();
  },
  async iter() {
    let i = 0;
    const r = watch('r', new Readable({ objectMode: true, read() { if (i < 4) this.push({ i: i++ }); else this.push(null); } }));
    for await (const c of r) log(c);
    log('over');
    const r2 = watch('r2', Readable.from([1, 2, 3]));
    for await (const c of r2) { log(c); break; }
    log(r2.destroyed);
    const r3 = Readable.from((async function* () { try { yield 1; yield 2; throw new Error('gen'); } finally { log('fin'); } })());
    try { for await (const c of r3) log(c); } catch (e) { log('caught', e.message); }
  },
  half() {
    const d = watch('d', new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(c, e, cb) { cb(); } }));
    d.resume();
  },
  enc() {
    const r = new Readable({ read() {} });
    r.setEncoding('utf8');
    const b = Buffer.from('h€llo wörld');
    r.push(b.subarray(0, 2)); r.push(b.subarray(2, 4)); r.push(b.subarray(4)); r.push(null);
    r.on('data', (d) => log(JSON.stringify(d)));
    r.on('end', () => log('end'));
  },
  unshift() {
    const r = new Readable({ read() {} });
    r.push('abc'); r.push('def'); r.unshift('000');
    log(String(r.read(4)), r.readableLength, String(r.read(1)), String(r.read()));
    r.push(null);
    r.on('end', () => { log('end'); r.on('error', (e) => log(e.code)); r.unshift('x'); });
    r.resume();
  },
  errors() {
    const w = new Writable({ write(c, e, cb) { cb(); } });
    for (const v of [null, undefined, 1, {}, []]) try { w.write(v); } catch (e) { log(e.name, e.code, e.message); }
    try { w.write('a', 'nope'); } catch (e) { log(e.code, e.message); }
    try { w.setDefaultEncoding('nope'); } catch (e) { log(e.code, e.message); }
    w.end(); w.on('error', (e) => log('error', e.code)); w.write('x', (e) => log('cb', e.code)); w.end('y', (e) => log('endcb', e.code));
    const r = new Readable({ read() {} }); r.on('error', (e) => log('r', e.code, e.message)); r.push(5);
    const r2 = new Readable(); r2.on('error', (e) => log('r2', e.code, e.message)); r2.read();
    const w2 = new Writable(); try { w2.write('a') } catch (e) { log('w2', e.code, e.message); }
    const t2 = new Transform(); t2.on('error', (e) => log('t2', e.code, e.message)); try { t2.write('a'); } catch (e) { log('t2', e.code, e.message); }
    try { new Readable({ highWaterMark: -1 }); } catch (e) { log(e.code, e.message); }
    try { new Duplex({ readableHighWaterMark: 'x' }); } catch (e) { log(e.code, e.message); }
    const r3 = new Readable({ read() {} }); r3.on('error', (e) => log('r3', e.code)); r3.push(null); r3.push('x');
    const w3 = new Writable(); w3.on('error', (e) => log('w3', e.code, e.message)); w3.pipe();
  },
};
(async () => {
  for (const [name, f] of Object.entries(cases)) {
    if (process.argv[2] && process.argv[2] !== name) continue;
    log('##', name);
    try { await f(); } catch (e) { log('THROWN', e.message); }
    await new Promise((r) => setTimeout(r, 100));
  }
})();
