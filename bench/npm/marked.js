// SPDX-License-Identifier: MIT
// marked renders generated Markdown.
const {marked} = require('marked');
const {markdown, hash} = require('./inputs.js');
const SIZE = 20;

const text = markdown(60);

function run(n) {
  let html = '';
  for (let i = 0; i < n; i++) html = marked.parse(text);
  return hash(html);
}
