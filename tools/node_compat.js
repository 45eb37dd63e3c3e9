// SPDX-License-Identifier: MIT
// docs/node-compat.md: what of Node is there and what is not, module by module.
//   node tools/node_compat.js --record     what this Node exports -> tests/node/compat/node26.json (facts, no code)
//   weft tools/node_compat.js              weft beside those facts -> docs/node-compat.md
//   weft tools/node_compat.js --check      fails when the document says something else than this weft
// The modules are those that weft has embedded (node/builtins.c, from which module.builtinModules is made), the globals those of its global
// object (node/globals.c); each recorded name is looked up in the running program. REMARKS say what a name cannot.
// Test: tests/node/compat/document.js.
'use strict';

const fs = require('fs');
const path = require('path');

const FACTS = path.join(__dirname, '../tests/node/compat/node26.json');
const DOCUMENT = path.join(__dirname, '../docs/node-compat.md');

// ---- What is known by hand ----

// Modules that are there so that packages which only ask for them load.
const NAMES_ONLY = new Set(['http2', 'https', 'tls']);
const REMARKS = {
  assert: 'With Node\'s diff output.',
  async_hooks: 'AsyncLocalStorage, AsyncResource, createHook.',
  child_process: 'fork speaks Node\'s IPC in both serializations and passes sockets and servers.',
  crypto: 'On the system\'s libcrypto (3.0 or newer). What is missing needs a newer one, or is of FIPS and engines.',
  domain: 'Deprecated in Node.',
  dgram: 'UDP is not in weft.',
  dns: 'lookup on the thread pool; the resolve functions ask the servers themselves.',
  ffi: 'Experimental in Node.',
  fs: 'Callbacks and promises run their system calls on the thread pool; watch on inotify.',
  http: 'HTTP/1, parsed by weft\'s own strict parser. No proxies, no WebSocket client.',
  http2: 'There is no HTTP/2: constants are Node\'s, everything else throws an error that says so.',
  https: 'There is no TLS: agents can be made; requests fail with an error that says so.',
  inspector: 'Belongs to V8.',
  'inspector/promises': 'As inspector.',
  perf_hooks: 'monitorEventLoopDelay, histograms, user timing, observers.',
  punycode: 'Deprecated in Node; `url.domainToASCII` and URL convert host names.',
  quic: 'Experimental in Node.',
  sea: 'A program of one file is not made this way in weft.',
  sqlite: 'Not in weft; packages with native code cannot stand in.',
  'stream/web': 'Web streams are not in weft.',
  sys: 'util under its old name.',
  test: 'node:test is not in weft; tape, mocha and others run.',
  'test/reporters': 'As node:test.',
  tls: 'There is no TLS: everything throws an error that says so.',
  trace_events: 'Belongs to V8.',
  url: 'WHATWG URL and the legacy parser.',
  v8: 'serialize and deserialize in V8\'s format; heap snapshots and statistics are of weft\'s heap.',
  vm: 'Contexts are realms of the same isolate; the properties of a contextified object are copied into one before each run and back after it. SourceTextModule and SyntheticModule (experimental in Node) are not there.',
  wasi: 'There is no WebAssembly in weft.',
  zlib: 'On the system\'s zlib, brotli and zstd. No zip archives.',
};
const GLOBAL_REMARKS = [
  ['fetch, Headers, Request, Response, FormData, WebSocket, CloseEvent', 'no fetch and no WebSocket client; http and packages such as ws do this'],
  ['ReadableStream and its kind, CompressionStream, TextDecoderStream', 'no web streams'],
  ['Intl', 'none; toLocaleString and localeCompare speak one language'],
  ['WebAssembly', 'none'],
  ['Storage, localStorage, sessionStorage', 'none'],
];

// ---- Looking ----

// What the members of these are depends on the process, or they are instances of something.
const NOT_WALKED = new Set(['process.env', 'process.config', 'process.versions', 'process.release', 'process.argv', 'process.execArgv',
  'process.report', 'process.mainModule', 'module._cache', 'module._pathCache', 'module._extensions', 'cluster.workers', 'cluster.settings',
  'async_hooks.asyncWrapProviders', 'buffer.Buffer']);
