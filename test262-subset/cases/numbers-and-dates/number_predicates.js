// SPDX-License-Identifier: MIT
/*---
description: Predicates do not convert.
---*/
assert(Number.isFinite(1) && !Number.isFinite("1") && !Number.isFinite(Infinity));
assert(Number.isInteger(-0) && Number.isInteger(1e300) && !Number.isInteger(1.5) && !Number.isInteger("1"));
assert(Number.isNaN(NaN) && !Number.isNaN("NaN") && !Number.isNaN(undefined));
assert(Number.isSafeInteger(9007199254740991) && !Number.isSafeInteger(9007199254740992) && !Number.isSafeInteger(1.1));
