// Small typed arrays with a buffer of their own, lists of numbers, and the length that sites remember.
const assert = require('../lib/assert.js');
const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];

// Bytes that lie with their buffer's store, on both sides of the limit; detaching reaches the view that was made with it.
for (const size of [0, 1, 7, 8, 511, 512, 513, 5000]) {
  const a = new Uint8Array(size);
  a.fill(7);
  assert.equal(a.length, size);
  assert.equal(a.buffer.byteLength, size);
  const other = new Uint8Array(a.buffer);
  const moved = a.buffer.transfer(size + 8);
  assert.equal(a.length + other.length + a.byteLength, 0);
  assert.equal(a[0], undefined);
  assert.equal(moved.byteLength, size + 8);
  assert.equal(new Uint8Array(moved).filter((x) => x === 7).length, size);
}

// From lists: numbers of every kind, conversions that run JS and change what is read, holes, subclasses.
const list = [0, -0, 1.5, 2.5, -1, 255, 256, 300.7, NaN, Infinity, 2 ** 31, 2 ** 32 + 5, -1e300];
for (const Kind of kinds) {
  const one = Kind.from({ length: list.length, ...list });
  assert.deepEqual([...new Kind(list)], [...one], Kind.name);
  assert.deepEqual([...new Kind(new Set(list))].length, new Set(list).size);
  assert.deepEqual([...new Kind([1, '2', { valueOf: () => 3 }, null, undefined])].slice(0, 4), [1, 2, 3, 0]);
  assert.deepEqual([...new Kind([1, , 3])], [1, Kind.name.startsWith('Float') ? NaN : 0, 3]);
}
const shrinking = [1, { valueOf() { shrinking.length = 0; return 2; } }, 3];
assert.deepEqual([...new Int8Array(shrinking)], [1, 2, 3]);
assert.deepEqual([...new BigInt64Array([1n, 2n])], [1n, 2n]);
assert.throws(() => new BigInt64Array([1]), TypeError);
const source = [1, 2, 3];
assert.deepEqual([...Int8Array.from(source, (x) => { source.length = 1; return x * 2; })], [2, 4, 6]);
assert.deepEqual([...new Int8Array(new Array(1000).fill(5))].length, 1000);

// `prototype` of the new target decides, also when it is a subclass or another realm-less function.
class Bytes extends Uint8Array {}
assert.equal(Object.getPrototypeOf(new Bytes(3)), Bytes.prototype);
assert.equal(Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Map)), Map.prototype);
function Plain() {}
Plain.prototype = 5;
assert.equal(Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Plain)), Uint8Array.prototype);
assert.equal(Object.getPrototypeOf(Reflect.construct(Map, [], Object)), Object.prototype);

// One site that sees typed arrays of many kinds and lengths, then others.
const length = (x) => x.length;
for (let i = 0; i < 50; i++) for (const Kind of kinds) assert.equal(length(new Kind(i)), i);
const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
const tracking = new Uint8Array(resizable), fixed = new Uint8Array(resizable, 0, 8);
for (let i = 0; i < 3; i++) assert.equal(length(tracking) + length(fixed), 16);
resizable.resize(4);
assert.equal(length(tracking), 4);
assert.equal(length(fixed), 0);
resizable.resize(16);
assert.equal(length(tracking), 16);
assert.equal(length(fixed), 8);
const own = new Uint8Array(4);
const at = (x) => x.length;
for (let i = 0; i < 5; i++) assert.equal(at(own), 4);
Object.defineProperty(own, 'length', { value: 'own' });
assert.equal(at(own), 'own');
const bytes = new Uint8Array(6);
for (let i = 0; i < 5; i++) assert.equal(at(bytes), 6);
Object.defineProperty(Uint8Array.prototype, 'length', { configurable: true, get() { return 'nearer'; } });
assert.equal(at(bytes), 'nearer');
delete Uint8Array.prototype.length;
assert.equal(at(bytes), 6);
const proto = Object.getPrototypeOf(Uint8Array.prototype), before = Object.getOwnPropertyDescriptor(proto, 'length');
Object.defineProperty(proto, 'length', { configurable: true, get() { return 'replaced'; } });
assert.equal(at(bytes), 'replaced');
Object.defineProperty(proto, 'length', before);
assert.equal(at(bytes), 6);
Object.setPrototypeOf(bytes, null);
assert.equal(at(bytes), undefined);
assert.throws(() => at(Object.create(Uint8Array.prototype)), TypeError);

// Native getters of other built-ins, at sites that stay and at sites that change.
const size = (x) => x.size, source2 = (x) => x.source;
for (let i = 0; i < 5; i++) {
  assert.equal(size(new Map([[1, 2]])), 1);
  assert.equal(size(new Set([1, 2, i])), i === 1 || i === 2 ? 2 : 3);
  assert.equal(source2(/ab/g), 'ab');
}
assert.throws(() => size(Object.create(Map.prototype)), TypeError);
assert.equal(Object.create({ get x() { return this; } }, {}).x instanceof Object, true);
const called = Object.defineProperty({}, 'x', { get: Function.prototype.call });
for (let i = 0; i < 3; i++) assert.throws(() => called.x, TypeError);

// Texts at the head of and inside spreads.
assert.deepEqual([...'aé' + 'x'.repeat(3)], ['a', 'é', 'x', 'x', 'x']);
assert.deepEqual([1, ...'ab', ...''], [1, 'a', 'b']);
assert.deepEqual([...'a😀\ud800'], ['a', '😀', '\ud800']);
const next = Object.getPrototypeOf(''[Symbol.iterator]()), original = next.next;
next.next = function () { const r = original.call(this); return r.done ? r : { done: false, value: r.value + '!' }; };
assert.deepEqual([...'ab'], ['a!', 'b!']);
next.next = original;
assert.deepEqual([...'ab'], ['a', 'b']);
String.prototype[Symbol.iterator] = function* () { yield 'other'; };
assert.deepEqual([...'ab'], ['other']);
