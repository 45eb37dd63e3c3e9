// SPDX-License-Identifier: MIT
/*---
description: Errors of a function's text are errors of the whole.
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
function f() { let a; var a; }
