// SPDX-License-Identifier: MIT
// One isolate of a storm. It does what its seed says and checks what must hold whatever the others do; lib/tables.js tells it what they are at.
//
// Every message has a number and a text made of it. A channel's end that closes says so in its last message (fin): a channel that ends without
// that has lost messages, unless one of those that had its ends is gone. Only one end of a channel, the one that closes it, sends ends of other
// channels over it: what waits at a closed end is not delivered.
'use strict';
const wt = require('worker_threads');
const fs = require('fs');
const { Tables, ENDED, PARENT, THREAD, SENT, MAX_ACTORS, LOCKS, CELLS } = require('./tables.js');

const FILE = require('path').join(__dirname, 'worker.js');
const LATE = 2000;
const FATES = ['fin', 'fin', 'exit', 'throw', 'reject', 'kill', 'kill', 'close', 'loop', 'module', 'drop'];

function textOf(n) {
  const k = (Math.imul(n + 7, 2654435761) >>> 8) & 1023;
  if (k < 600) return { n, k };
  if (k < 700) return 'text ' + n + 'é'.repeat(k - 600);
  if (k < 708) return String(n).padEnd(40000, 'x€');
  if (k < 760) return new Map([[n, { k }], ['list', [n, , k]]]);
  if (k < 820) return new Uint16Array([n, k, 7]);
  if (k < 860) return [new Date(n), /a+/gi, new Set([n]), 12345678901234567890n * BigInt(k), undefined, null, -0];
  if (k < 900) return new RangeError('error ' + n);
  return Array.from({ length: k - 860 }, (_, i) => ({ i, n, self: k }));
}

class Failed extends Error {}
class Planned extends Error {}

class Actor {
  constructor(id, seed, tables, depth, steps) {
    Object.assign(this, { id, tables, depth, steps, state: seed | 0 });
    this.children = new Set(); // their links
    this.links = new Set(); // everything that messages go over
    this.broadcasts = [];
    this.waiting = 0; // terminate() and the like that have not answered
    this.heard = new Map(); // senders of broadcasts: the number that comes next
    this.told = 0;
    this.ended = false;
    this.parent = null;
    process.on('workerMessage', (m, from) => this.check(m.text === 'mail' && from === m.from, 'mail of another'));
  }
  random(n) {
    this.state = (Math.imul(this.state, 1103515245) + 12345) & 0x7fffffff;
    return (this.state >> 8) % n;
  }
  pick(list) {
    return list[this.random(list.length)];
  }
  check(ok, what) {
    if (!ok) this.fail(what);
  }
  fail(what) {
    this.tables.count('failed');
    fs.writeSync(2, `storm: actor ${this.id}: ${what}\n${new Error().stack}\n`);
    throw new Failed(what);
  }

  // ---- Channels ----

  // { port, channel, closer, in, out }: an end, with the numbers of the messages that come next.
  adopt(end) {
    const link = { ...end, paused: false, fin: false, closed: false, child: undefined };
    this.tables.own(link.channel, this.id);
    this.links.add(link);
    link.listener = (m) => this.receive(link, m);
    link.port.on('message', link.listener);
    link.port.on('close', () => {
      this.links.delete(link);
      const expected = link.closed || link.fin || this.tables.mayBeLost(link.channel);
      this.check(expected, `channel ${link.channel} (${link.closer ? 'closer' : 'other'}) ended after ${link.in} messages without a farewell`);
      link.closed = true;
    });
    if (this.ended) this.close(link);
    return link;
  }
  receive(link, m) {
    this.check(m.n === link.in, `message ${m.n} instead of ${link.in} on channel ${link.channel}`);
    link.in++;
    this.check(!link.fin, 'a message behind the last one');
    this.check(require('util').isDeepStrictEqual(m.text, textOf(m.n)), `the text of message ${m.n}`);
    this.tables.count('messages');
    if (m.fin) link.fin = true;
    if (m.end) this.adopt(m.end);
    if (m.buffer) {
      this.check(Atomics.add(this.tables.arrived, m.number, 1) === 0, `buffer ${m.number} arrived twice`);
      this.check(m.buffer.byteLength === m.size && new Uint8Array(m.buffer).every((x) => x === (m.number & 255)), 'the bytes of a buffer');
    }
    if (m.shared) Atomics.add(new Int32Array(m.shared), 0, 1);
    if (this.parent === link && m.fin) this.finish();
    if (this.random(8) === 0) this.act();
  }
  canPost(link) {
    return !link.closed && !(link.child && (link.child.gone || link.child.finished));
  }
  // Whether what is sent over it reaches its end as long as both isolates live.
  isSure(link) {
    return this.canPost(link) && (link.closer || link === this.parent) && !(link === this.parent && this.closedParent);
  }
  post(link, extra, transfer) {
    const n = link.out++;
    link.port.postMessage({ n, text: textOf(n), ...extra }, transfer);
    if (link === this.parent && !this.closedParent) this.tables.add(this.id, SENT);
  }
  someLink(sure) {
    const list = [...this.links].filter((x) => (sure ? this.isSure(x) : this.canPost(x)));
    return list.length ? this.pick(list) : undefined;
  }

