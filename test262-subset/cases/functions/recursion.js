// SPDX-License-Identifier: MIT
/*---
description: Deep recursion ends with a RangeError; mutual recursion works.
---*/
function depth() { try { return 1 + depth(); } catch (e) { assert(e instanceof RangeError); return 1; } }
assert(depth() > 100);
var even = (n) => n === 0 || odd(n - 1), odd = (n) => n !== 0 && even(n - 1);
assert.sameValue(even(100), true);
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
assert.sameValue(fib(15), 610);
