// SPDX-License-Identifier: MIT
// Keys that are symbols, hidden, or no identifiers: only what is not enumerable stands in brackets.
const i = require('util').inspect, hidden = { value: 1, enumerable: false };
console.log({ [Symbol('s')]: 1 }, { [Symbol('a b')]: 1, [Symbol()]: 2, [Symbol.iterator]: 3 }, Object.assign([1], { [Symbol('x')]: 1 }));
console.log(Object.defineProperty({}, Symbol('h'), hidden), { get [Symbol('x')]() { return 1; } }, { ['__proto__']: 1 });
console.log(i(Object.defineProperties({ [Symbol('a b')]: 1, 'x y': 2 }, { 'p q': hidden, r: hidden, [Symbol('t')]: hidden }), { showHidden: true }));
for (const key of [Symbol('h\n'), 'h\n', '__proto__', 'a']) {
  for (const enumerable of [false, true]) {
    console.log(JSON.stringify(i(Object.defineProperty({}, key, { value: 1, enumerable }), { showHidden: true, colors: true })));
  }
}
console.log(Object.assign(() => {}, { [Symbol('x')]: 1 }), new (class X extends Map { [Symbol('f')] = 2; })([[1, 2]]));
console.log(i(Object.create({ [Symbol('p')]: 1, a: 1 }), { showHidden: true }));
