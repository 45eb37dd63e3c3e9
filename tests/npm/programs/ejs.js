// SPDX-License-Identifier: MIT
// ejs: tags, options, includes from files, custom delimiters, caching, async templates, and errors with their context.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const path = require('path');

run('ejs', async (ejs) => {
  const data = {user: {name: 'Ann <&>"\''}, list: [1, 2, 3], html: '<b>x</b>', nothing: null, f: (x) => x * 2};
  const templates = {
    text: 'plain\n text', escape: 'Hi <%= user.name %>!', raw: '<%- html %>', loop: '<% list.forEach((n) => { -%>\n  <li><%= f(n) %></li>\n<% }); -%>\nend', comment: 'a<%# not %>b', literal: '<%% x %%> ', slurp: 'a\n  <%_ if (true) { _%>\n b\n  <%_ } _%>\nc', undefined_: '[<%= nothing %><%= undefined %>]',
    print: '<% for (const x of list) __append(x) %>', locals: '<%= locals.missing ?? "default" %>', quotes: '\'"\\ ` ${x} \u2028 é', lines: 'a\r\nb\n', semicolon: '<% var x = 1; // comment %><%= x %>', long: '<%= list.map((n) => `${n}`).join(",") %>',
    missing: '1\n2\n<%= missing.x %>\n4', throwing: '<% throw new Error("inside") %>', syntax: '<% if ( %>', unclosed: 'a <%= b', await_: '<%= 5 %>',
  };
  const said = (error) => `${error.name}: ${error.message}`.replace(/(Unexpected|missing|Cannot|Invalid).*|(?<=SyntaxError: ).*/g, '');
  const attempt = (f) => {
    try {
      return f();
    } catch (error) {
      return said(error).split('\n').slice(0, 8).join('\n');
    }
  };
  for (const [name, text] of Object.entries(templates)) {
    show(name, attempt(() => ejs.render(text, data)));
    show(`${name} strict`, attempt(() => ejs.render(text.replace(/user|list|html|f\(|nothing|missing/g, (m) => `it.${m}`), data, {strict: true, localsName: 'it', rmWhitespace: true})));
  }
  show('delimiters', [ejs.render('<?= list ?>', data, {delimiter: '?'}), ejs.render('[%= list %]', data, {openDelimiter: '[', closeDelimiter: ']'}), ejs.render('{%= list %}', data, {openDelimiter: '{', closeDelimiter: '}'})]);
  show('escape', ejs.render('<%= html %>', data, {escape: (text) => String(text).toUpperCase()}));
  show('context', ejs.render('<%= this.a %>', {}, {context: {a: 7}}));
  show('destructured', ejs.render('<%= a + b %>', {a: 1, b: 2}, {destructuredLocals: ['a', 'b'], _with: false, strict: true}));
  show('output name', ejs.render('<% out("x") %>', {}, {outputFunctionName: 'out'}));
  show('bad name', attempt(() => ejs.render('x', {}, {outputFunctionName: 'a b'})));
  await show('async', ejs.render('<% const v = await Promise.resolve(4) %><%= v %> <%= await f(3) %>', data, {async: true}));
  await show('async fails', ejs.render('<% await Promise.reject(new Error("later")) %>', data, {async: true}));
  const compiled = ejs.compile('<%= a %>\n<%= b %>', {client: true, compileDebug: false, filename: 'x.ejs'});
  show('client', [typeof compiled, compiled({a: 1, b: '<'}), compiled.name]);
  show('source', compiled.toString().includes('include'));
  fs.mkdirSync('views/part', {recursive: true});
  fs.writeFileSync('views/page.ejs', '<%- include("part/head", {title: "T"}) %>body <%= x %>\n<%- include(\'part/foot.ejs\') %><%- include("/part/head", {title: "R"}) %>');
  fs.writeFileSync('views/part/head.ejs', '<h1><%= title %></h1>\n');
  fs.writeFileSync('views/part/foot.ejs', 'foot <%= x %> <%- include("../other") %>');
  fs.writeFileSync('views/other.ejs', 'other <%= typeof title %>');
  fs.writeFileSync('views/bad.ejs', 'ok\n<%- include("nowhere") %>');
  fs.writeFileSync('views/fails.ejs', 'ok\n<%= nope() %>');
  const file = (name, values, options) => new Promise((resolve) => ejs.renderFile(path.join('views', name), values, options, (error, text) => resolve(error ? said(error).replace(process.cwd(), '') : text)));
  await show('files', file('page.ejs', {x: 5}, {root: path.resolve('views')}));
  await show('views', file('page.ejs', {x: 5}, {views: [path.resolve('views')], root: path.resolve('views'), cache: true}));
  await show('no include', file('bad.ejs', {}, {}));
  await show('failing', file('fails.ejs', {}, {}));
  await show('no file', file('none.ejs', {}, {}));
  await show('promise', ejs.renderFile('views/other.ejs', {}));
  ejs.fileLoader = (name) => `loaded ${path.basename(name)}`;
  await show('loader', file('any.ejs', {}, {}));
  ejs.clearCache();
  ejs.cache = {get: () => undefined, set: (k, v) => show('cached', [path.basename(k), typeof v]), reset: () => {}};
  await show('with a cache', file('any.ejs', {}, {cache: true}));
  show('escapeXML', [ejs.escapeXML('<>&\'"'), ejs.VERSION, ejs.name, ejs.resolveInclude('a', '/x/y.ejs'), ejs.resolveInclude('a.html', '/x/', true)]);
});
