// SPDX-License-Identifier: MIT
/*---
description: What is thrown is what is caught, of any kind.
negative:
  phase: runtime
  type: RangeError
---*/
throw new RangeError("thrown");
