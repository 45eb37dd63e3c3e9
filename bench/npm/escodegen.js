// SPDX-License-Identifier: MIT
// escodegen prints a tree back as source.
const esprima = require('esprima');
const escodegen = require('escodegen');
const {source, hash} = require('./inputs.js');
const SIZE = 25;

const tree = esprima.parseScript(source(60, 'es5'));

function run(n) {
  let printed = '';
  for (let i = 0; i < n; i++) printed = escodegen.generate(tree, {format: {compact: i % 2 === 1}});
  return n + ',' + hash(escodegen.generate(tree)) + ',' + (printed.length > 0);
}
