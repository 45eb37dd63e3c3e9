// SPDX-License-Identifier: MIT
// handlebars compiles and renders a template with loops, conditions, partials and helpers.
const Handlebars = require('handlebars');
const {records, hash} = require('./inputs.js');
const SIZE = 65;

const TEMPLATE = `<table>{{#each items}}
  <tr class="{{#if active}}on{{else}}off{{/if}}"><td>{{@index}}</td><td>{{name}}</td>
  <td>{{upper title}}</td><td>{{{owner.mail}}}</td>{{> tags}}</tr>
{{/each}}</table>{{#with first}}<p>{{name}} &amp; {{owner.age}}</p>{{/with}}{{#unless missing}}none{{/unless}}`;
const items = records(80);

function run(n) {
  let html = '';
  for (let i = 0; i < n; i++) {
    const engine = Handlebars.create();
    engine.registerHelper('upper', (text) => text.toUpperCase());
    engine.registerPartial('tags', '<td>{{#each tags}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}</td>');
    const template = engine.compile(TEMPLATE);
    html = template({items, first: items[0]});
    html = template({items, first: items[1]});
  }
  return hash(html);
}
