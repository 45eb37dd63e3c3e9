// SPDX-License-Identifier: MIT
// terser compresses and mangles generated modern source.
const {minify_sync} = require('terser');
const {source, hash} = require('./inputs.js');
const SIZE = 1;

const text = source(25, 'modern');

function run(n) {
  let code = '';
  for (let i = 0; i < n; i++) code = minify_sync(text, {compress: {passes: 1}, mangle: {toplevel: true}}).code;
  return hash(code);
}
