// SPDX-License-Identifier: MIT
// ES modules: resolution (nodejs.org/api/esm.html), loading of graphs, import(), import.meta, require() of ES modules.
// A record is what we know of one module: { url, path, format, handle, linked (handles), requests, ... }. The graph is loaded
// synchronously; evaluation is the engine's.
'use strict';

const binding = internalBinding('modules');
const fs = internalBinding('fs');
const { setCallback } = internalBinding('builtins');
const packages = require('internal/modules/package');
const cjs = require('internal/modules/cjs');
const { pathToFileURL, fileURLToPath, URL } = require('internal/url');
const { codes } = require('internal/errors');

const LINKED = 3, EVALUATING_ASYNC = 5, EVALUATED = 6; // vm/module.h

const records = new Map(); // url + type -> record

// ---- Resolution ----

function isRelative(specifier) {
  return specifier[0] === '/' || (specifier[0] === '.' && (specifier[1] === '/' || (specifier[1] === '.' && specifier[2] === '/')));
}

function baseName(base) {
  return base.startsWith('file://') ? fileURLToPath(base) : base;
}

function decorate(error, properties) {
  return Object.assign(error, properties);
}

const encodedSeparator = /%2f|%5c/i;

function finalizeFile(url, base) {
  if (encodedSeparator.test(url.pathname)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(url.pathname, 'must not include encoded "/" or "\\" characters', baseName(base));
  }
  const path = fileURLToPath(url);
  const kind = fs.kind(path.endsWith('/') ? path.slice(0, -1) || '/' : path);
  if (kind === 1) throw decorate(new codes.ERR_UNSUPPORTED_DIR_IMPORT(path, baseName(base)), { url: String(url) });
  if (kind !== 0) throw decorate(new codes.ERR_MODULE_NOT_FOUND(path, baseName(base), url.href), { url: url.href });
  const real = pathToFileURL(cjs.toRealPath(path));
  real.search = url.search;
  real.hash = url.hash;
  return real;
}

function legacyMain(dir, pkg, base) {
  const path = require('path');
  const tries = pkg.main ? ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'].map((s) => path.resolve(dir, pkg.main + s)) : [];
  tries.push(path.resolve(dir, 'index.js'), path.resolve(dir, 'index.json'), path.resolve(dir, 'index.node'));
  for (const file of tries) if (fs.kind(file) === 0) return pathToFileURL(file);
  // Node makes this error in C++: its stack does not show the code.
  throw decorate(new Error(`Cannot find package '${path.join(dir, pkg.main || 'index.js')}' imported from ${baseName(base)}`),
    { code: 'ERR_MODULE_NOT_FOUND' });
}

function resolvePackage(specifier, base, conditions) {
  if (cjs.builtinName(specifier) !== undefined) return new URL('node:' + cjs.builtinName(specifier));
  const parsed = packages.parseName(specifier);
  if (!parsed) throw new codes.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', baseName(base));
  const { name, subpath } = parsed;
  const from = base.startsWith('file://') ? fileURLToPath(base) : process.cwd() + '/noop.js';
  const self = packages.scopeOf(from);
  if (self && self.name === name && self.exports !== undefined) {
    return pathToFileURL(packages.resolveExports(self, subpath, conditions, baseName(base)));
  }
  for (const modules of cjs.Module._nodeModulePaths(require('path').dirname(from))) {
    const dir = modules + '/' + name;
    if (fs.kind(dir) !== 1) continue;
    const pkg = packages.read(dir, specifier, baseName(base));
    if (pkg && pkg.exports !== undefined) return pathToFileURL(packages.resolveExports(pkg, subpath, conditions, baseName(base)));
    if (subpath === '.') return legacyMain(dir, pkg || {}, base);
    return new URL(pathToFileURL(dir).href + subpath.slice(1));
  }
  throw new codes.ERR_MODULE_NOT_FOUND(name, baseName(base), null);
}

function resolve(specifier, base, conditions = packages.importConditions) {
  let url;
  if (isRelative(specifier)) {
    try {
      url = new URL(specifier, base);
    } catch {
      throw new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
    }
  } else if (specifier[0] === '#') {
    const from = fileURLToPath(base);
    const resolved = packages.resolveImports(specifier, from, conditions, baseName(base), (bare) => resolve(bare, base, conditions).href);
    url = resolved[0] === '/' ? pathToFileURL(resolved) : new URL(resolved);
  } else {
    try {
      url = new URL(specifier);
    } catch {
      url = resolvePackage(specifier, base, conditions);
    }
  }
  if (url.protocol === 'node:') {
    if (cjs.builtinName(url.href) === undefined) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(url.href);
    return url;
  }
  if (url.protocol === 'file:') return finalizeFile(url, base);
  if (url.protocol !== 'data:') throw new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME(url, ['file', 'data']);
  return url;
}