  // ---- Actions ----

  act() {
    if (this.ended) return;
    const name = this.pick(ACTIONS);
    this[name]();
  }
  messages() {
    const link = this.someLink();
    if (!link) return;
    for (let i = 1 + this.random(this.random(5) ? 6 : 200); i > 0; i--) this.post(link);
  }
  buffer() {
    const link = this.someLink(), number = link ? this.tables.takeBuffer() : -1;
    if (number < 0) return;
    const size = 1 + this.random(this.random(5) ? 64 : 100000), buffer = new ArrayBuffer(size);
    new Uint8Array(buffer).fill(number & 255);
    this.post(link, { buffer, number, size }, [buffer]);
    this.check(buffer.byteLength === 0 && buffer.detached, 'a buffer that was moved is still there');
  }
  shared() {
    const link = this.someLink();
    if (link) this.post(link, { shared: new SharedArrayBuffer(64) });
  }
  refused() {
    const link = this.someLink();
    if (!link) return;
    const buffer = new ArrayBuffer(8), { port1 } = new wt.MessageChannel();
    try {
      link.port.postMessage({ f() {} , buffer }, [buffer, port1]);
      this.fail('a function was cloned');
    } catch (e) {
      if (e instanceof Failed) throw e;
      this.check(e.name === 'DataCloneError' && buffer.byteLength === 8, 'an error of postMessage changed something');
    }
    port1.close();
  }
  channel() {
    const over = this.someLink(true), channel = over ? this.tables.takeChannel() : -1;
    if (channel < 0) return;
    const { port1, port2 } = new wt.MessageChannel();
    const closer = this.random(2) === 0;
    const link = this.adopt({ port: port1, channel, closer, in: 0, out: 0 });
    const early = this.random(3);
    for (let i = 0; i < early; i++) this.post(link);
    this.give({ port: port2, channel, closer: !closer, in: 0, out: 0 }, over);
    if (this.random(2)) this.post(link);
  }
  give(end, over) {
    this.tables.count('moves');
    if (over.channel >= 0) this.tables.carry(end.channel, over.channel);
    else this.tables.own(end.channel, over === this.parent ? this.tables.get(this.id, PARENT) : over.child.id);
    this.post(over, { end }, [end.port]);
  }
  move() {
    const list = [...this.links].filter((x) => x.channel >= 0 && !x.closed && !x.fin && !x.child && x !== this.parent);
    const over = this.someLink(true), link = list.length ? this.pick(list) : undefined;
    if (!link || !over || link === over) return;
    // An end that travels over itself, in the end, is lost: let what carries be no older than what is carried is not enough, so refuse cycles.
    if (over.channel >= 0 && this.reaches(over.channel, link.channel)) return;
    this.links.delete(link);
    link.closed = true;
    link.port.off('message', link.listener);
    this.give({ port: link.port, channel: link.channel, closer: link.closer, in: link.in, out: link.out }, over);
  }
  // Went the first channel over the second one, by any way?
  reaches(from, to, seen = new Set()) {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    const carriers = Atomics.load(this.tables.carriers, from);
    for (let i = 0; i < 62; i++) if (carriers & (1n << BigInt(i)) && this.reaches(i, to, seen)) return true;
    return false;
  }
  closeOne() {
    const list = [...this.links].filter((x) => x.channel >= 0 && x.closer && !x.closed && !x.child && x !== this.parent);
    if (!list.length) return;
    this.close(this.pick(list));
  }
  close(link) {
    if (link.closer) this.post(link, { fin: true });
    link.closed = true;
    link.port.close();
  }
  poll() {
    const list = [...this.links].filter((x) => !x.child && !x.closed);
    if (!list.length) return;
    const link = this.pick(list), found = wt.receiveMessageOnPort(link.port);
    if (found) this.receive(link, found.message);
  }
  pause() {
    const list = [...this.links].filter((x) => !x.child && !x.closed && x !== this.parent);
    if (!list.length) return;
    const link = this.pick(list);
    link.port.off('message', link.listener);
    setImmediate(() => {
      if (!link.closed) link.port.on('message', link.listener);
    });
  }
  broadcast() {
    if (this.broadcasts.length < 2) {
      const port = new wt.BroadcastChannel('storm'), from = `${this.id}.${this.told++}`, heard = new Map();
      port.onmessage = ({ data }) => {
        const next = heard.get(data.from);
        this.check(next === undefined || next === data.n, `broadcast ${data.n} instead of ${next} from ${data.from}`);
        heard.set(data.from, data.n + 1);
      };
      this.broadcasts.push({ port, from, n: 0 });
    }
    const b = this.pick(this.broadcasts);
    for (let i = 1 + this.random(3); i > 0; i--) b.port.postMessage({ from: b.from, n: b.n++, rest: new SharedArrayBuffer(8) });
    this.tables.count('broadcasts');
    if (this.random(3) === 0) {
      b.port.close();
      this.broadcasts.splice(this.broadcasts.indexOf(b), 1);
    }
  }
  lock() {
    const n = this.random(LOCKS), { holders } = this.tables;
    const mode = this.random(5) ? 'exclusive' : 'shared', ifAvailable = this.random(4) === 0;
    wt.locks.request(`storm ${n}`, { mode, ifAvailable }, async (lock) => {
      if (lock === null) return;
      if (mode === 'shared') return void (await null);
      const before = Atomics.exchange(holders, n, this.id + 1);
      this.check(before === 0 || this.tables.hasEnded(before - 1), `lock ${n} is held by ${before - 1}`);
      if (this.random(2)) await new Promise((resolve) => setTimeout(resolve, this.random(3)));
      this.check(Atomics.exchange(holders, n, 0) === this.id + 1, `lock ${n} was taken`);
    });
    if (this.random(4) === 0) wt.locks.query();
  }
  atomics() {
    const { cells } = this.tables, i = this.random(CELLS);
    switch (this.random(6)) {
      case 0: Atomics.wait(cells, i, Atomics.load(cells, i), this.random(4)); break;
      case 1: Atomics.notify(cells, i, this.random(3)); break;
      case 2: Atomics.waitAsync(cells, i, Atomics.load(cells, i), this.random(20)); break;
      case 3: Atomics.waitAsync(cells, i, Atomics.load(cells, i)); break;
      case 4: Atomics.add(cells, i, 1), Atomics.notify(cells, i); break;
      default: cells[i]++, cells.set([cells[i]], i), cells.slice(), cells.indexOf(3), new DataView(cells.buffer, cells.byteOffset).getInt16(2);
    }
  }
  mail() {
    const id = this.random(MAX_ACTORS), thread = this.tables.get(id, THREAD);
    if (thread < 0 || thread === wt.threadId) return;
    this.waiting++;
    wt.postMessageToThread(thread, { text: 'mail', from: wt.threadId }, [], this.random(3) ? undefined : 1 + this.random(20)).then(() => {
      this.tables.count('mails');
      return 'ERR_WORKER_MESSAGING_FAILED';
    }, (e) => e.code).then((code) => {
      this.waiting--;
      this.check(code === 'ERR_WORKER_MESSAGING_FAILED' || code === 'ERR_WORKER_MESSAGING_TIMEOUT', `mail: ${code}`);
    });
  }
  surroundings() {
    wt.setEnvironmentData(`key ${this.random(3)}`, this.random(3) ? { id: this.id, n: this.random(100) } : undefined);
    process.env[`STORM_${this.random(4)}`] = 'x'.repeat(this.random(200));
    if (this.random(2)) delete process.env[`STORM_${this.random(4)}`];
    Object.keys(process.env);
  }
  files() {
    const view = new Uint8Array(this.tables.memory, 12000, 512), fd = fs.openSync(__filename);
    if (this.random(2)) {
      fs.readSync(fd, view, this.random(100), 400, 0);
      fs.closeSync(fd);
    } else {
      fs.read(fd, view, 0, 500, 0, () => fs.closeSync(fd));
    }
  }
  garbage() {
    const list = [];
    for (let i = 0; i < 200; i++) list.push({ i, text: `${i} of ${this.id}`, buffer: i % 50 ? undefined : new ArrayBuffer(10000) });
    structuredClone(list.slice(0, 10));
    if (this.random(4) === 0) globalThis.gc?.();
  }
  output() {
    if (this.depth > 0) console.log('x'.repeat(this.random(300)));
  }
  references() {
    for (const link of this.links) {
      if (this.random(3) || link === this.parent || link.closed) continue;
      link.port.unref();
      setTimeout(() => link.closed || link.port.ref(), this.random(4));
    }
  }

