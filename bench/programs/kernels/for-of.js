// SPDX-License-Identifier: MIT
// for-of over arrays, strings, typed arrays, entries, Map and an iterator written by hand.
const SIZE = 30000;

class Range {
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }
  [Symbol.iterator]() {
    let at = this.from;
    const to = this.to;
    return {next: () => (at < to ? {value: at++, done: false} : {value: undefined, done: true})};
  }
}

function run(n) {
  const list = Array.from({length: 80}, (_, i) => i * 3);
  const bytes = Uint8Array.from(list);
  const map = new Map(list.slice(0, 20).map((value) => [value, value + 1]));
  const text = 'for of over text';
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (const value of list) sum = (sum + value) | 0;
    for (const value of bytes) sum = (sum + value) | 0;
    for (const [index, value] of list.entries()) sum = (sum + index * value) | 0;
    for (const [key, value] of map) sum = (sum + key - value) | 0;
    for (const letter of text) if (letter === 'o') sum++;
    for (const value of new Range(0, 20)) sum = (sum + value) | 0;
  }
  return sum;
}
