// SPDX-License-Identifier: MIT
/*---
description: Encoding and decoding of URIs.
---*/
assert.sameValue(encodeURI("a b/?#\u00e4\u{1f600}"), "a%20b/?#%C3%A4%F0%9F%98%80");
assert.sameValue(encodeURIComponent("a/?#&=+$,-_.!~*'()"), "a%2F%3F%23%26%3D%2B%24%2C-_.!~*'()");
assert.sameValue(decodeURI("%41%2F%C3%A4"), "A%2F\u00e4");
assert.sameValue(decodeURIComponent("%41%2F%F0%9F%98%80"), "A/\u{1f600}");
["%", "%4", "%C3", "%C3%41", "%FF", "%ED%A0%80", "%C0%80", "%F5%80%80%80"].forEach(function (text) {
  assert.throws(URIError, function () { decodeURIComponent(text); }, text);
  assert.throws(URIError, function () { decodeURI(text); }, text);
});
assert.throws(URIError, function () { encodeURI("\ud800"); });
assert.throws(URIError, function () { encodeURIComponent("\udc00a"); });
