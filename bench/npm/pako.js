// SPDX-License-Identifier: MIT
// pako deflates and inflates text.
const pako = require('pako');
const {markdown, hash} = require('./inputs.js');
const SIZE = 15;

const text = markdown(40);

function run(n) {
  let result = '';
  for (let i = 0; i < n; i++) {
    const packed = pako.deflate(text);
    if (pako.inflate(packed, {to: 'string'}) !== text) return 'different';
    result = packed.length + ',' + hash(String.fromCharCode(...packed.subarray(0, 2000)));
  }
  return result;
}
