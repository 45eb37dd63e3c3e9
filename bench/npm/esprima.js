// SPDX-License-Identifier: MIT
// esprima parses generated ES5 source, with locations and comments.
const esprima = require('esprima');
const {source} = require('./inputs.js');
const SIZE = 10;

const text = source(60, 'es5');

function run(n) {
  let result = '';
  for (let i = 0; i < n; i++) {
    let nodes = 0;
    const tree = esprima.parseScript(text, {loc: true, comment: true}, () => { nodes++; });
    result = nodes + ',' + tree.body.length + ',' + tree.comments.length;
  }
  return result;
}
