// SPDX-License-Identifier: MIT
/*---
description: A labelled function is an early error in strict code.
flags: [onlyStrict]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
l: function f() {}
