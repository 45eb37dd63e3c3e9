// SPDX-License-Identifier: MIT
// zod's own tests, which its package holds as TypeScript: typescript compiles them here, a small vitest prints what each assertion
// sees, and the expectation file judges.
// entries: cjs
// sizes: full small
// timeout: 120
'use strict';
const fs = require('fs');
const path = require('path');
const Module = require('module');
const ts = require('typescript');
const {run, hash, text_of: full_text, small} = require('./lib/harness.js');
const {MODULES} = require('./lib/inputs.js');

const ROOT = path.join(MODULES, 'zod'), LIMIT = process.env.NPM_FULL ? Infinity : 0;
// Types only, measurements of memory and time, random input, other programs, node:v8 and node:crypto, and the classes of the web.
const LEFT_OUT = /assignability|types\.test|instance-footprint|redos|language-server|recursive-types|validate\.test|credit-card|file\.test|jitless|firstparty|index\.test|cyclic-data|error\.test|hash|string\.test|treeshake|polyfill-collision|to-json-schema\.test|mocker|primitive|\/instanceof|properties/;

// Some tests look at the time of day, and at where they are.
const text_of = (value) => full_text(value).replaceAll(path.dirname(MODULES), '<npm>').replace(/20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g, '<now>');

// What an assertion sees, in one line.
function outcome(value, call) {
  if (!call) return text_of(value);
  try {
    return `returned ${text_of(value())}`;
  } catch (error) {
    return `threw ${error && error.name}` + (error && error.issues ? text_of(error.issues) : '');
  }
}

function expectation(lines, value, words = '') {
  return new Proxy({}, {get(_, matcher) {
    if (matcher === 'not') return expectation(lines, value, `${words}not `);
    if (matcher === 'resolves' || matcher === 'rejects') {
      return new Proxy({}, {get: (__, name) => async (...list) => {
        const settled = await Promise.resolve(typeof value === 'function' ? value() : value).then((v) => ['resolved', v], (e) => ['rejected', e && e.issues ? e.issues : e]);
        lines.push(`${words}${name} ${text_of(settled)} ${text_of(list.map((x) => (typeof x === 'function' ? 'f' : x)))}`);
      }});
    }
    return (...list) => {
      const snapshot = String(matcher).includes('Snapshot');
      lines.push(`${words}${String(matcher)} ${outcome(value, typeof value === 'function' && /hrow/.test(String(matcher)))} ${snapshot ? '' : text_of(list.map((x) => (typeof x === 'function' ? 'f' : x)))}`);
    };
  }});
}

function vitest(tests) {
  const make = (prefix) => {
    const test = (name, body) => tests.push([prefix + name, body]);
    test.skip = test.todo = () => {};
    test.each = (rows) => (name, body) => rows.forEach((row, i) => tests.push([`${prefix}${name} ${i}`, () => body(...[].concat(row))]));
    return test;
  };
  const any = new Proxy(function () {}, {get: (_, key) => (key === Symbol.toPrimitive ? () => 'any' : any), apply: () => any});
  const stack = [''];
  const test = new Proxy(make(''), {apply: (_, __, [name, body]) => tests.push([stack.join('') + name, body])});
  const fn = (body = () => {}) => Object.assign((...list) => { return body(...list); }, {mock: {calls: []}});
  let lines = [];
  const hooks = {before: [], after: []};
  const expect = Object.assign((value) => expectation(lines, value), {any: () => 'any', anything: () => 'anything', objectContaining: (x) => x, stringContaining: (x) => x, stringMatching: (x) => x, arrayContaining: (x) => x, fail() { lines.push('fail'); }});
  return {test, it: test, describe: (name, body) => { stack.push(`${name} > `); body(); stack.pop(); }, expect, expectTypeOf: () => any, assertType: () => {}, vi: {fn, spyOn: () => any}, beforeEach: (f) => hooks.before.push(f), afterEach: (f) => hooks.after.push(f), beforeAll: (f) => f(), afterAll() {}, hooks, take: () => { const out = lines; lines = []; return out; }, attach: (l) => { lines = l; }};
}

function load(file, frame) {
  const source = ts.transpileModule(fs.readFileSync(file, 'utf8'), {fileName: file, compilerOptions: {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true}}).outputText;
  const module = {exports: {}}, outer = Module.createRequire(__filename);
  const inner = (id) => {
    if (id === 'vitest') return frame;
    if (!id.startsWith('.')) return outer(id);
    const target = path.resolve(path.dirname(file), id), built = target.replace(`${path.sep}src${path.sep}`, path.sep).replace(/\.js$/, '.cjs');
    return fs.existsSync(built) ? outer(built) : load(target.replace(/\.js$/, '.ts'), frame);
  };
  const body = require('vm').runInThisContext(`(function (require, module, exports, __filename, __dirname) {${source.replace(/import\.meta\.url/g, '""')}\n})`, {filename: file});
  body(inner, module, module.exports, file, path.dirname(file));
  return module.exports;
}

run([], async () => {
  const folders = ['src/v4/classic/tests', 'src/v4/core/tests', 'src/v4/mini/tests', 'src/v3/tests'];
  const log = console.log;
  let number = 0;
  for (const folder of folders) {
    for (const name of fs.readdirSync(path.join(ROOT, folder)).filter((n) => n.endsWith('.test.ts') && !LEFT_OUT.test(`/${n}`)).sort()) {
      if (small && number++ % 12) continue;
      const tests = [], frame = vitest(tests), title = `${folder.slice(4, -6)} ${name.slice(0, -8)}`;
      try {
        load(path.join(ROOT, folder, name), frame);
      } catch (error) {
        log(`${title}: does not load: ${error.name} ${error.message}`);
        continue;
      }
      const all = [];
      for (const [what, body] of tests) {
        console.log = console.warn = console.error = () => {};
        const lines = frame.take();
        try {
          for (const hook of frame.hooks.before) hook();
          await body({expect: frame.expect});
          for (const hook of frame.hooks.after) hook();
        } catch (error) {
          lines.push(`failed: ${error && error.name}`);
        }
        lines.push(...frame.take());
        console.log = log;
        if (LIMIT) lines.forEach((line, i) => log(`${title} > ${what} [${i}] ${line}`));
        all.push(`${what}\n${lines.join('\n')}`);
      }
      log(`${title}: ${tests.length} ${all.filter((t) => t.includes('failed: ')).length} ${hash(all.join('\n'))}`);
    }
  }
});
