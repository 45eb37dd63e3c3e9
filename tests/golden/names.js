// Names: registers, environments, TDZ, arguments, eval, with.
function outer(a) { let n = a; function inner() { return n++ + missing; } return inner; }
function early() { const f = () => x; f(); let x = 1; return x; }
function mapped(a) { arguments[0] = 1; return a; }
function strict(a) { 'use strict'; return arguments.length + a; }
function dynamic(s) { var local = 1; eval(s); return local + other; }
function within(o, x) { with (o) { return x; } }
{ function block() {} }
