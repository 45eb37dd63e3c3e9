// SPDX-License-Identifier: MIT
// fs.createReadStream and createWriteStream, and the calls on descriptors below them.
'use strict';
const fs = require('fs'), path = require('path'), os = require('os'); const { pipeline, finished } = require('stream'); const { once } = require('events'); const sp = require('stream/promises');
const log = console.log; const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fsx-')); const f = (n) => path.join(dir, n);
const clean = (s) => String(s).replaceAll(dir, '<dir>');
function watch(name, s) { for (const e of ['open','ready','close','error','finish','end','drain']) s.on(e, (x) => log(name, e, x instanceof Error ? clean(`${x.code} ${x.message}`) : typeof x === 'number' ? 'num' : x)); return s; }
const cases = {
  async write() {
    const w = watch('w', fs.createWriteStream(f('a'))); log(w.pending, w.fd, w.bytesWritten, clean(w.path));
    log(w.write('hello '), w.write('world'), w.write(Buffer.from('!'))); w.end('\n', () => log('endcb')); await once(w, 'close'); log(w.bytesWritten, w.fd, w.closed, w.pending, fs.readFileSync(f('a'), 'utf8'));
  },
  async read() {
    const r = watch('r', fs.createReadStream(f('a'))); r.on('data', (c) => log('data', c)); await once(r, 'close'); log(r.bytesRead, r.fd, r.destroyed);
    for (const o of [{ start: 2 }, { start: 2, end: 4 }, { end: 3 }, { highWaterMark: 4 }, { encoding: 'utf8', start: 6 }, 'latin1', { start: 100 }, { start: 3, end: 3 }]) { let s = []; for await (const c of fs.createReadStream(f('a'), o)) s.push(String(c)); log(o, s); }
  },
  async missing() {
    const r = watch('r', fs.createReadStream(f('nope'))); r.on('data', () => {}); await once(r, 'close').catch((e) => log('once', e.code)); await new Promise(r => setTimeout(r, 40));
    const w = watch('w', fs.createWriteStream(f('no/such'))); w.write('x', (e) => log('cb', e.code)); w.end((e) => log('endcb', e.code)); await new Promise(r => setTimeout(r, 60));
    const d = watch('d', fs.createReadStream(dir)); d.resume(); await new Promise(r => setTimeout(r, 60));
    const x = watch('x', fs.createWriteStream(f('a'), { flags: 'wx' })); await new Promise(r => setTimeout(r, 60));
  },
  async modes() {
    const w = fs.createWriteStream(f('b'), { start: 3, flags: 'r+' }); w.on('error', (e) => log(e.code)); await new Promise(r => setTimeout(r, 60));
    fs.writeFileSync(f('b'), '0123456789'); const w2 = fs.createWriteStream(f('b'), { start: 3, flags: 'r+' }); w2.write('ab'); w2.write('cd'); w2.end('e'); await once(w2, 'close'); log(fs.readFileSync(f('b'), 'utf8'), w2.bytesWritten);
    const w3 = fs.createWriteStream(f('b'), { flags: 'a', flush: true }); w3.end('END'); await once(w3, 'close'); log(fs.readFileSync(f('b'), 'utf8'));
    const w4 = fs.createWriteStream(f('c'), { encoding: 'hex' }); w4.write('616263'); w4.end('é', 'latin1'); await once(w4, 'close'); log(fs.readFileSync(f('c')));
  },
  async fds() {
    const fd = fs.openSync(f('b')); const r = watch('r', fs.createReadStream(null, { fd, autoClose: false, start: 1, end: 3 })); r.on('data', (c) => log(String(c))); await once(r, 'end'); await new Promise(r => setTimeout(r, 40)); log(r.destroyed, fs.fstatSync(fd).size); fs.closeSync(fd);
    const h = await fs.promises.open(f('b')); h.on('close', () => log('handle closed')); const s = watch('s', h.createReadStream({ encoding: 'utf8' })); for await (const c of s) log(c); await new Promise(r => setTimeout(r, 60)); log(h.fd);
    const h2 = await fs.promises.open(f('d'), 'w'); const ws = watch('ws', h2.createWriteStream()); ws.write('one'); ws.end('two'); await once(ws, 'close'); log(fs.readFileSync(f('d'), 'utf8'), h2.fd);
    const h3 = await fs.promises.open(f('d')); const rs = watch('rs', h3.createReadStream()); await h3.close(); await new Promise(r => setTimeout(r, 60));
  },
  async closing() {
    const w = watch('w', fs.createWriteStream(f('e'))); w.close(() => log('closecb')); await once(w, 'close'); w.close(() => log('closecb2')); await new Promise(r => setTimeout(r, 5));
    const r = watch('r', fs.createReadStream(f('b'))); r.close(() => log('rclosecb')); await new Promise(r => setTimeout(r, 60));
    const r2 = watch('r2', fs.createReadStream(f('b'))); r2.on('open', () => r2.destroy()); await new Promise(r => setTimeout(r, 60));
    const w2 = watch('w2', fs.createWriteStream(f('e'))); w2.write('x'.repeat(100000), (e) => log('cb', e?.code)); w2.destroy(new Error('stop')); await new Promise(r => setTimeout(r, 60));
    const ac = new AbortController(); const r3 = watch('r3', fs.createReadStream(f('b'), { signal: ac.signal })); ac.abort(); await new Promise(r => setTimeout(r, 60));
    const w3 = watch('w3', fs.createWriteStream(f('e'), { autoClose: false })); w3.end('q'); await once(w3, 'finish'); await new Promise(r => setTimeout(r, 40)); log(w3.destroyed, w3.autoClose, typeof w3.fd); w3.close(); await once(w3, 'close');
  },
  async big() {
    const data = Buffer.alloc(1000003, 'abcdefghij'); fs.writeFileSync(f('big'), data); await sp.pipeline(fs.createReadStream(f('big')), fs.createWriteStream(f('big2'))); log(fs.readFileSync(f('big2')).equals(data));
    const w = fs.createWriteStream(f('many')); let n = 0; for (let i = 0; i < 20000; i++) if (!w.write(i + '\n')) n++; w.end(); await once(w, 'close'); log(n > 0, fs.readFileSync(f('many'), 'utf8').split('\n').length, w.bytesWritten);
    await sp.pipeline(async function* () { for (let i = 0; i < 5; i++) yield `line ${i}\n`; }, fs.createWriteStream(f('gen'))); log(fs.readFileSync(f('gen'), 'utf8'));
  },
  async ownFs() {
    const calls = []; const own = { open: (p, fl, m, cb) => { calls.push(['open', p, fl, m]); setImmediate(cb, null, 99); }, read: (fd, b, o, l, p, cb) => { calls.push(['read', fd, l, p]); const n = calls.length < 4 ? b.write('data') : 0; setImmediate(cb, null, n, b); }, close: (fd, cb) => { calls.push(['close', fd]); setImmediate(cb); }, write(fd, b, o, l, p, cb) { calls.push(['write', fd, String(b), o, l, p]); setImmediate(cb, null, Math.min(l, 2)); } };
    let s = ''; for await (const c of fs.createReadStream('virtual', { fs: own })) s += c; log(s, calls.splice(0)); const w = fs.createWriteStream('v', { fs: own }); w.end('hello'); await once(w, 'close'); log(calls);
  },
  async subclass() {
    class Mine extends fs.ReadStream { open() { fs.open(this.path, this.flags, this.mode, (e, fd) => { if (e) { this.emit('error', e); } else { this.fd = fd; this.emit('open', fd); } }); } }
    const m = new Mine(f('b'), { encoding: 'utf8' }); m.on('data', (d) => log('mine', d)); m.on('open', () => log('open')); await once(m, 'close'); const n = new Mine(f('zz')); n.on('error', (e) => log('e', e.code)); n.on('close', () => log('closed')); await new Promise(r => setTimeout(r, 60));
    function Old(p, o) { return fs.ReadStream.call(this, p, o); } Old.prototype = Object.create(fs.ReadStream.prototype); const o = new Old(f('b')); o.on('data', (d) => log('old', String(d))); await once(o, 'close'); log(fs.ReadStream(f('b')) instanceof fs.ReadStream);
  },
  async descriptors() {
    const p = (g) => new Promise((r) => g((...a) => { log(...a.map((x) => x instanceof Error ? clean(x.code + ' ' + x.message + ' ' + x.errno + x.syscall) : x)); r(a); }));
    const [, fd] = await new Promise((r) => fs.open(f('io'), 'w+', (...a) => r(a))); log(typeof fd);
    await p((cb) => fs.write(fd, 'text', cb)); await p((cb) => fs.write(fd, Buffer.from('bytes'), 1, 3, 0, cb)); await p((cb) => fs.write(fd, 'é', 10, 'latin1', cb)); await p((cb) => fs.write(fd, Buffer.from('zz'), { offset: 1 }, cb)); await p((cb) => fs.writev(fd, [Buffer.from('a'), Buffer.from('bc')], cb)); await p((cb) => fs.writev(fd, [], cb));
    await p((cb) => fs.read(fd, Buffer.alloc(5), 0, 5, 0, cb)); await p((cb) => fs.read(fd, { buffer: Buffer.alloc(3), position: 1 }, cb)); await p((cb) => fs.read(fd, Buffer.alloc(4), { position: 2, length: 2 }, cb)); await p((cb) => fs.read(fd, Buffer.alloc(4), cb)); await p((cb) => fs.read(fd, Buffer.alloc(0), 0, 0, 0, cb)); await p((cb) => fs.readv(fd, [Buffer.alloc(2), Buffer.alloc(2)], 0, cb)); await p((cb) => fs.read(fd, new Uint8Array(new SharedArrayBuffer(4)), 0, 4, 0, cb));
    await p((cb) => fs.fsync(fd, cb)); await p((cb) => fs.fdatasync(fd, cb)); await p((cb) => fs.ftruncate(fd, 3, cb)); await p((cb) => fs.fstat(fd, (e, s) => cb(e, s.size))); await p((cb) => fs.close(fd, cb)); await p((cb) => fs.close(fd, cb)); await p((cb) => fs.write(fd, 'x', cb)); await p((cb) => fs.read(fd, Buffer.alloc(1), 0, 1, 0, cb)); await p((cb) => fs.open(f('none'), cb)); await p((cb) => fs.fsync(fd, cb));
    for (const g of [() => fs.open(), () => fs.open('x'), () => fs.open('x', 'r'), () => fs.open('x', 'q', () => {}), () => fs.open('x', 'r', 'zz', () => {}), () => fs.close('x', () => {}), () => fs.close(1, 2), () => fs.read(1, Buffer.alloc(1), 5, 1, 0, () => {}), () => fs.read(1, Buffer.alloc(1), 0, 5, 0, () => {}), () => fs.read(1, 'x', 0, 1, 0, () => {}), () => fs.write(1, {}, () => {}), () => fs.write(1, 'x'), () => fs.readv(1, 5, () => {}), () => fs.read(1, Buffer.alloc(1), 0, 1, 'x', () => {})]) try { g(); log('ok'); } catch (e) { log(e.name, e.code, e.message); }
  },
};
(async () => { for (const [name, g] of Object.entries(cases)) { if (process.argv[2] && process.argv[2] !== name) continue; log('##', name); try { await g(); } catch (e) { log('THROWN', clean(e.stack)); } await new Promise((r) => setTimeout(r, 60)); } fs.rmSync(dir, { recursive: true }); })();
