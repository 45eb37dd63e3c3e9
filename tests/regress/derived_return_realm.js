// SPDX-License-Identifier: MIT
// flags: --test262
// What a derived constructor returns wrongly is the caller's error: of its realm.
const other = $262.createRealm().global;
const derived = (body) => other.eval("(class extends Object { constructor() { " + body + " } })");
function check(C, Type) {
  for (const make of [() => new C(), () => Reflect.construct(C, [])]) {
    let error;
    try { make(); } catch (e) { error = e; }
    if (!error || error.constructor !== Type) throw new Error("another realm's error: " + C);
  }
}
check(derived(""), ReferenceError);
check(derived("return 1;"), TypeError);
check(derived("this;"), other.ReferenceError);
let sameRealm;
try { new (class extends Object { constructor() { return 1; } })(); } catch (e) { sameRealm = e; }
if (!(sameRealm instanceof TypeError)) throw new Error("same realm");
