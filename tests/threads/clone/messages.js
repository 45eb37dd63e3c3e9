// SPDX-License-Identifier: MIT
// The same through ports: what arrives, what moves, and what a failure leaves behind. The expectations are Node 26's.
'use strict';
const { MessageChannel, MessagePort, receiveMessageOnPort } = require('worker_threads');
const { attempt } = require('./lib/show.js');
const { port1, port2 } = new MessageChannel();
const through = (value, list) => {
  port1.postMessage(value, list);
  return receiveMessageOnPort(port2).message;
};

attempt('object', () => through({ a: 1, b: 'ā', c: [1, , 'x'], d: new Date(5), e: /x/g, m: new Map([[1, { s: new Set([2]) }]]), n: 5n, o: Object('s') }));
attempt('many of one shape', () => through(Array.from({ length: 40 }, (_, i) => ({ id: i, name: `n${i}`, on: i % 2 === 0, at: { x: i / 2 } }))));
attempt('many keys', () => through(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]))));
attempt('33 keys, twice', () => {
  const o = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, i]));
  return through([o, { ...o }]);
});
attempt('70 keys, twice', () => {
  const o = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`k${i}`, i]));
  return through([o, { ...o }]);
});
attempt('instances', () => through([new (class A { x = 1; #y = 2; })(), new (class B { x = 1; z = 3; })()]));
attempt('getter deletes', () => {
  const o = { a: { get x() { delete o.b; return 1; } }, b: 2, c: 3 };
  return through([{ a: 1, b: 2, c: 3 }, o, { a: 1, b: 2, c: 3 }]);
});
attempt('cycle', () => {
  const o = { list: [] };
  o.self = o;
  o.list.push(o, o.list);
  return through(o);
});
attempt('errors', () => through([new TypeError('m', { cause: new RangeError('n') }), Object.assign(new Error('x'), { stack: 5 })]));
attempt('DOMException', () => {
  const e = through(new DOMException('text', 'AbortError'));
  return [e instanceof DOMException, e.name, e.message, e.code];
});
attempt('numbers', () => through([[1, 2, 3], [1.5, -0, NaN, Infinity], []]));
attempt('long strings', () => {
  const s = 'x'.repeat(40000), wide = 'ā'.repeat(40000), rope = s + wide;
  let out = [s, wide, rope, s.slice(1, 39000)];
  for (let i = 0; i < 5; i++) out = through(out);
  return [out[0] === s, out[1] === wide, out[2] === rope, out[3] === s.slice(1, 39000), out[3].slice(5, 10), out[2].indexOf('ā')];
});
attempt('buffers', () => {
  const big = new Uint8Array(100000).fill(7), out = through([big, new Uint8Array(3).fill(1), new ArrayBuffer(2, { maxByteLength: 4 })]);
  return [out[0].length, out[0].every((x) => x === 7), out[1], out[2], big.length];
});
attempt('shared', () => {
  const shared = new SharedArrayBuffer(8), out = through(new Int32Array(shared));
  out[0] = 7;
  return [new Int32Array(shared)[0], out.buffer !== shared];
});
attempt('moved', () => {
  const buffer = new ArrayBuffer(100000), { port1: port } = new MessageChannel();
  const out = through({ buffer, port, view: new Uint8Array(buffer, 5) }, [port, buffer]);
  return [out.buffer.byteLength, out.port instanceof MessagePort, out.view.buffer === out.buffer, buffer.byteLength];
});
attempt('failure', () => {
  const buffer = new ArrayBuffer(8), { port1: port } = new MessageChannel();
  attempt('function', () => through({ buffer, port, f() {} }, [port, buffer]));
  attempt('port that is not listed', () => through({ buffer, port }, [buffer]));
  attempt('twice', () => through(1, [port, buffer, port]));
  return [buffer.byteLength, receiveMessageOnPort(port2)];
});
attempt('own port', () => through(1, [port1]));
attempt('nothing transferable', () => through(1, [{}]));
attempt('through a getter', () => through({ get x() { return through('inner'); } }));
port1.close();
