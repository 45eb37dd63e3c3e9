// SPDX-License-Identifier: MIT
// markdown-it renders generated Markdown, with links found and quotes set.
const MarkdownIt = require('markdown-it');
const {markdown, hash} = require('./inputs.js');
const SIZE = 10;

const text = markdown(60);
const renderer = new MarkdownIt({html: true, linkify: true, typographer: true});

function run(n) {
  let html = '';
  for (let i = 0; i < n; i++) html = renderer.render(text);
  return hash(html);
}
