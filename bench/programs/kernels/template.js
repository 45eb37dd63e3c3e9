// SPDX-License-Identifier: MIT
// Template literals: substitution of numbers and strings, nesting, and tags.
const SIZE = 100000;

function tag(strings, ...values) {
  let out = strings[0];
  for (let i = 0; i < values.length; i++) out += `<${values[i]}>${strings[i + 1]}`;
  return out;
}

function run(n) {
  let length = 0;
  let hash = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 12; j++) {
      const name = `item-${j}`;
      const row = `<li class="${j & 1 ? 'odd' : 'even'}" id="${name}">${i}: ${name} (${i * j})</li>`;
      length += row.length;
      hash = (hash * 31 + row.charCodeAt(row.length - 7)) | 0;
    }
    length += tag`row ${i} of ${n} ends`.length + String.raw`a\n${i}`.length;
    length += `${`${i}-${i + 1}`}/${true}/${null}`.length;
  }
  return length - String(n).length * n + ',' + hash;
}