  // ---- Workers ----

  spawn() {
    if (this.finishing || this.depth >= 3 || this.children.size >= 5) return;
    const id = this.tables.takeActor(this.id);
    if (id < 0) return;
    const fate = this.pick(FATES), channel = this.tables.takeChannel(), { port1, port2 } = new wt.MessageChannel();
    const environment = Object.fromEntries([0, 1, 2].map((n) => [n, wt.getEnvironmentData(`key ${n}`)]));
    const code = 1 + this.random(200);
    const end = channel < 0 ? undefined : { port: port2, channel, closer: false, in: 0, out: 0 };
    const workerData = {
      id, seed: this.random(1 << 22), memory: this.tables.memory, depth: this.depth + 1, steps: 1 + this.random(30), fate, code, end, environment,
    };
    const transferList = end ? [port2] : [];
    const options = { workerData, transferList, stdout: true, env: this.random(5) ? undefined : wt.SHARE_ENV };
    let worker;
    if (fate === 'module') {
      const text = `import { parentPort } from 'node:worker_threads'; import { createRequire } from 'node:module';
        createRequire(${JSON.stringify(FILE)})(${JSON.stringify(FILE)}); await 0;`;
      worker = new wt.Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`), options);
    } else if (this.random(6) === 0) {
      worker = new wt.Worker(`require(${JSON.stringify(FILE)})`, { ...options, eval: true });
    } else {
      worker = new wt.Worker(FILE, options);
    }
    if (this.random(4)) worker.stdout.resume();
    if (end) this.tables.own(channel, id);
    if (end) this.adopt({ port: port1, channel, closer: true, in: 0, out: 0 });
    else port1.close();
    const link = { port: worker, channel: -1, closer: true, in: 0, out: 0, child: { id, worker, fate, code, gone: false, killed: false, finished: false } };
    const { child } = link;
    let exits = 0, errors = 0;
    this.children.add(link);
    this.links.add(link);
    worker.on('message', (m) => {
      this.check(!child.gone, 'a message behind the exit');
      this.receive(link, m);
    });
    worker.on('error', (e) => {
      errors++;
      this.check(!child.gone, 'an error behind the exit');
      this.check(/^planned/.test(e.message) && (fate === 'throw' || fate === 'reject'), `error of ${id}, ${fate}: ${e?.stack}`);
    });
    worker.on('exit', (status) => {
      this.check(++exits === 1, `exit of ${id} twice`);
      child.gone = true;
      this.children.delete(link);
      this.links.delete(link);
      const sent = this.tables.get(id, SENT), killed = child.killed || this.tables.hasEnded(this.id);
      this.check(link.in === sent || (killed && link.in === sent + 1), `${link.in} of ${sent} messages of worker ${id}, ${fate}, killed ${killed}`);
      const codes = child.finished ? [0, 1, code] : fate === 'exit' ? [code] : fate === 'throw' || fate === 'reject' ? [1] : [0];
      this.check(killed ? status === 0 || status === 1 || status === code : codes.includes(status), `exit code ${status}, ${fate}, killed ${killed}`);
      if (!killed && !child.finished && (fate === 'throw' || fate === 'reject')) this.check(errors === 1, `${errors} errors of ${id}`);
      if (this.finishing) this.rest();
      if (this.random(3) === 0) this.act();
    });
    if (fate === 'drop') setTimeout(() => this.kill(link), this.random(30)).unref();
    if (fate === 'kill' || fate === 'loop') {
      const when = this.random(4);
      if (when === 0) this.kill(link);
      else if (when === 1) setImmediate(() => this.kill(link));
      else if (when === 2) worker.once('online', () => this.kill(link));
      else setTimeout(() => this.kill(link), this.random(20));
    }
    if (this.random(5) === 0) {
      worker.unref();
      setTimeout(() => worker.ref(), this.random(10));
    }
  }
  kill(link) {
    const { child } = link;
    if (!child.gone) {
      child.killed = true;
      this.tables.set(child.id, ENDED, 1);
    }
    this.tables.count('stops');
    this.waiting++;
    const wasGone = child.gone, start = performance.now();
    child.worker.terminate().then((code) => {
      this.waiting--;
      const ms = performance.now() - start;
      this.tables.noteStop(ms);
      if (ms > LATE) fs.writeSync(2, `storm: terminate() of ${child.id}, ${child.fate}, took ${ms} ms\n`);
      this.check(child.gone && (wasGone ? code === undefined : typeof code === 'number'), `terminate: ${code}`);
      if (this.finishing) this.rest();
    });
  }
  killOne() {
    if (this.children.size && this.random(3) === 0) this.kill(this.pick([...this.children]));
  }

  // ---- The way through it ----

  run(atEnd) {
    const step = () => {
      if (this.ended || this.finishing) return;
      if (this.steps-- <= 0) return atEnd();
      this.act();
      switch (this.random(6)) {
        case 0: process.nextTick(step); break;
        case 1: Promise.resolve().then(step); break;
        case 2: setTimeout(step, this.random(3)); break;
        default: setImmediate(step);
      }
    };
    step();
  }
  // Ends the children, then itself.
  finish() {
    if (this.finishing) return;
    this.finishing = true;
    for (const link of this.children) {
      const { child } = link;
      if (child.finished) continue;
      child.finished = true;
      if (!child.killed && (child.fate === 'fin' || child.fate === 'module')) this.post(link, { fin: true });
      else if (child.fate === 'kill' || child.fate === 'loop' || this.random(2) === 0) this.kill(link);
      else this.post(link, { fin: true });
    }
    this.rest();
  }
  rest() {
    if (this.children.size || this.waiting || this.ended) {
      if (!this.ended && this.waiting && !this.children.size) setTimeout(() => this.rest(), 1);
      return;
    }
    this.ended = true;
    const rest = [...this.links].filter((link) => link !== this.parent && !link.closed);
    for (const link of rest) if (link.closer) this.close(link);
    this.tables.set(this.id, ENDED, 1);
    for (const link of rest) if (!link.closer) this.close(link);
    for (const b of this.broadcasts) b.port.close();
    if (this.onrest) this.onrest();
  }
}

const ACTIONS = [
  'messages', 'messages', 'messages', 'messages', 'buffer', 'buffer', 'shared', 'refused', 'channel', 'channel', 'channel', 'move', 'move', 'move',
  'closeOne', 'poll', 'poll', 'pause', 'broadcast', 'broadcast', 'lock', 'lock', 'atomics', 'atomics', 'atomics', 'mail', 'mail', 'surroundings',
  'files', 'garbage', 'output', 'references', 'spawn', 'spawn', 'spawn', 'killOne',
];

module.exports = { Actor, Planned, Tables };