// ---- Formats ----

const mimeFormats = [[/^(text|application)\/javascript/, 'module'], [/^application\/json/, 'json']];

function formatOfUrl(url, path) {
  if (url.protocol === 'node:') return 'builtin';
  if (url.protocol === 'data:') {
    const mime = /^([^,;]*)/.exec(url.pathname)[1];
    for (const [pattern, format] of mimeFormats) if (pattern.test(mime)) return format;
    throw new codes.ERR_UNKNOWN_MODULE_FORMAT(mime, url.href);
  }
  const ext = require('path').extname(path);
  switch (ext) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.js': case '': {
      const declared = cjs.formatOf(path);
      return declared ?? 'detect';
    }
    case '.node': case '.wasm': break;
  }
  throw new codes.ERR_UNKNOWN_FILE_EXTENSION(ext, path);
}

function dataSource(url) {
  const match = /^[^,]*?(;base64)?,([\s\S]*)$/.exec(url.pathname + url.search);
  const body = decodeURIComponent(match[2]);
  return match[1] ? require('buffer').Buffer.from(body, 'base64').toString() : body;
}

// ---- Records ----

function typeOf(attributes, url) {
  if (attributes === undefined) return '';
  for (let i = 0; i < attributes.length; i += 2) {
    if (attributes[i] !== 'type') throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(attributes[i], attributes[i + 1], url);
    if (attributes[i + 1] !== 'json') throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', attributes[i + 1], url);
    return 'json';
  }
  return '';
}

function synthetic(record, names, evaluate) {
  record.names = names;
  record.evaluate = evaluate;
  record.requests = [];
  record.handle = binding.createSynthetic(names, record);
}

function makeJson(record, source) {
  const text = source ?? fs.readFileUtf8(record.path);
  let value;
  const cached = record.path && cjs.Module._cache[record.path];
  if (cached && cached.loaded) {
    value = cached.exports;
  } else {
    try {
      value = JSON.parse(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text);
    } catch (error) {
      error.message = `${record.path ?? record.url}: ${error.message}`;
      throw error;
    }
  }
  synthetic(record, ['default'], () => [value]);
}

function makeBuiltin(record, name) {
  const exports = cjs.getBuiltin(name);
  const names = Object.keys(exports).filter((key) => key !== 'default');
  synthetic(record, ['default', ...names], () => [exports, ...names.map((key) => read(exports, key))]);
}

function read(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

// Names that a CommonJS file exports, those of files that it re-exports included.
function commonjsNames(path, source, seen = new Set()) {
  seen.add(path);
  const names = new Set();
  if (!path.endsWith('.json') && !path.endsWith('.node')) {
    const found = binding.commonjsExports(source, path);
    for (const name of found[0]) names.add(name);
    for (const request of found[1]) {
      const parent = { filename: path, id: path, path: require('path').dirname(path), paths: cjs.Module._nodeModulePaths(require('path').dirname(path)) };
      let target;
      try {
        target = cjs.Module._resolveFilename(request, parent, false);
      } catch {
        continue;
      }
      if (target[0] !== '/') {
        for (const name of Object.keys(cjs.getBuiltin(target) || {})) names.add(name);
      } else if (!seen.has(target)) {
        for (const name of commonjsNames(target, undefined, seen)) names.add(name);
      }
    }
  }
  return names;
}

function makeCommonjs(record, source) {
  const names = commonjsNames(record.path, source);
  names.add('default');
  names.add('module.exports');
  const list = [...names];
  synthetic(record, list, () => {
    let exports;
    const cached = cjs.Module._cache[record.path];
    if (cached !== undefined) exports = cached.exports;
    else if (record.isMain) exports = cjs.Module._load(record.path, null, true);
    else exports = cjs.Module._load(record.path, undefined, false);
    const esModule = exports !== null && (typeof exports === 'object' || typeof exports === 'function');
    return list.map((name) => {
      if (name === 'default' || name === 'module.exports') return exports;
      return esModule && Object.hasOwn(exports, name) ? read(exports, name) : undefined;
    });
  });
}

function makeModule(record, source) {
  record.handle = binding.createModule(record.url, source, record.path, record);
  record.requests = binding.requests(record.handle);
  record.linked = undefined;
}

function makeDetected(record, source) {
  const isModule = cjs.compile(source, record.path, true) === undefined;
  record.format = isModule ? 'module' : 'commonjs';
  if (isModule) makeModule(record, source);
  else makeCommonjs(record, source);
}

function getRecord(url, attributes, source, isMain) {
  const type = typeOf(attributes, url.href);
  const key = url.href + '\n' + type;
  const known = records.get(key);
  if (known) return known;
  const path = url.protocol === 'file:' ? fileURLToPath(url) : undefined;
  const format = formatOfUrl(url, path);
  if (format === 'json' && type !== 'json') throw new codes.ERR_IMPORT_ATTRIBUTE_MISSING(url.href, 'type', 'json');
  if (format !== 'json' && type === 'json') throw new codes.ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url.href, 'json');
  const record = { url: url.href, path, format, isMain: !!isMain, handle: undefined, requests: [], linked: undefined, checked: false };
  if (url.protocol === 'data:') source = dataSource(url);
  switch (format) {
    case 'builtin': makeBuiltin(record, url.href); break;
    case 'json': makeJson(record, source); break;
    case 'commonjs': makeCommonjs(record, source); break;
    case 'detect': makeDetected(record, source); break;
    default: makeModule(record, source);
  }
  records.set(key, record);
  return record;
}

