// SPDX-License-Identifier: MIT
// The heritage and the keys of a class are strict code, also in a function that is not.
const frozen = Object.freeze({ x: 1 });
function fails(Type, body) {
  try { body(); } catch (error) { if (error instanceof Type) return; throw error; }
  throw new Error("nothing was thrown: " + body);
}
fails(TypeError, function () { class C { [frozen.x = 2]() {} } });
fails(TypeError, function () { class C { [frozen["x"] += 2]() {} } });
fails(TypeError, function () { class C extends (frozen.y = Object) {} });
fails(TypeError, function () { class C extends (frozen["y" + 1] = Object) {} });
fails(TypeError, function () { class C { [delete frozen.x] = 1; } });
fails(TypeError, function () { class C { ["a".length = 1]() {} } });
fails(TypeError, function () { class C { [null.x = 1]() {} } });
fails(ReferenceError, function () { class C extends (undeclaredName = Object) {} });
frozen.x = 3;
delete frozen.x;
const o = {};
class Good extends (o.parent = class { m() { return 1; } }) { [o.key = "k"]() { return 2; } [delete o.key] = 3; }
if (new Good().m() !== 1 || new Good().k() !== 2 || new Good().true !== 3 || "key" in o) throw new Error("values");
