// SPDX-License-Identifier: MIT
/*---
description: for-of over everything that iterates.
flags: [noStrict]
---*/
var log = [];
for (var v of [1, 2]) log.push(v);
for (let [k, w] of new Map([["a", 1]])) log.push(k + w);
for (const c of "\u{1f600}x") log.push(c.length);
for (log.last of [9]) ;
for ({ length: log.n } of ["abc"]) ;
for (var of of of(1)) log.push(of);
function* of(n) { yield n; }
assert.sameValue(log.join() + log.last + log.n, "1,2,a1,2,1,193");
for (async of => 1; false;) ;
assert.throws(TypeError, function () { for (var x of {}) ; });
assert.throws(SyntaxError, function () { Function("for (let of []) ;"); });
