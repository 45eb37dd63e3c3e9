// SPDX-License-Identifier: MIT
/*---
description: Lexical bindings of scripts are shared, clash with each other and are no properties of the global object.
flags: [noStrict]
---*/
$262.evalScript("let shared = 1; var prop = 2; function fn() {}");
assert.sameValue(shared, 1);
assert.sameValue("shared" in globalThis, false);
assert.sameValue(Object.getOwnPropertyDescriptor(globalThis, "prop").configurable, false);
assert.throws(SyntaxError, function () { $262.evalScript("var shared;"); });
assert.throws(SyntaxError, function () { $262.evalScript("let prop;"); });
eval("var deletable = 1");
assert.sameValue(delete globalThis.deletable, true);