// Loads everything that the record needs, breadth first.
function loadGraph(root) {
  const queue = [root];
  for (let i = 0; i < queue.length; i++) {
    const record = queue[i];
    if (record.linked !== undefined || record.requests.length === 0) continue;
    const children = [];
    for (const { 0: specifier, 1: attributes } of record.requests) children.push(getRecord(resolve(specifier, record.url), attributes));
    record.children = children;
    record.linked = children.map((child) => child.handle);
    queue.push(...children);
  }
  return root;
}

function link(record) {
  try {
    binding.link(record.handle);
  } catch (error) {
    throw explainMissingExport(error);
  }
}

// "file:line", the line and carets below `name` in the import that asks for it, as stacks of syntax errors begin. '' if not found.
function placeOfImport(record, specifier, name) {
  const text = record.path === undefined ? undefined : fs.readText(record.path);
  if (text === undefined) return '';
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = name === 'default' ? '[\\w$]+' : name.replaceAll('$', '\\$');
  const statement = new RegExp(`(?:^|[;\\s])(?:im|ex)port\\b([^;'"]*?[\\s{,])(${word})(?![\\w$])[^;'"]*?from\\s*(['"])${quoted}\\3`, 'd').exec(text);
  if (statement === null) return '';
  const [start, end] = statement.indices[2];
  const before = text.slice(0, start), lineStart = before.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart).match(/.*/)[0];
  return `${record.url}:${before.split('\n').length}\n${line}\n${' '.repeat(start - lineStart)}${'^'.repeat(end - start)}\n`;
}

function isCommonJsWithout(record, name) {
  return record.format === 'commonjs' && name !== 'default' && !record.names.includes(name);
}

