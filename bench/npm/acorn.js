// SPDX-License-Identifier: MIT
// acorn parses generated modern source.
const acorn = require('acorn');
const {source} = require('./inputs.js');
const SIZE = 10;

const text = source(60, 'modern');

function run(n) {
  let tokens = 0, last = 0;
  for (let i = 0; i < n; i++) {
    tokens = 0;
    const tree = acorn.parse(text, {ecmaVersion: 2022, onToken: () => tokens++});
    last = tree.body.length + tree.body[tree.body.length - 1].end;
  }
  return tokens + ',' + last;
}
