// SPDX-License-Identifier: MIT
// Uses of `arguments` with and without an object behind them, and calls through call and apply. The output is Node's.
function a(){ var s=0; for (var i=0;i<arguments.length;i++) s+=arguments[i]; return s; }
console.log(a(1,2,3), a(), a(5));
function b(x,y){ return arguments.length + ':' + arguments[0] + arguments[1] + arguments[2] + x + y; }
console.log(b(1), b(1,2), b(1,2,3,4));
function c(x){ x = 9; return arguments[0]; } console.log(c(1));
function d(x){ 'use strict'; x = 9; return arguments[0]; } console.log(d(1));
function e(x){ var x = 4; return arguments[0]; } console.log(e(1));
function e2(x){ var x; return arguments[0]; } console.log(e2(1));
function f(x){ function x(){} return typeof arguments[0]; } console.log(f(1));
function g(){ return [].join.apply([1,2], arguments); } console.log(g('-'));
function h(x){ return a.apply(this, arguments); } console.log(h(1,2,3));
function h2(x){ return a.apply(this, arguments) + x; } console.log(h2(1,2,3));
function k(){ return (() => arguments[0])(); } console.log(k(7));
function l(){ return arguments[0](); } console.log(l(function(){ return this.length; }));
function m(){ return eval('arguments[0]'); } console.log(m(8));
function n(x){ return (function(){ return x + 1; })() + arguments[0]; } console.log(n(1));
function n2(x){ (function(){ x = 5; })(); return arguments[0]; } console.log(n2(1));
function o(){ return arguments['length'] + arguments['0'] + arguments[-1] + arguments['callee'].name; } console.log(o(3));
function p(){ arguments[0]++; return arguments[0]; } console.log(p(3));
function q(){ [arguments[0]] = [4]; return arguments[0]; } console.log(q(3));
function r(){ for (arguments[0] of [1,2]); return arguments[0]; } console.log(r(3));
function s(){ delete arguments[0]; return arguments[0]; } console.log(s(3));
function t(a=1){ return arguments.length; } console.log(t());
var obj = { apply(x, args) { return args.length + ':' + Object.prototype.toString.call(args) + x; } };
function u(){ return obj.apply('me', arguments); } console.log(u(1,2));
function v(){ return a.call(null, 1, 2); } console.log(v());
console.log(Function.prototype.call.call(a, null, 1, 2), Function.prototype.apply.call(a, null, [1,2,3]));
console.log(Function.prototype.call.apply(a, [null, 1, 2, 3]));
try { (function(){ return ({}).foo.apply(null, arguments); })(1); } catch (x) { console.log(x.message); }
function w(a,b){ arguments[0] = b; b = 10; return a + arguments[1]; } console.log(w(1,2));
function xx(a,b){ b = 10; return tail.apply(null, arguments); } function tail(a,b){ return a + ':' + b + arguments.length;} console.log(xx(1,2,3));
with_ = new Function('o', 'with(o){ return arguments.length }'); console.log(with_({arguments: [1,2,3]}));
function rec(n){ return n ? rec.apply(null, [n-1]) : 'done'; } console.log(rec(5000));
function rec2(n){ return n ? rec2.call(null, n-1) : 'done'; } console.log(rec2(9000));
function* gen(){ yield arguments[0]; yield arguments.length; } console.log([...gen(1,2)]);
class A { constructor(){ this.n = arguments.length; this.f = arguments[0]; } } class B extends A { constructor(){ super(arguments[1], arguments[0]); } }
console.log(new B(1,2));
function lab(){ var arguments; return arguments.length; } console.log(lab(1,2));
function lab2(){ var arguments = [1]; return arguments.length; } console.log(lab2(1,2));
Object.defineProperty(Object.prototype, '7', {get(){ return 'proto'; }, configurable: true}); function pr(){ return arguments[7]; } console.log(pr(1)); delete Object.prototype[7];
console.log(Math.max.apply(null, new Float64Array([1,5,3])), Math.max.apply(null, {length: 2, 0: 3, 1: 9}));
try { null.f.apply(1, 2) } catch (e) { console.log(e.message) }
function err(){ throw new Error('x'); } try { err.call(1) } catch (e) { console.log(e.stack.split('\n').slice(0,3).join('|').replace(/\(.*?\)/g,'')) }
