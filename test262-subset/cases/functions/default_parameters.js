// SPDX-License-Identifier: MIT
/*---
description: Defaults are evaluated at the call, left to right, in a scope of their own.
---*/
var outer = "outer";
function f(a, b = a + 1, c = () => a + b, { d = 4, ...e } = {}, [g = 5] = [], ...rest) { return [a, b, c(), d, Object.keys(e).length, g, rest.length]; }
assert.compareArray(f(1), [1, 2, 3, 4, 0, 5, 0]);
assert.compareArray(f(1, undefined, undefined, { d: 0, x: 1 }, [6], 7, 8), [1, 2, 3, 0, 1, 6, 2]);
assert.throws(ReferenceError, function () { (function (a = b, b) {})(); });
function scope(a = () => outer) { var outer = "inner"; return a(); }
assert.sameValue(scope(), "outer");
assert.sameValue(f.length, 1);
assert.throws(SyntaxError, function () { Function("a = 1", "'use strict'"); });
