// SPDX-License-Identifier: MIT
/*---
description: normalize, isWellFormed, toWellFormed, localeCompare.
features: [String.prototype.isWellFormed, String.prototype.toWellFormed]
---*/
assert.sameValue("\u0041\u030a".normalize(), "\u00c5");
assert.sameValue("\u00c5".normalize("NFD"), "A\u030a");
assert.sameValue("\ufb01".normalize("NFKC"), "fi");
assert.sameValue("\u1e9b\u0323".normalize("NFKD"), "s\u0323\u0307");
assert.throws(RangeError, function () { "a".normalize("nfc"); });
assert("a\u{1f600}".isWellFormed() && !"a\ud800".isWellFormed());
assert.sameValue("\ud800a\udc00".toWellFormed(), "\ufffda\ufffd");
assert.sameValue("o\u0308".localeCompare("\u00f6"), 0);
assert("a".localeCompare("b") < 0 && "b".localeCompare("a") > 0);
