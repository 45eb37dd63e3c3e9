// SPDX-License-Identifier: MIT
/*---
description: A name that is not exported cannot be imported.
flags: [module]
negative:
  phase: resolution
  type: SyntaxError
---*/
$DONOTEVALUATE();
import { missing } from "./live_bindings_FIXTURE.js";
