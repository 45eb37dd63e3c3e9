// SPDX-License-Identifier: MIT
/*---
description: Exporting what is not declared is an early error.
flags: [module]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
export { nothing };
