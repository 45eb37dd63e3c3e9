// SPDX-License-Identifier: MIT
// highlight.js colours JavaScript and TypeScript source and JSON.
const highlighter = require('highlight.js');
const {source, records, hash} = require('./inputs.js');
const SIZE = 4;

const javascript = source(12, 'modern'), typescript = source(8, 'ts'), json = JSON.stringify(records(30), null, 2);

function run(n) {
  let html = '';
  for (let i = 0; i < n; i++) {
    html = highlighter.highlight(javascript, {language: 'javascript'}).value +
      highlighter.highlight(typescript, {language: 'typescript'}).value +
      highlighter.highlight(json, {language: 'json'}).value;
  }
  return hash(html);
}
