// SPDX-License-Identifier: MIT
/*---
description: Revivers with source text, toJSON, indentation, cycles and lone surrogates.
features: [well-formed-json-stringify, json-parse-with-source]
---*/
assert.sameValue(JSON.stringify({ a: [1, undefined, () => 1], b: undefined, c: new Date(0) }), '{"a":[1,null,null],"c":"1970-01-01T00:00:00.000Z"}');
assert.sameValue(JSON.stringify("\uD800"), '"\\ud800"');
assert.sameValue(JSON.stringify([1, { a: 2 }], null, 1), '[\n 1,\n {\n  "a": 2\n }\n]');
assert.sameValue(JSON.parse("[1.0]", (key, value, context) => context.source || value)[0], "1.0");
assert.throws(SyntaxError, function () { JSON.parse("[1,]"); });
var cycle = {};
cycle.self = cycle;
assert.throws(TypeError, function () { JSON.stringify(cycle); });