// Where a name was asked for that a module does not export; and what Node says when that is a CommonJS module.
function explainMissingExport(error) {
  if (!(error instanceof SyntaxError)) return error;
  const match = /^The requested module '(.*)' does not provide an export named '(.*)'$/.exec(error.message);
  if (!match) return error;
  const { 1: specifier, 2: name } = match;
  let place = '';
  for (const record of records.values()) {
    const at = record.children ? record.requests.findIndex((r) => r[0] === specifier) : -1;
    if (at === -1) continue;
    place = placeOfImport(record, specifier, name);
    if (!isCommonJsWithout(record.children[at], name)) {
      if (place !== '') break;
      continue;
    }
    error.message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support ` +
      `all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n` +
      `import pkg from '${specifier}';\nconst { ${name} } = pkg;\n`;
    break;
  }
  error.stack = `${place}SyntaxError: ${error.message}` + error.stack.slice(Math.max(0, error.stack.indexOf('\n    at ')));
  return error;
}

// ---- Entry points ----

async function evaluate(record) {
  await binding.evaluate(record.handle);
  return binding.namespace(record.handle);
}

// import(): referrer is a record, a file name, or undefined
function referrerUrl(referrer) {
  if (typeof referrer === 'string') return referrer[0] === '/' ? pathToFileURL(referrer).href : referrer;
  if (referrer !== null && typeof referrer === 'object') return referrer.url;
  return pathToFileURL(process.cwd() + '/').href;
}

async function importDynamically(specifier, referrer, attributes) {
  if (referrer !== null && typeof referrer === 'object' && typeof referrer.importModuleDynamically === 'function') {
    return referrer.importModuleDynamically(specifier, attributes);
  }
  const record = loadGraph(getRecord(resolve(specifier, referrerUrl(referrer)), attributes));
  link(record);
  return evaluate(record);
}

function initializeMeta(meta, record) {
  const { path, url } = record;
  if (path !== undefined) {
    meta.dirname = require('path').dirname(path);
    meta.filename = path;
  }
  meta.main = record.isMain;
  meta.resolve = function resolve_(specifier, parent) {
    try {
      return resolve(`${specifier}`, parent === undefined ? url : `${parent}`).href;
    } catch (error) {
      if ((error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && error.url) return error.url;
      throw error;
    }
  };
  Object.defineProperty(meta.resolve, 'name', { value: 'resolve' });
  meta.url = url;
}

setCallback(4, importDynamically);
setCallback(5, initializeMeta);

function importMain(path, source) {
  return runMainRecord(getRecord(pathToFileURL(path), undefined, source, true));
}

function importUrl(url) {
  return runMainRecord(getRecord(new URL(url), undefined, undefined, true));
}

// The script of a Web worker: a module whatever its name says. source: undefined for files
function importScript(url, source) {
  const path = url.protocol === 'file:' ? fileURLToPath(url) : undefined;
  const record = { url: url.href, path, format: 'module', isMain: true, handle: undefined, requests: [], linked: undefined, checked: false };
  makeModule(record, source);
  records.set(url.href + '\n', record);
  return runMainRecord(record);
}

function runMainRecord(record) {
  record.isMain = true;
  loadGraph(record);
  link(record);
  return binding.evaluate(record.handle);
}

function importText(source, cwd, name) {
  const url = pathToFileURL(`${cwd}/${name}`);
  const record = { url: url.href, path: undefined, format: 'module', isMain: true, handle: undefined, requests: [], linked: undefined };
  makeModule(record, source);
  loadGraph(record);
  link(record);
  return binding.evaluate(record.handle);
}

function graphHasAwait(record, seen = new Set()) {
  if (seen.has(record)) return false;
  seen.add(record);
  if (record.format === 'module' && binding.hasTopLevelAwait(record.handle)) return true;
  return (record.children || []).some((child) => graphHasAwait(child, seen));
}

function requireModule(path, source, stack) {
  const record = loadGraph(getRecord(pathToFileURL(path), undefined, source));
  link(record);
  const status = binding.status(record.handle);
  if (status > LINKED && status < EVALUATED && status !== EVALUATING_ASYNC) {
    throw new codes.ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${path} in a cycle.${stack.length > 0 ? ` (from ${stack[0]})` : ''}`);
  }
  if (graphHasAwait(record)) throw new codes.ERR_REQUIRE_ASYNC_MODULE(path, stack);
  const state = binding.promiseState(binding.evaluate(record.handle));
  if (state[0] === 2) throw state[1];
  if (state[0] === 0) throw new codes.ERR_REQUIRE_ASYNC_MODULE(path, stack);
  return binding.namespace(record.handle);
}

// A namespace beside the original's that also says __esModule, for transpiled importers.
const marked = new Map();
function withEsModuleMark(namespace, path) {
  let found = marked.get(path);
  if (found === undefined) {
    const url = pathToFileURL(path).href;
    const record = { url: url + '#required', path, format: 'module', isMain: false, children: [records.get(url + '\n')], requests: [], linked: undefined };
    record.handle = binding.createModule('node:internal/require_module_default_facade',
      "export * from 'original'; export { default } from 'original'; export const __esModule = true;", undefined, record);
    const requests = binding.requests(record.handle);
    record.linked = requests.map(() => records.get(url + '\n').handle);
    binding.link(record.handle);
    binding.promiseState(binding.evaluate(record.handle));
    found = binding.namespace(record.handle);
    marked.set(path, found);
  }
  return found;
}

function syncBuiltins() {}

module.exports = { resolve, importMain, importUrl, importScript, importText, requireModule, importDynamically, withEsModuleMark, syncBuiltins, getRecord };