const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'withoutStackTrace']);
// Documented although they begin with _: what the author of a stream writes, and what packages use of module.
const UNDERSCORED = new Set(['_read', '_write', '_writev', '_destroy', '_final', '_construct', '_transform', '_flush', '_load', '_extensions',
  '_resolveFilename', '_nodeModulePaths', '_cache', '_compile', '_initPaths', '_preloadModules', '_pathCache', '_findPath', '_resolveLookupPaths']);
// Globals of ECMA-262: docs/conformance.md is about them.
const ECMASCRIPT = new Set(('AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean ' +
  'DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array ' +
  'Int32Array Int8Array Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set ' +
  'SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array ' +
  'Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN ' +
  'parseFloat parseInt undefined unescape').split(' '));

const isObject = (value) => typeof value === 'object' && value !== null;
const isPlain = (value) => isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
const isSecret = (name) => name.startsWith('_') && !UNDERSCORED.has(name);

// The value, or undefined for accessors that want an instance.
function read(object, name) {
  try {
    const value = object[name];
    if (value instanceof Promise) value.catch(() => {});
    return value;
  } catch {
    return undefined;
  }
}

// NAME() for what can be called.
const spelled = (name, value) => (typeof value === 'function' ? `${name}()` : name);

function ownNames(object) {
  return Object.getOwnPropertyNames(object).filter((name) =>
    !(typeof object === 'function' && OF_FUNCTIONS.has(name)) && name !== 'constructor' && !/^\d+$/.test(name) && !isSecret(name)).sort();
}

function membersOf(value, prefix = '') {
  return ownNames(value).map((name) => spelled(prefix + name, read(value, name)));
}

// {NAME: members}: one level below what is exported.
function exportsOf(object, label, others) {
  const names = {};
  for (const name of ownNames(object)) {
    const value = read(object, name);
    const members = (names[spelled(name, value)] = []);
    if (others.has(value) || NOT_WALKED.has(`${label}.${name}`)) continue;
    if (typeof value === 'function') {
      members.push(...membersOf(value));
      if (isObject(value.prototype)) members.push(...membersOf(value.prototype, 'prototype.'));
    } else if (isPlain(value)) {
      members.push(...membersOf(value));
    }
  }
  return names;
}

function publicModules() {
  const ids = require('module').builtinModules.map((id) => id.replace(/^node:/, ''));
  return ids.filter((id) => !id.startsWith('_')).sort();
}

// What this program has: {modules: {ID: {NAME: members}}, same: {ID: the module whose exports it shares}, globals}.
function look() {
  const loaded = new Map(publicModules().map((id) => [id, require(`node:${id}`)]));
  const others = new Set([...loaded.values(), globalThis]);
  const result = { modules: {}, same: {}, globals: {} };
  const first = new Map();
  for (const [id, value] of [...loaded].sort(([a], [b]) => (a === 'sys') - (b === 'sys'))) {
    if (first.has(value)) result.same[id] = first.get(value);
    else result.modules[id] = exportsOf(value, id, others);
    if (!first.has(value)) first.set(value, id);
  }
  const globals = exportsOf(globalThis, 'global', others);
  for (const name of Object.keys(globals)) {
    if (!ECMASCRIPT.has(name.replace('()', ''))) result.globals[name] = globals[name];
  }
  return result;
}

// ---- Recording ----

function record() {
  const { modules, same, globals } = look();
  const flat = (names) => Object.fromEntries(Object.entries(names).map(([name, members]) => [name, members.join(' ')]));
  const text = JSON.stringify({
    version: process.version,
    modules: Object.fromEntries(Object.entries(modules).map(([id, names]) => [id, flat(names)])),
    same,
    globals: flat(globals),
  }, null, 1);
  fs.writeFileSync(FACTS, text + '\n');
}

// ---- Comparing ----

// Is `path`, "prototype.close()" say, there, and callable where Node's is?
function has(object, path) {
  const names = path.replace(/\(\)$/, '').split('.');
  const last = names.pop();
  for (const name of names) object = read(object, name);
  if (object === undefined || object === null || !(last in Object(object))) return false;
  return !path.endsWith('()') || typeof read(object, last) === 'function';
}

// {there, missing: [[name, members or null: itself]]}
function compare(object, facts) {
  let there = 0;
  const missing = [];
  for (const [name, joined] of Object.entries(facts)) {
    const members = joined ? joined.split(' ') : [];
    if (!has(object, name)) {
      missing.push([name, null]);
      continue;
    }
    there++;
    const value = read(object, name.replace('()', ''));
    const without = members.filter((member) => !has(value, member));
    if (without.length) missing.push([name, without]);
  }
  return { there, missing };
}

