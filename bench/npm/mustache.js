// SPDX-License-Identifier: MIT
// mustache parses and renders a template with sections, inverted sections, lambdas and partials.
const Mustache = require('mustache');
const {records, hash} = require('./inputs.js');
const SIZE = 350;

const TEMPLATE = `<ul>{{#items}}<li id="{{id}}">{{name}}: {{title}} {{^active}}(closed){{/active}}
{{#owner}}{{name}} &lt;{{{mail}}}&gt;{{/owner}} {{#tags}}<b>{{.}}</b>{{/tags}}{{#loud}}{{title}}!{{/loud}}{{> end}}</li>
{{/items}}</ul>{{^nothing}}end{{/nothing}}`;
const items = records(80);

function run(n) {
  let html = '';
  for (let i = 0; i < n; i++) {
    Mustache.clearCache();
    const loud = () => (text, render) => render(text).toUpperCase();
    html = Mustache.render(TEMPLATE, {items, loud}, {end: '<i>{{price}}</i>'});
  }
  return hash(html);
}
