// SPDX-License-Identifier: MIT
// The streams of workers as streams: kinds, events, back-pressure in both directions, and what is flushed at the end. Output as of Node 26.
'use strict';
const { Worker } = require('worker_threads'); const { Readable, Writable, Stream } = require('stream'); const log = console.log;
const watch = (name, s, list = ['close','end','error','finish','drain','pause','resume','pipe','unpipe']) => { for (const e of list) s.on(e, (x) => log(name, e, x instanceof Error ? x.code : x instanceof Stream ? x.constructor.name : x)); return s; };
const W = (src, o) => new Worker(src, { eval: true, ...o });
const exited = (w) => new Promise((r) => w.on('exit', (c) => setTimeout(r, 50, c)));
const cases = {
  async kinds() {
    const w = W('const s = process.stdout; const { Writable, Readable } = require("stream"); process.stdout.write(JSON.stringify([s instanceof Writable, process.stdin instanceof Readable, s.fd, s.isTTY, s._type, s._isStdio, s.constructor.name, process.stdin.constructor.name, s.writableHighWaterMark, process.stdin.readableHighWaterMark, process.stdin.fd]))', { stdout: true, stdin: true });
    log(w.stdout instanceof Readable, w.stdin instanceof Writable, w.stdout.constructor.name, w.stdin.constructor.name, w.stdout.readableHighWaterMark, w.stdin.writableHighWaterMark, w.stdout.readableFlowing);
    watch('out', w.stdout); w.on('exit', () => log('exit')); w.stdout.on('data', (d) => log(String(d))); await exited(w);
    const v = W('1'); log(v.stdout.readableFlowing, v.stdout.listenerCount('data'), v.stderr.readableFlowing, v.stdin); watch('v', v.stdout); v.on('exit', () => log('exit')); await exited(v); log(v.stdout.destroyed, v.stdout.readableEnded);
  },
  async written() {
    const w = W('process.stdout.write("a", () => { process.stdout.write("b"); process.stdout.end("c", () => console.error("ended")); })', { stdout: true, stderr: true });
    let s = ''; w.stdout.on('data', (d) => s += d).on('end', () => log('end', s)); w.stderr.on('data', (d) => log('err', String(d))); await exited(w); log(s);
  },
  async input() {
    const w = W('let s = ""; process.stdin.setEncoding("utf8"); process.stdin.on("data", (d) => s += d).on("end", () => { console.log("got", s.length); });', { stdin: true });
    watch('in', w.stdin); log(w.stdin.write('x'.repeat(100000), () => log('cb')), w.stdin.writableNeedDrain); w.stdin.end('last', () => log('endcb')); await exited(w); log(w.stdin.destroyed, w.stdin.writableFinished);
    const p = W('process.stdin.pipe(process.stdout)', { stdin: true, stdout: true }); p.stdout.on('data', (d) => log('echo', String(d))); p.stdin.write('one'); setTimeout(() => p.stdin.end('two'), 30); await exited(p);
    const once = W('process.stdin.once("data", (d) => { console.log("once", String(d)); process.stdin.pause(); })', { stdin: true }); once.stdin.write('q'); const c = await Promise.race([exited(once), new Promise((r) => setTimeout(r, 300, 'alive'))]); log(c); once.terminate(); await exited(once);
    const none = W('process.stdin.on("data", () => {}).on("end", () => console.log("end at once")).on("close", () => console.log("close"))'); await exited(none);
    const it = W('(async () => { for await (const c of process.stdin) console.log("chunk", String(c)); console.log("done"); })()', { stdin: true }); it.stdin.end('abc'); await exited(it);
  },
  async pressure() {
    const w = W('const s = process.stdout; let n = 0; const f = () => { while (n < 200) if (!s.write("x".repeat(10000), () => {})) { n++; s.once("drain", f); return; } else n++; }; f(); setInterval(() => { require("worker_threads").parentPort.postMessage(n); }, 20).unref(); require("worker_threads").parentPort.on("message", () => process.exit())', { stdout: true });
    w.stdout.pause(); let last; w.on('message', (n) => last = n); await new Promise((r) => setTimeout(r, 200)); log('stopped', last < 100); let got = 0; w.stdout.on('data', (d) => got += d.length); w.stdout.resume(); while (got < 2000000 || last < 200) await new Promise((r) => setTimeout(r, 20)); log(got, last); w.postMessage(0); await exited(w);
  },
  async exiting() {
    const w = W('for (let i = 0; i < 30; i++) process.stdout.write("x".repeat(9999) + "\\n", () => {}); process.exit(5)', { stdout: true }); let n = 0; w.stdout.on('data', (d) => n += d.length); log(await exited(w), n);
    const v = W('process.stdout.on("error", () => {}); for (let i = 0; i < 30; i++) process.stdout.write("x".repeat(9999) + "\\n"); throw new Error("boom")', { stdout: true }); n = 0; v.stdout.on('data', (d) => n += d.length); v.on('error', (e) => log(e.message)); log(await exited(v), n);
    const t = W('process.stdout.cork(); process.stdout.write("corked"); process.on("exit", () => process.stdout.write("in exit"))', { stdout: true }); t.stdout.on('data', (d) => log(String(d))); log(await exited(t));
    const d = W('process.stdout.destroy(); process.stdout.write("still"); process.stdout.on("close", () => console.log("closed"))', { stdout: true }); d.stdout.on('data', (d) => log(String(d))); log(await exited(d));
  },
  async through() {
    const w = W('console.log("one"); process.stdout.write("two\\n"); console.error("e")'); const seen = []; w.stdout.on('data', (d) => seen.push(String(d))); await exited(w); log(seen.join(''));
    const u = W('console.log("unpiped")'); u.stdout.unpipe(); u.stdout.on('data', (d) => log('only here:', String(d))); await exited(u);
    const s = W('console.log("to pass")', { stdout: true }); s.stdout.pipe(process.stdout); await exited(s);
    const e = W('process.stdout.setDefaultEncoding("hex"); process.stdout.write("6869"); process.stdout.write(Buffer.from("!")); process.stdout.write("\\u00e9", "latin1")', { stdout: true }); for await (const c of e.stdout) log(c);
    log(process.stdout.listenerCount('unpipe'), process.stdout.listenerCount('error'));
  },
};
(async () => { for (const [name, g] of Object.entries(cases)) { if (process.argv[2] && process.argv[2] !== name) continue; log('##', name); try { await g(); } catch (e) { log('THROWN', e); } } })();
