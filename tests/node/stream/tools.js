// SPDX-License-Identifier: MIT
// pipeline, finished, compose, from, the operators, abort, old streams, and errors of all kinds.
'use strict';
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, Stream, compose, addAbortSignal, duplexPair } = require('stream');
const sp = require('stream/promises'); const util = require('util'); const EE = require('events');
const log = (...a) => console.log(...a);
function watch(name, s) {
  for (const e of ['close','error','finish','end','prefinish','drain','pipe','unpipe','pause','resume'])
    s.on(e, (x) => log(name, e, x instanceof Error ? `${x.code} ${x.message}` : typeof x === 'object' && x ? x.constructor.name : x));
  return s;
}
const err = (e) => e && `${e.name} ${e.code} ${e.message}`;
const cases = {
  async operators() {
    log(await Readable.from([1,2,3]).map((x) => x * 2).toArray());
    log(await Readable.from([1,2,3,4]).filter((x) => x % 2).toArray());
    log(await Readable.from([1,2,3,4]).map(async (x) => { await new Promise(r => setTimeout(r, [0, 80, 40, 120, 40][x])); log('did', x); return x; }, { concurrency: 2 }).toArray());
    log(await Readable.from([1,2,3]).flatMap((x) => [x, x]).toArray());
    log(await Readable.from([1,2,3,4]).drop(2).toArray(), await Readable.from([1,2,3,4]).take(2).toArray());
    log(await Readable.from([1,2,3,4]).reduce((a, b) => a + b), await Readable.from([1,2]).reduce((a, b) => a + b, 10));
    log(await Readable.from([1,2,3]).some((x) => x > 2), await Readable.from([1,2,3]).every((x) => x > 2), await Readable.from([1,2,3]).find((x) => x > 1));
    await Readable.from([1,2]).forEach((x) => log('each', x));
    for (const f of [() => Readable.from([]).reduce((a, b) => a), () => Readable.from([1]).map(5), () => Readable.from([1]).take(-1), () => Readable.from([1]).filter(() => { throw new Error('f'); }).toArray(),
      () => Readable.from([1]).toArray({ signal: AbortSignal.abort() }), () => Readable.from([1]).map((x) => x, { concurrency: 0 }), () => Readable.from([1]).reduce((a,b)=>a, 0, { signal: AbortSignal.abort() }),
      () => Readable.from([1]).drop('x').toArray(), () => Readable.from([1,2]).map((x) => x, 1)]) try { log('ok', await f()); } catch (e) { log(err(e)); }
  },
  async promises() {
    const chunks = [];
    await sp.pipeline(Readable.from(['a', 'b', 'c']), async function* (src) { for await (const c of src) yield c.toUpperCase(); }, new Writable({ objectMode: true, write(c, e, cb) { chunks.push(c); cb(); } }));
    log(chunks);
    log(await sp.pipeline(Readable.from(['a', 'b']), async (src) => { let s = ''; for await (const c of src) s += c; return s; }));
    log(await sp.pipeline(async function* () { yield 1; yield 2; }, async function* (s) { for await (const x of s) yield x + 1; }, async (s) => { let n = 0; for await (const x of s) n += x; return n; }));
    try { await sp.pipeline(Readable.from(['a']), async function* () { throw new Error('inner'); }, new PassThrough()); } catch (e) { log(err(e)); }
    const ac = new AbortController(); setTimeout(() => ac.abort(), 5);
    try { await sp.pipeline(new Readable({ read() {} }), new PassThrough(), { signal: ac.signal }); } catch (e) { log(err(e), e.cause?.name); }
    try { await sp.pipeline(Readable.from(['a'])); } catch (e) { log(err(e)); }
    try { await sp.pipeline([1, 2], 5); } catch (e) { log(err(e)); }
    try { pipeline(Readable.from([1])); } catch (e) { log(err(e)); }
    const p = new PassThrough(); await sp.pipeline(Readable.from(['x']), p, { end: false }); log(p.writableEnded); p.end(); p.resume(); await sp.finished(p); log('finished');
    try { const q = new PassThrough(); q.destroy(); await sp.finished(q); } catch (e) { log(err(e)); }
    try { const q = new PassThrough(); q.destroy(new Error('hm')); q.on('error', () => {}); await sp.finished(q); } catch (e) { log(err(e)); }
    const u = util.promisify(pipeline); log(u === sp.pipeline, await u([1], async (s) => 7));
  },
  async composing() {
    const d = compose(async function* (s) { for await (const c of s) yield String(c).toUpperCase(); }, new PassThrough());
    watch('d', d); d.end('abc'); d.on('data', (c) => log('data', String(c)));
    await EE.once(d, 'close');
    const e = watch('e', compose(new PassThrough(), new Transform({ transform(c, e, cb) { cb(new Error('mid')); } }))); e.write('x'); e.resume();
    await new Promise(r => setTimeout(r, 10));
    try { compose(); } catch (e) { log(err(e)); }
    try { compose(new Writable(), new PassThrough()); } catch (e) { log(err(e).slice(0, 60)); }
    log(await Readable.from([1, 2]).compose(async function* (s) { for await (const x of s) yield x * 10; }).toArray());
  },
  async from() {
    for (const v of ['str', Buffer.from('buf'), [1, 2], new Set([1]), (async function* () { yield 'g'; })(), [Promise.resolve(4), 5]]) log(await Readable.from(v).toArray());
    try { Readable.from(5); } catch (e) { log(err(e)); }
    const r = watch('r', Readable.from([1, null])); r.resume(); await new Promise(r => setTimeout(r, 5));
    const d = watch('d', Duplex.from(async function* (s) { for await (const c of s) yield String(c) + '!'; }));
    d.on('data', (c) => log('data', c)); d.write('a'); d.end('b'); await EE.once(d, 'close');
    const p = watch('p', Duplex.from(Promise.resolve(9))); p.on('data', (c) => log('data', c)); await EE.once(p, 'close');
    const q = watch('q', Duplex.from({ readable: Readable.from(['z']), writable: new Writable({ write(c, e, cb) { log('w', String(c)); cb(); } }) }));
    q.on('data', (c) => log('data', String(c))); q.end('in'); await EE.once(q, 'close');
    const f = watch('f', Duplex.from(async (s) => { for await (const c of s) log('sink', String(c)); })); f.write('1'); f.end('2'); await EE.once(f, 'close');
    try { Duplex.from(5); } catch (e) { log(err(e)); }
    try { Duplex.from(() => 5); } catch (e) { log(err(e)); }
    const w = Duplex.from(new Writable({ write(c, e, cb) { cb(); } })); log(w.readable, w.writable); w.end(); 
  },
  async abort() {
    const ac = new AbortController();
    const r = watch('r', addAbortSignal(ac.signal, new Readable({ read() {} }))); ac.abort(); await new Promise(r => setTimeout(r, 5));
    const w = watch('w', new Writable({ signal: AbortSignal.abort(new Error('why')), write() {} })); await new Promise(r => setTimeout(r, 5)); log(w.errored.cause.message);
    for (const f of [() => addAbortSignal(1, r), () => addAbortSignal(ac.signal, {})]) try { f(); } catch (e) { log(err(e)); }
    const x = new PassThrough(); const a2 = new AbortController(); const cleanup = finished(x, { signal: a2.signal }, (e) => log('fin', err(e))); a2.abort(); log(typeof cleanup, x.destroyed);
  },
  async finishing() {
    const w = new Writable({ write(c, e, cb) { cb(); } }); finished(w, (e) => log('w', err(e))); w.end('x');
    const r = new Readable({ read() { this.push(null); } }); finished(r, (e) => log('r', err(e))); r.resume();
    const d = new PassThrough(); finished(d, (e) => log('d', err(e))); finished(d, { readable: false }, (e) => log('d write', err(e))); d.end('x'); setTimeout(() => d.resume(), 3);
    const p = new PassThrough(); finished(p, (e) => log('p', err(e))); p.destroy();
    await new Promise(r => setTimeout(r, 10)); finished(p, (e) => log('p late', err(e))); finished(w, (e) => log('w late', err(e))); finished(d, (e) => log('d late', err(e)));
    const old = new Stream(); old.readable = true; finished(old, (e) => log('old', err(e))); old.emit('end'); 
    for (const f of [() => finished({}, () => {}), () => finished(w), () => finished(w, 5, () => {})]) try { f(); } catch (e) { log(err(e)); }
  },
  async pair() {
    const [a, b] = duplexPair(); watch('a', a); watch('b', b); a.on('data', (c) => log('a data', String(c))); b.on('data', (c) => { log('b data', String(c)); b.write('re:' + c); }); a.write('hi', () => log('cb')); a.end(); b.on('end', () => b.end());
    await EE.once(a, 'close');
  },
  inherit() {
    function Old(o) { Readable.call(this, o); this.n = 0; } util.inherits(Old, Readable); Old.prototype._read = function () { this.push(this.n++ < 2 ? 'o' + this.n : null); };
    const o = watch('o', new Old()); o.on('data', (d) => log(String(d))); log(o instanceof Readable, o instanceof Stream, o instanceof EE, new Duplex() instanceof Writable, new Readable() instanceof Writable);
    class T extends Transform { _transform(c, e, cb) { this.push(c); this.push(c); cb(); } _final(cb) { log('my final'); cb(); } _flush(cb) { log('flush'); cb(); } }
    const t = watch('t', new T()); t.end('q'); t.on('data', (d) => log('t', String(d)));
    log(Readable() instanceof Readable, Writable() instanceof Writable, PassThrough() instanceof Transform);
  },
  oldStream() {
    const s = new Stream(); s.readable = true; s.pause = () => log('paused'); s.resume = () => log('resumed');
    const w = watch('w', new Writable({ highWaterMark: 2, write(c, e, cb) { log('write', String(c)); setImmediate(cb); } }));
    s.pipe(w); s.emit('data', 'abc'); s.emit('data', 'd'); s.emit('end'); s.emit('close');
    const r = new Readable().wrap(Object.assign(new EE(), { pause() {}, resume() {} }));
    const src = new EE(); src.pause = () => {}; src.resume = () => {}; src.extra = () => 'extra'; const wr = watch('wr', new Readable({ objectMode: true }).wrap(src)); wr.on('data', (d) => log('d', d)); log(wr.extra()); src.emit('data', 1); src.emit('end');
  },
  multi() {
    const src = watch('src', new PassThrough());
    const slow = watch('slow', new Writable({ highWaterMark: 1, write(c, e, cb) { log('slow', String(c)); setTimeout(cb, 2); } }));
    const fast = watch('fast', new Writable({ write(c, e, cb) { log('fast', String(c)); cb(); } }));
    src.pipe(slow); src.pipe(fast); src.write('1'); src.write('2'); src.end('3');
    log(src._readableState.pipes.length, src._readableState.pipesCount);
  },
  unpiping() {
    const src = watch('src', new PassThrough()), w = watch('w', new Writable({ write(c, e, cb) { log(String(c)); cb(); } }));
    src.pipe(w); src.write('1'); setTimeout(() => { src.unpipe(w); src.write('2'); log(src.readableFlowing, src.readableLength); src.pipe(w, { end: false }); src.end('3'); }, 2); setTimeout(() => { log(w.writableEnded); }, 8);
  },
  thrower() {
    const w = watch('w', new Writable({ write(c, e, cb) { cb(); } })); w.write = () => { throw new Error('sync throw'); };
    Readable.from(['a']).pipe(w);
    const x = watch('x', new Writable({ write(c, e, cb) { cb(); cb(); } })); x.write('1');
    const f = watch('f', new Writable({ write(c, e, cb) { cb(); }, final(cb) { cb(new Error('final')); } })); f.end(() => log('endcb'));
    const g = watch('g', new Writable({ write(c, e, cb) { cb(); }, final() { throw new Error('thrown in final'); } })); g.end();
    const h = watch('h', new Readable({ read() { throw new Error('in read'); } })); h.resume();
    const i = watch('i', new Writable({ autoDestroy: false, write(c, e, cb) { cb(new Error('one')); } })); i.write('a'); i.write('b', (e) => log('cb', e?.message)); i.end((e) => log('endcb', e?.message));
    const j = watch('j', new Readable({ emitClose: false, read() { this.push(null); } })); j.resume();
    const k = watch('k', new Writable({ destroy(e, cb) { cb(new Error('from destroy')); } })); k.destroy(null, (e) => log('dcb', e?.message)); k.destroy(null, (e) => log('dcb2', e?.message));
    const l = watch('l', new Readable({ destroy() { throw new Error('thrown in destroy'); }, read() {} })); l.destroy();
  },
  capture() {
    const r = watch('r', new Readable({ captureRejections: true, read() { this.push('a'); this.push(null); } })); r.on('data', async () => { throw new Error('async listener'); });
  },
  async dispose() {
    const r = watch('r', new Readable({ read() {} })); await r[Symbol.asyncDispose](); const w = watch('w', new Writable()); try { await w[Symbol.asyncDispose](); } catch (e) { log(err(e)); } 
  },
  async iters() {
    const r = Readable.from([1, 2, 3]); for await (const x of r.iterator({ destroyOnReturn: false })) { log(x); break; } log(r.destroyed, await r.toArray());
    const p = new PassThrough(); p.write('a'); setTimeout(() => p.destroy(new Error('d')), 3); try { for await (const c of p) log(String(c)); } catch (e) { log(err(e)); }
    const q = new PassThrough(); setTimeout(() => q.destroy(), 3); try { for await (const c of q) log(String(c)); log('no error'); } catch (e) { log(err(e)); }
    const it = new PassThrough()[Symbol.asyncIterator](); log(typeof it.stream, Object.prototype.toString.call(it)); log(await it.return(5));
  },
  async consumers() {
    const c = require('stream/consumers'); log(await c.text(Readable.from(['a', Buffer.from('é')])), await c.json(Readable.from(['{"a":', '1}'])), await c.buffer(Readable.from([Buffer.from('xy')])), await c.arrayBuffer(Readable.from([Buffer.from('xy')])));
  },
  states() {
    const r = new Readable({ read() {} }), w = new Writable({ write() {} }), d = new Duplex({ read() {}, write() {} });
    for (const s of [r, w, d]) log(s.readable, s.writable, s.readableEnded, s.writableEnded, s.readableFlowing, s.readableHighWaterMark, s.writableHighWaterMark, s.readableLength, s.writableLength, s.readableObjectMode, s.writableObjectMode, s.closed, s.destroyed, s.errored, s.readableAborted, s.writableAborted, s.readableDidRead, s.writableFinished, s.writableCorked, s.writableNeedDrain, Stream.isReadable(s), Stream.isWritable(s), Stream.isErrored(s), Stream.isDisturbed(s), Stream.isDestroyed(s));
    log(Stream.getDefaultHighWaterMark(false), Stream.getDefaultHighWaterMark(true)); Stream.setDefaultHighWaterMark(false, 10); log(new Readable().readableHighWaterMark); Stream.setDefaultHighWaterMark(false, 65536);
    log(new Transform({ readableObjectMode: true, writableHighWaterMark: 7 }).writableHighWaterMark, new Transform({ readableHighWaterMark: 0 }).writableHighWaterMark, new Duplex({ readable: false }).readable, new Duplex({ writable: false }).writable);
    log(r.eventNames(), new PassThrough().eventNames(), Object.keys(new PassThrough()).length > 3, Object.keys(Stream), Object.keys(Readable), Object.keys(Readable.prototype), Object.keys(Writable.prototype), Object.keys(Duplex.prototype));
  },
};
(async () => {
  for (const [name, f] of Object.entries(cases)) {
    if (process.argv[2] && process.argv[2] !== name) continue;
    log('##', name);
    try { await f(); } catch (e) { log('THROWN', e); }
    await new Promise((r) => setTimeout(r, 100));
  }
})();
