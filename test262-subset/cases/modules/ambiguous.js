// SPDX-License-Identifier: MIT
/*---
description: A name that two modules export with * is no export.
flags: [module]
negative:
  phase: resolution
  type: SyntaxError
---*/
$DONOTEVALUATE();
import { value } from "./ambiguous_FIXTURE.js";
