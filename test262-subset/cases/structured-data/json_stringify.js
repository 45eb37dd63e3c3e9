// SPDX-License-Identifier: MIT
/*---
description: JSON.stringify: indentation, toJSON, replacers, what is left out.
---*/
assert.sameValue(JSON.stringify({ a: [1, undefined, () => 1, NaN], b: undefined, c: Symbol(), d: null }), '{"a":[1,null,null,null],"d":null}');
assert.sameValue(JSON.stringify({ a: 1, b: [2] }, null, 2), '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}');
assert.sameValue(JSON.stringify({ a: 1, b: 2 }, ["b"]), '{"b":2}');
assert.sameValue(JSON.stringify({ a: 1 }, (k, v) => (k ? v + 1 : v)), '{"a":2}');
assert.sameValue(JSON.stringify({ toJSON: (k) => "j" + k }), '"j"');
assert.sameValue(JSON.stringify("\u2028\ud800\"\\\b"), '"\u2028\\ud800\\"\\\\\\b"');
assert.sameValue(JSON.stringify([new Number(1), new String("s"), Object(true), new Date(0)]), '[1,"s",true,"1970-01-01T00:00:00.000Z"]');
assert.sameValue(JSON.stringify(undefined), undefined);
var cycle = {};
cycle.self = cycle;
assert.throws(TypeError, function () { JSON.stringify(cycle); });
assert.throws(TypeError, function () { JSON.stringify(1n); });
assert.sameValue(JSON.stringify({ a: [] }, null, "--"), '{\n--"a": []\n}');
