// SPDX-License-Identifier: MIT
// Map and Set with integer, string and object keys: set, get, has, delete, iteration.
const SIZE = 20000;

function run(n) {
  const names = [];
  for (let i = 0; i < 64; i++) names.push('name' + i * 7);
  const objects = names.map((name) => ({name}));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const numbers = new Map();
    for (let j = 0; j < 100; j++) numbers.set(j * 17, j);
    for (let j = 0; j < 100; j++) sum = (sum + numbers.get(j * 17)) | 0;
    const words = new Map();
    for (let j = 0; j < 128; j++) {
      const name = names[j & 63];
      words.set(name, (words.get(name) || 0) + 1);
    }
    const seen = new Set();
    for (let j = 0; j < 128; j++) {
      const object = objects[(j * 5) & 63];
      if (seen.has(object)) seen.delete(object);
      else seen.add(object);
    }
    sum += seen.size;
    for (const [key, value] of words) sum = (sum + key.length * value) | 0;
    words.forEach((value) => { sum = (sum + value) | 0; });
  }
  return sum;
}
