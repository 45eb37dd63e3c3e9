// SPDX-License-Identifier: MIT
// A function in a block of eval code sets the variable of the function that called eval, also when a `with` has the name.
var log = "";
function known() {
  function g() { return "outer "; }
  var o = { g: function () { return "with "; } };
  with (o) eval("{ function g() { return 'eval '; } }");
  log += g() + o.g();
}
function unknown() {
  var o = { h: 1 };
  with (o) eval("{ function h() { return 'new '; } }");
  log += h() + o.h;
}
known();
unknown();
var globalObject = { topmost: 1 };
with (globalObject) (0, eval)("{ function topmost() {} }");
if (log !== "eval with new 1") throw new Error(log);
if (typeof globalThis.topmost !== "function" || globalObject.topmost !== 1) throw new Error("global");
