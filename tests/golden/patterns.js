// Destructuring: declarations, parameters, assignments.
function declare(o) { const { a, b: { c = 1 }, ...rest } = o, [d, , e = 2, ...f] = a; return [c, rest, d, e, f]; }
function parameters({ a, b } = {}, [c] = [a], ...rest) { return a + b + c + rest.length; }
function assign(o, x, y) { [x, y] = [y, x]; ({ x: o.p, [y]: o.q = 1 } = x); return x; }
