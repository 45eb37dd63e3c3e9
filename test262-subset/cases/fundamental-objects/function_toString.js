// SPDX-License-Identifier: MIT
/*---
description: A function's text is its source, to the character; native ones say so.
---*/
assert.sameValue((function  /* a */ f ( x ) { return  x }).toString(), "function  /* a */ f ( x ) { return  x }");
assert.sameValue((x=>x).toString(), "x=>x");
assert.sameValue({ get  a ( ) { return 1 } }.__lookupGetter__("a").toString(), "get  a ( ) { return 1 }");
assert.sameValue((class  A { b(){} }).toString(), "class  A { b(){} }");
assert.sameValue(class { static async *  x(){} }.x.toString(), "async *  x(){}");
assert(/^function push\(\) \{\s*\[native code\]\s*\}$/.test([].push.toString()));
assert.throws(TypeError, function () { Function.prototype.toString.call({}); });
