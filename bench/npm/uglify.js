// SPDX-License-Identifier: MIT
// uglify-js compresses and mangles generated ES5 source.
const uglify = require('uglify-js');
const {source, hash} = require('./inputs.js');
const SIZE = 2;

const text = source(25, 'es5');

function run(n) {
  let code = '';
  for (let i = 0; i < n; i++) {
    const result = uglify.minify(text, {toplevel: true});
    if (result.error) throw result.error;
    code = result.code;
  }
  return hash(code);
}
