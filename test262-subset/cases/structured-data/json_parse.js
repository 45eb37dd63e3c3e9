// SPDX-License-Identifier: MIT
/*---
description: JSON.parse: what is JSON, revivers, source text.
features: [json-parse-with-source]
---*/
assert.compareArray(JSON.parse(' [1, -0.5e1, "\\u0041\\n", true, null] '), [1, -5, "A\n", true, null]);
assert.sameValue(Object.getPrototypeOf(JSON.parse('{"__proto__": 1}')), Object.prototype);
assert.sameValue(JSON.parse('{"a":1,"a":2}').a, 2);
["", "01", "1.", "+1", "'a'", "[1,]", "{a:1}", "\"\n\"", "undefined", "nul", "[1", '"\\x41"'].forEach(function (text) {
  assert.throws(SyntaxError, function () { JSON.parse(text); }, text);
});
var log = [];
var revived = JSON.parse('{"a":[1,2],"b":3}', function (key, value, context) {
  log.push(key, context.source);
  return key === "0" ? undefined : value;
});
assert.compareArray(log, ["0", "1", "1", "2", "a", undefined, "b", "3", "", undefined]);
assert.sameValue(0 in revived.a, false);
