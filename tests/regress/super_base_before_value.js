// SPDX-License-Identifier: MIT
// The base of a super property is taken when the reference is evaluated: neither the key's conversion nor the value may change it.
const assert = (condition, what) => { if (!condition) throw new Error(what); };
const first = { p: 1, set q(v) { this.first = v; } }, second = { p: -1, set q(v) { this.second = v; } };
const key = name => ({ toString() { Object.setPrototypeOf(o, second); return name; } });
let o = {
  __proto__: first,
  increment(k) { return ++super[k]; },
  compound(k) { return super[k] += 10; },
  assign() { super.q = Object.setPrototypeOf(o, second) && 7; },
  pattern() { [super.q] = [Object.setPrototypeOf(o, second) && 8]; },
  nothing() { return super.x += 1; },
};
assert(o.increment(key("p")) === 2, "increment");
Object.setPrototypeOf(o, first);
assert(o.compound(key("p")) === 11, "compound");
Object.setPrototypeOf(o, first);
o.assign();
assert(o.first === 7 && o.second === undefined, "assign");
Object.setPrototypeOf(o, null);
let error;
try { o.nothing(); } catch (e) { error = e; }
assert(error instanceof TypeError, "null");
