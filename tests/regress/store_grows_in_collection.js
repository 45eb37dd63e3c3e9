// SPDX-License-Identifier: MIT
// A site that knows how to add a property lets the object's store grow, and a collection at that moment must not free the shape that the
// object is about to get: nothing but the site's cache knew it.
'use strict';
const assert = require('../js/lib/assert.js');

function Wide(n) {
  this.a = n; this.b = n; this.c = n; this.d = n; this.e = n; this.f = n; this.g = n; this.h = n;
  if (n & 1) this.odd = n;
  this.i = n; this.j = n; this.k = n; this.l = n; this.m = n; this.n = n; this.o = n; this.p = n;
}
function fill(o, n) {
  o.q = n; o.r = n; o.s = n; o.t = n; o.u = n; o.v = n; o.w = n; o.x = n;
  return o;
}

const once = [(n) => fill(new Wide(n), n).x, (n) => fill({}, n).x, (n) => fill([n], n).q, (n) => fill(() => n, n).w];
function call(f, n) { return f(n); }

let sum = 0;
for (let n = 0; n < 3000; n++) {
  for (let i = 0; i < once.length; i++) sum += call(once[i], n);
}
assert.equal(sum, 4 * 3000 * 2999 / 2);
