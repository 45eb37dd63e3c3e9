// SPDX-License-Identifier: MIT
/*---
description: A name may be exported once.
flags: [module]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
var x;
export { x, x };
