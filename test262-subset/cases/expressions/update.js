// SPDX-License-Identifier: MIT
/*---
description: ++ and -- convert, before or after, on every kind of target.
---*/
var x = "5", o = { p: 1, q: 10n }, a = [1];
assert.compareArray([x++, x, ++x, x--, --x], [5, 6, 7, 7, 5]);
assert.compareArray([o.p++, o.p, ++o["p"], --o.q, o.q--, a[0]++, a[0]], [1, 2, 3, 9n, 9n, 1, 2]);
var u;
assert.sameValue(u++, NaN);
class P { static #n = 1; static up() { return [P.#n++, ++P.#n, P.#n--]; } }
assert.compareArray(P.up(), [1, 3, 3]);
assert.throws(TypeError, function () { const c = 1; c++; });
