// f(...arguments) and [...arguments]: plain, changed, mapped, with holes, with another iterator.
const list = (...values) => values.join();
function sloppy(a, b) { a = 'A'; return list(...arguments); }
function strict(a, b) { 'use strict'; a = 'A'; return list(0, ...arguments, 9); }
function grown() { arguments[arguments.length++] = 'x'; return list(...arguments); }
function shrunk() { arguments.length = 1; return list(...arguments); }
function longer() { arguments.length = 4; return [...arguments].map(String).join(); }
function deleted() { delete arguments[1]; Object.prototype[1] = 'inherited'; const r = list(...arguments); delete Object.prototype[1]; return r; }
function getter() { Object.defineProperty(arguments, 0, { get: () => 'got' }); return list(...arguments); }
function own() { arguments[Symbol.iterator] = function* () { yield 'mine'; }; return list(...arguments); }
function none() { arguments[Symbol.iterator] = undefined; try { return list(...arguments); } catch (e) { return e.name; } }
function removed() { delete arguments[Symbol.iterator]; try { return list(...arguments); } catch (e) { return e.name; } }
function frozen() { return list(...Object.freeze(arguments)); }
function construct() { return new Array(...arguments).length; }
function set() { return [...new Set([...arguments])].join(); }
class Base { constructor(...values) { this.values = values; } }
class Derived extends Base { constructor() { super(...arguments); } }
for (const f of [sloppy, strict, grown, shrunk, longer, deleted, getter, own, none, removed, frozen, construct, set]) {
  console.log(f.name, f(1, 2, 3), f('only', 'two'));
}
console.log(new Derived(1, [2]).values.length, (function () { return [...arguments].length; })());
const next = Object.getPrototypeOf([][Symbol.iterator]()).next;
Object.getPrototypeOf([][Symbol.iterator]()).next = function () { const r = next.call(this); return r.done ? r : { value: r.value + '!', done: false }; };
console.log((function () { return Reflect.apply(Array.of, null, [...arguments]).join(); })(1, 2));
Object.getPrototypeOf([][Symbol.iterator]()).next = next;
const many = Array.from({ length: 60000 }, (_, i) => i);
console.log((function () { return [...arguments, ...arguments].length; }).apply(null, many));
