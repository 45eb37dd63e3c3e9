// SPDX-License-Identifier: MIT
/*---
description: A first line that begins with #! is a comment.
flags: [raw]
---*/
if (eval("#!x\n5") !== 5) throw new Error("hashbang");
try {
  eval(" #!x");
  throw 1;
} catch (e) {
  if (!(e instanceof SyntaxError)) throw e;
}
