// SPDX-License-Identifier: MIT
/*---
description: The values of the global object.
includes: [propertyHelper.js]
---*/
assert.sameValue(globalThis.globalThis, globalThis);
verifyProperty(globalThis, "globalThis", { writable: true, enumerable: false, configurable: true });
["undefined", "NaN", "Infinity"].forEach(function (name) {
  verifyProperty(globalThis, name, { writable: false, enumerable: false, configurable: false });
});
verifyProperty(globalThis, "Array", { writable: true, enumerable: false, configurable: true });
["Object", "Function", "Array", "Math", "JSON", "Reflect", "Atomics", "Proxy", "Promise", "Symbol", "BigInt"].forEach(function (name) {
  assert.sameValue(name in globalThis, true, name);
});
