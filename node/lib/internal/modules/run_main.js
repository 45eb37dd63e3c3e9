// SPDX-License-Identifier: MIT
// How a program starts when node/main.c does not run it alone: files of any kind, -e, standard input, --check, the REPL.
// What returns a promise is an ES module that goes on.
'use strict';

const binding = internalBinding('process');
const { Module, formatOf, compile, toRealPath, kIsMain } = require('internal/modules/cjs');
const modules = internalBinding('modules');

// Loads what -r and --import name and then calls run(). Returns what it returns, or a promise while modules are being imported.
function preload(run) {
  const { requires, imports, envFiles, isForked } = binding.facts();
  if (envFiles.length > 0) require('internal/util/env_files').loadEnvFiles(envFiles);
  if (isForked) require('process'); // its channel to the parent
  if (requires.length > 0) Module._preloadModules(requires);
  return imports.length > 0 ? importFirst(imports, run) : run();
}

async function importFirst(specifiers, run) {
  const { importDynamically } = require('internal/modules/esm');
  for (const specifier of specifiers) await importDynamically(specifier, undefined, undefined);
  return run();
}

function setArgv1(path) {
  binding.setMainScript(path);
}

// Absolute without process.cwd(): process may not be made before the main script is known.
function absolute(path) {
  return require('path').resolve(path[0] === '/' ? path : `${binding.cwd()}/${path}`);
}

// The main file: as require would find it, but from the working directory.
function resolveMain(path) {
  return Module._findPath(absolute(path), null, true) || undefined;
}

function missing(path) {
  const error = new Error(`Cannot find module '${absolute(path)}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = [];
  return error;
}

function runMain(path) {
  const resolved = resolveMain(path);
  setArgv1(resolved ?? absolute(path));
  return preload(() => runResolved(path, resolved));
}

function runResolved(path, resolved) {
  if (resolved === undefined) throw missing(path);
  if (resolved.endsWith('.mjs') || (!resolved.endsWith('.cjs') && formatOf(resolved) === 'module')) {
    return require('internal/modules/esm').importMain(resolved);
  }
  Module._load(resolved, null, true);
  const main = Module._cache[resolved];
  return main && main.promise;
}

// The main file began without the loaders (node/plain_script.c) and now needs them: its Module, with the exports that it has, and
// the require function of that.
function upgradePlain(filename, exports) {
  const module = new Module(filename, null);
  module.id = '.';
  module.filename = filename;
  module.paths = Module._nodeModulePaths(require('path').dirname(filename));
  module.exports = exports;
  Object.defineProperty(module, kIsMain, { value: true, enumerable: false });
  process.mainModule = module;
  Module._cache[filename] = module;
  return require('internal/modules/cjs').makeRequire(module);
}

function checkFile(path) {
  const resolved = resolveMain(path);
  if (resolved === undefined) throw missing(path);
  const format = formatOf(resolved);
  const url = require('internal/url').pathToFileURL(resolved).href;
  if (format === 'module') modules.createModule(url, undefined, resolved, {});
  else if (compile(undefined, resolved, format === undefined) === undefined) modules.createModule(url, undefined, resolved, {});
}

function checkText(name, source, type) {
  if (type === 'module') modules.createModule(name, source, undefined, {});
  else if (compile(source, name, type === undefined) === undefined) modules.createModule(name, source, undefined, {});
}

function printResult(value) {
  require('console').log(value);
}

// Text of -e or standard input, as a script that sees require, module and exports as globals. A worker's does not see the other modules.
function evalText(name, source, type, print) {
  const isWorker = name === '[worker eval]';
  setArgv1(isWorker ? name : undefined);
  return preload(() => runText(name, source, type, print, isWorker));
}

function runText(name, source, type, print, isWorker) {
  const cwd = process.cwd();
  const importText = () => require('internal/modules/esm').importText(source, cwd, isWorker ? '[eval1]' : `${name}1`);
  if (type === 'module') return importText();
  const module = new Module(name);
  module.filename = require('path').join(cwd, name);
  module.paths = Module._nodeModulePaths(cwd);
  const { makeRequire } = require('internal/modules/cjs');
  const { compile: compileScript, run } = internalBinding('contextify');
  let script;
  try {
    script = compileScript(source, name);
  } catch (error) {
    if (type === undefined && error instanceof SyntaxError && modules.isModuleSyntax(source, name)) return importText();
    throw error;
  }
  const globals = { __filename: name, module, exports: module.exports, __dirname: '.', require: makeRequire(module) };
  for (const key of Object.keys(globals)) {
    Object.defineProperty(globalThis, key, { value: globals[key], writable: true, enumerable: true, configurable: true });
  }
  if (!isWorker) defineBuiltinGlobals();
  const result = run(script, undefined, module.filename);
  if (print) printResult(result);
}

// An ES module by URL (data: URLs of workers).
function runUrl(url) {
  setArgv1(url);
  return preload(() => require('internal/modules/esm').importUrl(url));
}

// A Web worker's script.
function runWeb(url, name, isModule) {
  setArgv1(undefined);
  return preload(() => require('internal/web_worker_scope').run(url, name, isModule));
}

// fs, path and the others as globals, as in -e and the REPL.
function defineBuiltinGlobals() {
  for (const id of Module.builtinModules) {
    if (id.includes('/') || id.startsWith('_') || (id in globalThis && id !== 'crypto')) continue;
    const set = (value) => Object.defineProperty(globalThis, id, { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(globalThis, id, {
      get() {
        const value = require(id);
        Object.defineProperty(globalThis, id, { get: () => value, set, enumerable: false, configurable: true });
        return value;
      },
      set,
      enumerable: false,
      configurable: true,
    });
  }
}

function startRepl() {
  setArgv1(undefined);
  return preload(() => require('internal/repl').start());
}

module.exports = { runMain, upgradePlain, checkFile, checkText, evalText, runUrl, runWeb, startRepl, defineBuiltinGlobals };