// ---- Writing ----

function wrapped(words) {
  const lines = [''];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length > 138) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

const code = (name) => `\`${name}\``;
const plain = (name) => name.replace('()', '');

function missingText(missing) {
  const whole = missing.filter(([, members]) => !members).map(([name]) => name);
  const lines = [];
  if (whole.length) lines.push(wrapped(`Missing: ${whole.map(code).join(', ')}.`.split(' ')));
  for (const [name, members] of missing.filter(([, members]) => members)) {
    lines.push(wrapped(`Of ${code(plain(name))} is missing: ${members.map(code).join(', ')}.`.split(' ')));
  }
  return lines.join('\n\n');
}

function ownText(object, facts) {
  const own = ownNames(object).filter((name) => !(name in facts) && !(`${name}()` in facts) && !ECMASCRIPT.has(name));
  return own.length ? wrapped(`Not in Node: ${own.map(code).join(', ')}.`.split(' ')) : '';
}

function documentText() {
  const facts = JSON.parse(fs.readFileSync(FACTS, 'utf8'));
  const have = new Set(publicModules());
  const rows = [], sections = [];
  for (const id of [...Object.keys(facts.modules), ...Object.keys(facts.same)].sort()) {
    const remark = REMARKS[id] ?? '';
    if (id in facts.same) {
      const shared = have.has(id) && require(`node:${id}`) === require(`node:${facts.same[id]}`);
      rows.push(`| ${id} | ${shared ? 'yes' : 'no'} | is ${facts.same[id]} |`);
      continue;
    }
    const count = Object.keys(facts.modules[id]).length;
    if (!have.has(id)) {
      rows.push(`| ${id} | no | ${remark} |`);
      continue;
    }
    if (NAMES_ONLY.has(id)) {
      rows.push(`| ${id} | names only | ${remark} |`);
      continue;
    }
    const { there, missing } = compare(require(`node:${id}`), facts.modules[id]);
    rows.push(`| ${id} | ${there} of ${count} | ${remark} |`);
    const text = [missingText(missing), ownText(require(`node:${id}`), facts.modules[id])].filter(Boolean).join('\n\n');
    if (text) sections.push(`### ${id}\n\n${text}`);
  }
  const added = [...have].filter((id) => !(id in facts.modules) && !(id in facts.same));
  const { there, missing } = compare(globalThis, facts.globals);
  const globals = [missingText(missing), ownText(globalThis, facts.globals)].filter(Boolean).join('\n\n');
  return `# Beside Node

Made by \`weft tools/node_compat.js\`, which looks up in weft each name that Node ${facts.version} exports (\`tests/node/compat/node26.json\`):
exports, and below them the members of classes, prototypes and plain objects. Names that begin with \`_\` are counted where they are
documented or packages use them. What a name does is Node's manual's, with Node's messages and error codes; the tests in \`tests/node\` and
\`tests/npm\` compare it with what Node printed.

## Modules

| module | exports | |
|---|--:|---|
${rows.join('\n')}
${added.length ? `\nNot in Node: ${added.map(code).join(', ')}.\n` : ''}
## What modules lack

${sections.join('\n\n')}

## Globals

${there} of ${Object.keys(facts.globals).length}, those of ECMA-262 not counted ([conformance.md](conformance.md)).

| | |
|---|---|
${GLOBAL_REMARKS.map((row) => `| ${row.join(' | ')} |`).join('\n')}

${globals}
`;
}

function check() {
  const expected = documentText().split('\n'), found = fs.readFileSync(DOCUMENT, 'utf8').split('\n');
  const lost = found.filter((line) => !expected.includes(line)), added = expected.filter((line) => !found.includes(line));
  if (expected.join('\n') === found.join('\n')) return;
  console.error('docs/node-compat.md is not what this weft has (weft tools/node_compat.js writes it):');
  for (const line of lost) console.error(`- ${line}`);
  for (const line of added) console.error(`+ ${line}`);
  process.exitCode = 1;
}

process.removeAllListeners('warning'); // deprecated names are looked at too
if (process.argv[2] === '--record') record();
else if (process.argv[2] === '--check') check();
else fs.writeFileSync(DOCUMENT, documentText());
