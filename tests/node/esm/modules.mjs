// SPDX-License-Identifier: MIT
// ES modules: bindings, cycles, CommonJS, JSON, built-ins, import(), import.meta, errors.
import assert, { strictEqual, ok } from 'node:assert';
import * as fsNamespace from 'fs';
import fs from 'node:fs';
import live, { count, inc, C, a, ns, renamed } from './fixtures/live.mjs';
import * as all from './fixtures/live.mjs';
import { getB } from './fixtures/cycle-a.mjs';
import { early } from './fixtures/cycle-b.mjs';
import cjs, { a as ca, b as cb, c as cc } from './fixtures/named.cjs';
import * as object from './fixtures/object.cjs';
import * as reexport from './fixtures/reexport.cjs';
import * as ts from './fixtures/ts.cjs';
import json from './fixtures/data.json' with { type: 'json' };
import tla from './fixtures/tla.mjs';
import dataUrl from 'data:text/javascript,export default "from data"';
import process from 'node:process';

strictEqual(assert.strictEqual, strictEqual);
strictEqual(fsNamespace.default, fs);
strictEqual(fsNamespace.readFileSync, fs.readFileSync);
strictEqual(count, 0);
inc();
strictEqual(count, 1);
strictEqual(all.count, 1);
console.log(live.name, typeof C, a, ns, renamed, Object.keys(all), all[Symbol.toStringTag]);
assert.throws(() => (all.count = 5), TypeError);
console.log(getB(), early, ca, cb, cc, cjs, object.x, object.z, object.default, Object.keys(reexport), Object.keys(ts), ts.default);
console.log(json, tla, dataUrl, this, typeof require, typeof module, typeof __filename);
const here = import.meta;
ok(here.url.startsWith('file:///') && here.url.endsWith('/modules.mjs'));
strictEqual(new URL(here.url).pathname, here.filename);
strictEqual(here.dirname + '/modules.mjs', here.filename);
strictEqual(here.main, true);
strictEqual(here.resolve('./x.js'), new URL('./x.js', here.url).href);
strictEqual(here.resolve('fs'), 'node:fs');
console.log(Object.keys(here));
strictEqual(await import('./fixtures/live.mjs'), all);
strictEqual((await import('fs')).default, fs);
strictEqual((await import('./fixtures/data.json', { with: { type: 'json' } })).default, json);
const failures = [
  () => import('./nope.mjs'), () => import('nope'), () => import('./fixtures/syntax.mjs'), () => import('./fixtures/throws.mjs'), () => import('./fixtures/throws.mjs'),
  () => import('./fixtures/missing-export.mjs'), () => import('./fixtures/missing-cjs.mjs'), () => import('./fixtures/data.json'), () => import('./fixtures'), () => import('http://x/y.js'),
  () => import('./fixtures/star.mjs', { with: { type: 'json' } }), () => import('node:nope'), () => import('#nope'), () => import({ toString() { throw new Error('specifier'); } }),
  () => import('./fixtures/x.unknown'), () => import('/'), () => import('./a%2fb.mjs'), () => import('./fixtures/star.mjs', 1),
];
const root = new URL('.', here.url).href;
for (const f of failures) {
  try {
    await f();
    console.log('no error', f.toString());
  } catch (e) {
    console.log(f.toString(), '=>', e.name, e.code, e.message.replaceAll(root, '<url>/').replaceAll(here.dirname, '<dir>'));
  }
}
const { createRequire } = await import('node:module');
const require2 = createRequire(here.url);
strictEqual(require2('./fixtures/named.cjs'), cjs);
strictEqual(require2('./fixtures/live.mjs').count, 1);
strictEqual(process.argv[1], here.filename);
process.on('exit', () => console.log('done'));
