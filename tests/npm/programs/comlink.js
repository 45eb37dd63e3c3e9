// SPDX-License-Identifier: MIT
// comlink with its adapter for Node: proxies of functions, objects and classes, callbacks, transfers, errors, handlers, release.
// entries: cjs esm
'use strict';
const {show, text_of, entry} = require('./lib/harness.js');
const path = require('path');
const {Worker, MessageChannel} = require('worker_threads');

const facts = (error) => (error instanceof Error ? `${error.constructor.name} ${error.name} ${error.code} ${error.message}` : `thrown ${text_of(error)}`);
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);

async function load() {
  if (entry === 'cjs') return [require('comlink'), require('comlink/dist/umd/node-adapter')];
  return [await import('comlink/dist/esm/comlink.mjs'), (await import('comlink/dist/esm/node-adapter.mjs')).default];
}

async function main() {
  const [Comlink, nodeEndpoint] = await load();
  const worker = new Worker(path.join(__dirname, 'workers', 'comlink.js'), {workerData: {entry}});
  const api = Comlink.wrap(nodeEndpoint(worker));
  show('kind', [typeof api, typeof api.primes, typeof Comlink.createEndpoint, Object.keys(Comlink).sort()]);
  show('values', [await api.list, await api.nested.deep.answer, await api.missing]);
  show('function as a value', await caught(api.nested));
  show('primes', await Promise.all(Array.from({length: 30}, (_, i) => api.primes(i * 100 + 2))));
  show('nested call', [await api.nested.deep.twice(4), await api.queens(6), await api.list.map((x) => x).catch((e) => e.name)]);
  show('echo', await api.echo(1, 'x', new Map([[{}, new Set([1n])]]), new Date(7), /r/y, undefined, null, [,], new Uint8Array(3)));
  for (const kind of ['type', 'range', 'custom', 'code', 'cause', 'node', 'file']) {
    show(`fail ${kind}`, await caught(api.fail(kind)));
    show(`fail later ${kind}`, await caught(api.fail_later(kind)));
  }
  for (const value of ['text', 5, null, undefined, {a: [1]}]) show(`throws ${text_of(value)}`, await caught(api.throw_value(value)));
  show('not callable', await caught(api.list()).then((text) => text.split(' ')[0]));
  show('uncloneable', await caught(api.echo(() => 1)));

  // Classes and their instances stay there.
  const counter = await new api.Counter(5);
  show('instance', [await counter.increment(), await counter.increment(10), await counter.value, await counter.name]);
  counter.name = 'renamed';
  show('assigned', await counter.name);
  const made = await api.counter(100);
  show('returned proxy', [await made.increment(), await made.value, await counter.value]);

  // Callbacks and objects that stay here.
  const calls = [];
  show('callback', [await api.call(Comlink.proxy((a, b) => { calls.push([a, b]); }), 4), calls]);
  show('object', await api.inspect(Comlink.proxy({name: 'mine', double: (n) => n * 2})));

  // Moving memory.
  const bytes = new Uint8Array([1, 2, 3]);
  const scaled = await api.scale(Comlink.transfer(bytes, [bytes.buffer]), 10);
  show('moved', [bytes.length, bytes.buffer.detached, scaled]);
  const copy = new Uint8Array([4, 5]);
  show('copied', [await api.scale(copy, 2), copy.length]);

  // Another endpoint, and a port of our own.
  const endpoint = await api[Comlink.createEndpoint]();
  const second = Comlink.wrap(nodeEndpoint(endpoint));
  show('second endpoint', await second.queens(5));
  second[Comlink.releaseProxy]();
  const {port1, port2} = new MessageChannel();
  await api.port(Comlink.transfer(port1, [port1]));
  const behind = Comlink.wrap(nodeEndpoint(port2));
  show('behind a port', await behind.who());
  behind[Comlink.releaseProxy]();
  show('released', () => behind.who());
  port2.close();

  // A handler for a class that structured clone does not know.
  class Range {
    constructor(from, to) { this.from = from; this.to = to; }
  }
  const local = new MessageChannel();
  Comlink.transferHandlers.set('range', {canHandle: (v) => v instanceof Range, serialize: (v) => [[v.from, v.to], []], deserialize: ([from, to]) => new Range(from, to)});
  Comlink.expose({widen: (range) => (range instanceof Range ? new Range(range.from - 1, range.to + 1) : 'not a range'), this_test() { return typeof this.widen; }}, nodeEndpoint(local.port1));
  const here = Comlink.wrap(nodeEndpoint(local.port2));
  show('handler', await here.widen(new Range(1, 2)));
  show('this', await here.this_test());
  local.port1.close();

  // Web's kind of port as an endpoint, without the adapter.
  const web = new MessageChannel();
  Comlink.expose((n) => n + 1, web.port1);
  const plus = Comlink.wrap(web.port2);
  show('event target', [await plus(1), await plus(41)]);
  web.port1.close();
  show('terminated', await worker.terminate());
}
main();
