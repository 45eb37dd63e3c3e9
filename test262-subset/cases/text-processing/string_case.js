// SPDX-License-Identifier: MIT
/*---
description: Case changes may change the length.
---*/
assert.sameValue("Stra\u00dfe".toUpperCase(), "STRASSE");
assert.sameValue("\u0130".toLowerCase(), "i\u0307");
assert.sameValue("\u03a3A\u03a3".toLowerCase(), "\u03c3a\u03c2");
assert.sameValue("\u{10400}".toLowerCase(), "\u{10428}");
assert.sameValue("\ufb01".toUpperCase(), "FI");
assert.sameValue("aB".toLocaleUpperCase(), "AB");
assert.sameValue("aB".toLocaleLowerCase(), "ab");
