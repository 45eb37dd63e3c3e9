// Where the programs of Web workers come from: files, data: URLs, classic and module; what they import.
'use strict';
const { dataUrl, hear, runAll, fixture } = require('./lib/web.js');

const tryAll = (...texts) => `for (const f of [${texts.map((t) => `() => (${t})`)}]) {
  try { postMessage(String(f())); } catch (e) { postMessage([e.constructor.name, e.name, e.message.replace(/file:.*\\//, ''), e.code]); }
} postMessage('end');`;

const endAtOnce = (worker) => {
  worker.addEventListener('message', () => worker.dispatchEvent(new MessageEvent('message', { data: 'end' })), { once: true });
};

runAll({
  'a file': () => hear(fixture('classic.js')),
  'with query and hash': () => hear(fixture('nested.js?a=1#b'), undefined, endAtOnce),
  'a module': () => hear(fixture('module.mjs'), { type: 'module', name: 'M' }),
  'a module called .js': () => hear(fixture('nested.js'), { type: 'module', name: 'strict' }, endAtOnce),
  'a missing file': () => hear(new URL('file:///nowhere/missing.js')),
  'a missing module': () => hear(new URL('file:///nowhere/missing.mjs'), { type: 'module' }),
  'base64': () => hear(new URL(`data:text/javascript;base64,${btoa('postMessage([1, location.protocol]); postMessage("end")')}`)),
  'UTF-8': () => hear(new URL('data:application/javascript;charset=utf-8,postMessage("%C3%A9%E2%82%AC"); postMessage("end")')),
  'no JavaScript': () => hear(new URL('data:text/plain,postMessage(1)')),
  'no type': () => hear(new URL('data:,postMessage(1)')),
  'no JavaScript module': () => hear(new URL('data:application/json,{}'), { type: 'module' }),
  'import in a classic script': () => hear('import "node:fs"'),
  'import() in a classic script': () => hear('import("node:fs").then((m) => { postMessage(typeof m.readFileSync); postMessage("end"); })'),
  'import() of a neighbour': () => hear(fixture('importer.js')),
  'a module that waits': () => hear('await 1; postMessage([typeof self, this === undefined]); postMessage("end")', { type: 'module' }),
  'a module without what it imports': () => hear('import { x } from "node:fs"; postMessage(1)', { type: 'module' }),
  'importScripts': () => hear(tryAll('importScripts()', `importScripts(${JSON.stringify(dataUrl('var data = 5'))}), data`,
    'importScripts("data:text/plain,1")', 'importScripts("https://a.b/c.js")', 'importScripts("relative.js")', 'importScripts("https://a:b:c")',
    'importScripts("node:fs")', 'importScripts(Symbol())')),
  'importScripts of files': () => hear(tryAll(...['missing.js', 'throws.js', 'wrong.js', 'imported.js', 'imported.js', 'imported-too.js'].map((name) => (
    `importScripts(${JSON.stringify(fixture(name).href)})`)))),
  'importScripts in a module': () => hear(tryAll('importScripts("x")'), { type: 'module' }),
});
