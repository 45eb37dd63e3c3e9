// SPDX-License-Identifier: MIT
/*---
description: rawJSON puts texts through.
features: [json-parse-with-source]
---*/
var raw = JSON.rawJSON("12345678901234567890");
assert(JSON.isRawJSON(raw) && !JSON.isRawJSON({}) && Object.isFrozen(raw));
assert.sameValue(JSON.stringify([raw]), "[12345678901234567890]");
assert.throws(SyntaxError, function () { JSON.rawJSON("{}"); });
assert.throws(SyntaxError, function () { JSON.rawJSON(" 1"); });
assert.sameValue(JSON[Symbol.toStringTag], "JSON");
