// SPDX-License-Identifier: MIT
/*---
description: == converts.
---*/
assert(1 == "1" && null == undefined && !(null == 0) && "" == 0 && [1] == 1 && true == "1" && !("a" == NaN) && 1n == "1" && !(1n == "x"));
assert({ valueOf: () => 1 } == 1 && !({} == {}) && Symbol.iterator == Object(Symbol.iterator) && !(NaN == NaN) && !(undefined == false));
