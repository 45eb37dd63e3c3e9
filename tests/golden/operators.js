// Operators: immediates, constants, fused comparisons, operands that a later operand assigns.
function arithmetic(a, b) { return (a + b) | 0 | (a * 31 - b / 0.5) ^ 1 - a; }
function order(a) { return a + (a = 1) + a++ + -a; }
function conditions(a, b, c) {
  if (a < 10 && !(b >= c) || a === null) return typeof a === 'string';
  return a == null ? b !== undefined : c === 'x' || c > 0.5;
}
function update(o, k) { o.x++; --o[k]; o.y **= 2; o.z ??= k; return o[k]++; }
