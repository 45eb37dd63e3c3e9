// SPDX-License-Identifier: MIT
/*---
description: A unicode escape beyond the last code point is an early error.
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
"\u{110000}";
