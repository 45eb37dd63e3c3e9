// SPDX-License-Identifier: MIT
// readline over streams: how lines are cut, events, questions, iteration, errors.
'use strict';
const readline = require('readline'), rlp = require('readline/promises'), { Readable, PassThrough, Writable } = require('stream'), EE = require('events'), util = require('util'); const log = console.log; const wait = (n = 20) => new Promise((r) => setTimeout(r, n));
const sink = () => { const w = new Writable({ write(c, e, cb) { w.text += c; cb(); } }); w.text = ''; return w; };
const watch = (n, rl) => { for (const e of ['line', 'close', 'pause', 'resume', 'error', 'SIGINT', 'history']) rl.on(e, (x) => log(n, e, x instanceof Error ? x.message : x)); return rl; };
const cases = {
  async lines() {
    for (const parts of [['a\nb\r\nc'], ['a\r', '\nb'], ['a\r', 'b\n'], ['x\u2028y\u2029z\n'], ['é'.repeat(3), '\n'], [Buffer.from([0xc3]), Buffer.from([0xa9, 10])], ['\n\n'], ['no end'], [], ['a\rb\r\rc\r\n'], ['', 'q\n', '']]) {
      const rl = readline.createInterface({ input: Readable.from(parts.length ? parts : [''], { objectMode: false }), crlfDelay: Infinity }); const got = []; rl.on('line', (l) => got.push(l)); await EE.once(rl, 'close'); log(JSON.stringify(parts.map(String)), JSON.stringify(got));
    }
  },
  async events() {
    const input = new PassThrough(), output = sink(); const rl = watch('rl', readline.createInterface({ input, output, prompt: 'OK> ' })); log(rl.terminal, rl.line, rl.closed, rl.paused, rl.getPrompt(), rl.crlfDelay, rl.historySize, rl.tabSize, rl.escapeCodeTimeout, util.inspect(rl.history), rl.cursor);
    rl.prompt(); input.write('one\ntwo\n'); await wait(); rl.pause(); rl.pause(); input.write('while paused\n'); await wait(); rl.resume(); await wait(); rl.setPrompt('new '); rl.prompt(); log(JSON.stringify(output.text)); rl.write('written\n'); input.write('part'); await wait(); rl.close(); rl.close(); log(rl.closed); input.write('late\n'); await wait();
    for (const f of [() => rl.prompt(), () => rl.pause(), () => rl.resume(), () => rl.write('x'), () => rl.question('q', () => {}), () => rl.setPrompt('p'), () => rl.getCursorPos()]) try { log(util.inspect(f(), { depth: -1 })); } catch (e) { log(e.code, e.message); }
    log(input.listenerCount('data'), input.listenerCount('end'), input.isPaused());
  },
  async closing() {
    const input = new PassThrough(); const rl = readline.createInterface({ input }); rl.on('line', (l) => { log(l); if (l === 'stop') rl.close(); }); rl.on('close', () => log('close')); input.write('a\nstop\nb\nc\n'); await wait();
    const i2 = new PassThrough(); const r2 = watch('r2', readline.createInterface(i2)); i2.end('x\ny'); await wait();
    const i3 = new PassThrough(); const r3 = watch('r3', readline.createInterface({ input: i3 })); i3.destroy(new Error('bad input')); await wait();
    const ac = new AbortController(); const r4 = watch('r4', readline.createInterface({ input: new PassThrough(), signal: ac.signal })); ac.abort(); await wait(); const r5 = watch('r5', readline.createInterface({ input: new PassThrough(), signal: AbortSignal.abort() })); await wait();
    { using r6 = readline.createInterface({ input: new PassThrough() }); r6.on('close', () => log('disposed')); }
  },
  async questions() {
    const input = new PassThrough(), output = sink(); const rl = readline.createInterface({ input, output }); rl.on('line', (l) => log('line', l)); rl.question('Name? ', (a) => { log('answer', a); rl.question('Age? ', { }, (b) => log('age', b)); }); input.write('Ann\n'); await wait(); input.write('7\nrest\n'); await wait(); log(JSON.stringify(output.text), rl.getPrompt());
    const ac = new AbortController(); rl.question('aborted? ', { signal: ac.signal }, () => log('never')); ac.abort(); input.write('after abort\n'); await wait(); rl.question('early', { signal: AbortSignal.abort() }, () => log('never')); input.write('x\n'); await wait();
    const q = util.promisify(rl.question).bind(rl); const p = q('p? '); input.write('promised\n'); log(await p); try { await q('s', { signal: AbortSignal.abort() }); } catch (e) { log(e.name, e.code); } rl.question('first', (x) => log('1', x)); rl.question('second', (x) => log('2', x)); input.write('A\nB\n'); await wait(); rl.close(); log(JSON.stringify(output.text));
  },
  async promises() {
    const input = new PassThrough(), output = sink(); const rl = rlp.createInterface({ input, output }); const p = rl.question('q? '); input.write('yes\n'); log(await p); const ac = new AbortController(); const a = rl.question('z', { signal: ac.signal }); ac.abort(); try { await a; } catch (e) { log(e.name, e.code); } try { await rl.question('z', { signal: AbortSignal.abort() }); } catch (e) { log(e.name); } const c = rl.question('closing').then((x) => log('got', x), (e) => log(e.name, e.message)); rl.close(); await wait(); try { await rl.question('closed'); } catch (e) { log(e.code); } log(JSON.stringify(output.text), rl instanceof readline.Interface, rl instanceof rlp.Interface);
    const out = sink(); const r = new rlp.Readline(out); r.clearLine(-1).cursorTo(1, 2).moveCursor(-1, 1).clearScreenDown(); log(JSON.stringify(out.text)); await r.commit(); log(JSON.stringify(out.text)); r.clearLine(0).rollback(); await r.commit(); log(JSON.stringify(out.text)); for (const f of [() => new rlp.Readline({}), () => r.clearLine(5), () => r.cursorTo('x')]) try { f(); log('ok'); } catch (e) { log(e.code, e.message); }
  },
  async iterate() {
    const rl = readline.createInterface({ input: Readable.from(['a\nb\n', 'c']) }); for await (const l of rl) log(l); log(rl.closed); const r2 = readline.createInterface({ input: Readable.from(['1\n2\n3\n']) }); for await (const l of r2) { log(l); break; } log(r2.closed); const r3 = readline.createInterface({ input: new PassThrough() }); setTimeout(() => r3.input.destroy(new Error('E')), 5); try { for await (const l of r3) log(l); log('ended'); } catch (e) { log(e.message); }
    let n = 0; for await (const l of readline.createInterface({ input: Readable.from((function* () { for (let i = 0; i < 3000; i++) yield i + '\n'; })()) })) n += l.length; log(n); const it = r2[Symbol.asyncIterator](); log(await it.next());
  },
  errors() {
    for (const f of [() => readline.createInterface({ input: new PassThrough(), completer: 5 }), () => readline.createInterface({ input: new PassThrough(), historySize: -1, terminal: true }), () => readline.createInterface({ input: new PassThrough(), tabSize: 0 }), () => readline.createInterface({ input: new PassThrough(), tabSize: 'x' }), () => readline.createInterface({ input: new PassThrough(), escapeCodeTimeout: NaN }), () => readline.createInterface({ input: new PassThrough(), signal: 5 }), () => readline.createInterface({ input: new PassThrough(), history: 5 }), () => readline.createInterface({ input: new PassThrough(), crlfDelay: 5 }).crlfDelay, () => readline.createInterface({ input: new PassThrough(), prompt: 7 }).getPrompt()]) try { const r = f(); log('ok', typeof r === 'object' ? '' : r); } catch (e) { log(e.name, e.code, e.message); }
    function Old() { readline.Interface.call(this, { input: new PassThrough() }); } util.inherits(Old, readline.Interface); log(new Old() instanceof EE, readline.Interface({ input: new PassThrough() }) instanceof readline.Interface);
    const out = sink(); log(readline.clearLine(out, -1), readline.clearLine(out, 1), readline.clearLine(out, 0), readline.cursorTo(out, 3), readline.cursorTo(out, 3, 4), readline.moveCursor(out, 1, -2), readline.moveCursor(out, 0, 0), readline.clearScreenDown(out), readline.cursorTo(null, 1), readline.clearLine(undefined, 0)); log(JSON.stringify(out.text)); for (const f of [() => readline.cursorTo(out, 'x'), () => readline.cursorTo(out, NaN), () => readline.clearLine(out, 0, 5), () => readline.cursorTo(out, undefined, 2)]) try { log(f()); } catch (e) { log(e.code, e.message); }
  },
};
(async () => { for (const [name, g] of Object.entries(cases)) { if (process.argv[2] && process.argv[2] !== name) continue; log('##', name); try { await g(); } catch (e) { log('THROWN', e.message); } } process.exit(); })();
