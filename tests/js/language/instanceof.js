// SPDX-License-Identifier: MIT
// instanceof with caches that were filled before things changed. The output is Node's.
class A{} class B extends A{} function C(){} const F = C.bind(null);
function t(o, K){ return o instanceof K; }
for (let k=0;k<3;k++) console.log(t(new B, A), t(new A, B), t({}, A), t(null, A), t(1, A), t(new C, F), t(new C, C), t(Object.create(null), A), t(new Proxy(new B,{}), A), t(Object.create(new Proxy(new B,{})), A));
C.prototype = A.prototype; console.log(t(new B, C), t(new A, C));
class H { static [Symbol.hasInstance](x){ return x === 5; } } console.log(t(5,H), t(6,H));
C.prototype = 5; try { t({}, C) } catch(e){ console.log(e.message) } 
C.prototype = null; try { t({}, C) } catch(e){ console.log(e.message) } 
try { t({}, {}) } catch(e){ console.log(e.message) }
try { t({}, 5) } catch(e){ console.log(e.message) }
const arrow = () => 1; try { t({}, arrow) } catch(e){ console.log(e.message) }
function D(){} const d = new D; function t2(o){ return o instanceof D; } console.log(t2(d), t2({})); Object.defineProperty(D, Symbol.hasInstance, {value: () => true}); console.log(t2({}));
function E2(){} function t3(o){ return o instanceof E2 } console.log(t3(new E2), t3({})); Object.setPrototypeOf(E2, {}); try{console.log(t3(new E2))}catch(e){console.log(e.message)} Object.setPrototypeOf(E2, null); console.log(t3(new E2));
delete D.prototype; 
