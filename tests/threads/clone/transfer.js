// SPDX-License-Identifier: MIT
// Transfer lists: what may be in them, what moves, and that a failure leaves everything where it was. The expectations are Node 26's.
'use strict';
const { attempt } = require('./lib/show.js');
const { markAsUntransferable, markAsUncloneable, isMarkedAsUntransferable } = require('worker_threads');
const fresh = () => Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;

// Arguments
attempt('no argument', () => structuredClone());
for (const options of [5, 'x', null, undefined, {}, { transfer: 5 }, { transfer: null }, { transfer: {} }, { transfer: '' }, { transfer: undefined },
  { transfer: [] }, { transfer: new Set() }, { transfer: [1] }, { transfer: [undefined] }, { transfer: [{}] }, { transfer: [() => 1] },
  { transfer: [new Uint8Array(1)] }, { transfer: [new SharedArrayBuffer(1)] }, { transfer: [new Map()] }]) {
  attempt('options', () => structuredClone(1, options));
}
attempt('a hole', () => structuredClone(1, { transfer: [fresh(), , fresh()] }));
attempt('twice', () => {
  const a = fresh();
  return structuredClone(a, { transfer: [a, a] });
});
attempt('detached', () => {
  const a = fresh();
  structuredClone(a, { transfer: [a] });
  return structuredClone(1, { transfer: [a] });
});
attempt('iterable', () => {
  const a = fresh();
  return structuredClone(a, { transfer: new Set([a]) });
});
attempt('transfer that throws', () => structuredClone(1, { get transfer() { throw new RangeError('mine'); } }));

// What moves
attempt('moved', () => {
  const a = fresh(), view = new Uint16Array(a, 2, 2), data = new DataView(a, 1);
  const out = structuredClone({ a, view, data, again: [a] }, { transfer: [a] });
  return [out, a.byteLength, a.detached, a.maxByteLength, view.length, view.byteOffset, view.byteLength];
});
attempt('not in the message', () => {
  const a = fresh();
  structuredClone(1, { transfer: [a] });
  return [a.byteLength, a.detached];
});
attempt('by its view', () => {
  const a = fresh();
  const out = structuredClone(new Uint8Array(a, 4), { transfer: [a] });
  return [out, a.detached];
});
attempt('resizable', () => {
  const a = new ArrayBuffer(4, { maxByteLength: 10 }), tracking = new Uint8Array(a);
  const out = structuredClone([a, tracking], { transfer: [a] });
  out[0].resize(6);
  return [out, out[1].length, a.maxByteLength, a.resizable];
});
attempt('some of them', () => {
  const a = fresh(), b = fresh(), c = fresh();
  const out = structuredClone({ c, b, a }, { transfer: [a, c] });
  return [out, a.detached, b.detached, c.detached];
});
attempt('detached data view', () => {
  const a = fresh(), view = new DataView(a);
  structuredClone(a, { transfer: [a] });
  return view.getInt8(0);
});
attempt('detached byte length', () => {
  const a = fresh(), view = new DataView(a);
  structuredClone(a, { transfer: [a] });
  return view.byteLength;
});
attempt('many', () => {
  const list = Array.from({ length: 300 }, (_, i) => Uint8Array.of(i).buffer);
  const out = structuredClone(list.toReversed(), { transfer: list });
  return [out.length, new Uint8Array(out[0])[0], new Uint8Array(out[299])[0], list.every((b) => b.detached)];
});

// Failures leave everything
const kept = (label, make) => {
  const a = fresh(), b = fresh();
  let text = 'no error';
  try {
    make(a, b);
  } catch (e) {
    text = `${e.name}: ${e.message}`;
  }
  console.log(`${label}: ${text}; ${a.byteLength} ${b.byteLength}`);
};
kept('function inside', (a, b) => structuredClone({ a, b, f() {} }, { transfer: [a, b] }));
kept('getter throws', (a, b) => structuredClone({ a, get x() { throw new RangeError(`mine ${a.byteLength}`); } }, { transfer: [a, b] }));
kept('bad list', (a, b) => structuredClone(1, { transfer: [a, b, {}] }));
kept('duplicate', (a, b) => structuredClone(1, { transfer: [a, b, a] }));
attempt('getter sees the buffer', () => {
  const a = fresh();
  return structuredClone({ get x() { return a.byteLength; }, a }, { transfer: [a] });
});
attempt('getter moves the buffer away', () => {
  const a = fresh();
  return structuredClone({ get x() { structuredClone(a, { transfer: [a] }); return 1; } }, { transfer: [a] });
});

// Marks
attempt('marked buffer', () => {
  const a = fresh();
  markAsUntransferable(a);
  return [isMarkedAsUntransferable(a), isMarkedAsUntransferable(fresh()), isMarkedAsUntransferable(1), structuredClone(a)];
});
attempt('marked buffer moves', () => {
  const a = fresh();
  markAsUntransferable(a);
  return structuredClone(a, { transfer: [a] });
});
attempt('uncloneable object', () => {
  const o = { a: 1 };
  markAsUncloneable(o);
  return structuredClone([o]);
});
attempt('uncloneable array, map, buffer', () => {
  const list = [[1], new Map([[1, 2]]), fresh()];
  list.forEach(markAsUncloneable);
  return structuredClone(list);
});
attempt('others stay cloneable', () => structuredClone({ a: { b: 1 } }));
