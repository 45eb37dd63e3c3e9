// SPDX-License-Identifier: MIT
// Switches over integers: tables, searches among groups, fractions, other types; values of tests joined by && and ||; conditions that are
// optional chains or conditionals; variables that are read without ever having been written.
function table(c) {
  switch (c) {
    case 10: case 36: case 37: case 38: case 42: case 43: case 45: case 58: case 60: case 61: case 62: case 64: case 91: case 125: return 1;
    default: return 0;
  }
}
function sparse(k) {
  switch (k) {
    case 79: return 1;
    case 5: return 2;
    case 300: return 3;
    case 301: return 4;
    case 302: return 5;
    case 305: return 6;
    case 1000: return 7;
    case 2000: return 8;
    case 2001: return 9;
    case 40: return 10;
    case 5000: return 11;
    case 7000: return 12;
    case 9000: return 13;
    case 5: return 99;
    case -70: return 14;
  }
  return 0;
}
function negative(k) {
  switch (k) {
    case -3: return 1;
    case 0: return 2;
    case -1: return 3;
    case 2: return 4;
    case 1: return 5;
  }
  return 0;
}
function far(k) {
  switch (k) {
    default: return 0;
    case 1001: return 1;
    case 1002: return 2;
    case 1003: return 3;
    case 1004: return 4;
    case 1005: return 5;
  }
}
const half = 0.5;
const values = [-70, -5, -3, -1, -0, 0, 1, 2, 3, 5, 10, 36, 37, 40, 41, 79, 80, 125, 126, 300, 301, 302, 303, 305, 1000, 1001, 1002.5, 1003, 1005,
  1006, 2000, 2001, 5000, 7000, 9000, 9001, 1e-20, 0.5, NaN, Infinity, '10', '5', null, undefined, true, 5n, 4294967306, 1e300, 2 ** 53,
  {valueOf() { throw new Error('not asked'); }}];
for (const f of [table, sparse, negative, far]) {
  console.log(f.name, values.map((v) => f(v)).join(' '));
  console.log(f.name, values.map((v) => (typeof v === 'number' ? f(v + half - half) : f(v))).join(' '));
}

function joined(a, b) {
  const x = a === 1 || a === 2 || b;
  const y = a > 0 && b !== undefined && b;
  const z = !a || b === 'b' || (a < 5 && a > 1);
  return [x, y, z, a !== 1 && !b, (a === 1 && b) || (a === 2 && !b)];
}
for (const a of [0, 1, 2, 7]) for (const b of [undefined, 'b', 0]) console.log(a, b, joined(a, b));

function chain(o) {
  let out = '';
  if (o?.x?.y) out += 'y';
  if (!o?.f(3)) out += 'f';
  let steps = 0;
  for (let at = o; at?.next; at = at.next) steps++;
  do {
    steps++;
    if (steps > 9) break;
  } while (!o?.x);
  if ((o ? o.a : o === null) ? steps : out) out += 'c';
  return out + steps;
}
console.log(chain(null), chain(undefined), chain({x: {y: 1}, f: (n) => n, a: 1}), chain({x: {}, f() {}, next: {next: {}}}));

function unwritten(kind) {
  var a, b, c, d, e;
  if (kind > 0) {
    a = kind;
    for (var i = 0; i < kind; i++) {
      if (i === 1) continue;
      if (i === 3) { break; } else b = i;
      c = b;
    }
    d = a + 1;
  }
  try {
    if (kind === 2) throw kind;
    e = 'fine';
    if (kind === 5) throw kind;
  } catch (error) {
    d = e;
  } finally {
    if (kind === 7) e = 'seven';
  }
  switch (kind) {
    case 4: var g = 1;
    case 5: return [a, b, c, d, e, g];
  }
  return [a, b, c, d, e, g, i];
}
function clutter(a, b, c, d, e, f, g) { var h = [a, b, c]; var i = h, j = i, k = j; return [h, i, j, k, d, e, f, g]; }
for (let kind = 0; kind < 8; kind++) {
  clutter(1, 2, 3, 4, 5, 6, 7);
  console.log(kind, unwritten(kind));
}

// More captured variables than short instructions can name.
const many = new Function(Array.from({length: 600}, (_, i) => `let v${i} = ${i};`).join('') +
  'function late() { return v599 + v400; } function more() { v599++; return v599 + v1; } function set() { v300 = 5; return () => v300; }' +
  Array.from({length: 600}, (_, i) => `function f${i}() { return v${i}++; }`).join('') +
  'let sum = 0; ' + Array.from({length: 600}, (_, i) => `sum += f${i}();`).join('') + 'return [late(), more(), set()(), sum, v0, v599];');
console.log(many());
