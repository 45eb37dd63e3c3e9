// SPDX-License-Identifier: MIT
/*---
description: Base64 and hexadecimal.
features: [uint8array-base64]
---*/
var a = new Uint8Array([251, 255, 0, 1]);
assert.sameValue(a.toBase64(), "+/8AAQ==");
assert.sameValue(a.toBase64({ alphabet: "base64url", omitPadding: true }), "-_8AAQ");
assert.sameValue(a.toHex(), "fbff0001");
assert.compareArray(Uint8Array.fromBase64(" +/8A\nAQ== "), a);
assert.compareArray(Uint8Array.fromHex("FBff0001"), a);
assert.throws(SyntaxError, function () { Uint8Array.fromHex("abc"); });
assert.throws(SyntaxError, function () { Uint8Array.fromBase64("a"); });
assert.throws(SyntaxError, function () { Uint8Array.fromBase64("AQ", { lastChunkHandling: "strict" }); });
var target = new Uint8Array(3), result = target.setFromBase64("AQIDBA==");
assert.compareArray([result.read, result.written, ...target], [4, 3, 1, 2, 3]);
result = target.setFromHex("0a0b");
assert.compareArray([result.read, result.written, ...target], [4, 2, 10, 11, 3]);
