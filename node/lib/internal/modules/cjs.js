// SPDX-License-Identifier: MIT
// CommonJS: finding and loading modules for require (nodejs.org/api/modules.html). Files are read and compiled by
// internalBinding('modules'); a .js file that is an ES module goes to internal/modules/esm.
'use strict';

const fs = internalBinding('fs');
const binding = internalBinding('modules');
const builtins = internalBinding('builtins');
const { getProxyDetails } = internalBinding('util');
const packages = require('internal/modules/package');

const kIsMain = Symbol('isMain');
const kParent = Symbol('parent');
const kEsm = Symbol('esm');
const kCircular = Symbol('circular');

// ---- Built-in modules ----

const schemeOnly = new Set(['sea', 'sqlite', 'test', 'test/reporters']);
let publicIds;
function builtinIds() {
  return (publicIds ??= builtins.ids().filter((id) => !id.startsWith('internal/')));
}

// The name of a public built-in ("fs" for "fs" and "node:fs"), or undefined.
function builtinName(request) {
  let name = request;
  if (request.startsWith('node:')) name = request.slice(5);
  else if (schemeOnly.has(request)) return undefined;
  if (name.startsWith('internal/') || !builtins.exists(name)) return undefined;
  return name;
}

function getBuiltin(request) {
  const name = builtinName(request);
  return name === undefined ? undefined : require(name);
}

// ---- The class ----

function Module(id = '', parent) {
  this.id = id;
  this.path = require('path').dirname(id);
  setOwn(this, 'exports', {});
  Object.defineProperty(this, kParent, { value: parent, writable: true, enumerable: false, configurable: true });
  if (parent && parent.children && !parent.children.includes(this)) parent.children.push(this);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

function setOwn(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.globalPaths = [];
Module._debug = () => {};
Object.defineProperty(Module.prototype, 'constructor', { value: Module, writable: true, configurable: true, enumerable: false });
Object.defineProperty(Module.prototype, 'parent', {
  configurable: true,
  enumerable: false,
  get() {
    return this[kParent];
  },
  set(value) {
    this[kParent] = value;
  },
});
Object.defineProperty(Module.prototype, 'isPreloading', { configurable: true, enumerable: false, get: () => isPreloading });

let isPreloading = false;
const relativePathCache = new Map();

// ---- Finding ----

const statCache = new Map();
let requireDepth = 0;
function kindOf(path) {
  if (requireDepth === 0) return fs.kind(path);
  let kind = statCache.get(path);
  if (kind === undefined) {
    kind = fs.kind(path);
    if (kind >= 0) statCache.set(path, kind);
  }
  return kind;
}

const realpathCache = new Map();
function toRealPath(path) {
  let real = realpathCache.get(path);
  if (real === undefined) realpathCache.set(path, (real = fs.realpath(path)));
  return real;
}

let preserveSymlinks;
function finalPath(path, isMain) {
  preserveSymlinks ??= internalBinding('process').facts().preserveSymlinks;
  return preserveSymlinks && !isMain ? path : toRealPath(path);
}

function tryFile(path, isMain) {
  return kindOf(path) === 0 ? finalPath(path, isMain) : false;
}

function tryExtensions(base, exts, isMain) {
  for (let i = 0; i < exts.length; i++) {
    const found = tryFile(base + exts[i], isMain);
    if (found) return found;
  }
  return false;
}

function join(dir, name) {
  return dir === '/' ? '/' + name : dir + '/' + name;
}

function tryPackage(dir, exts, isMain, request) {
  const pkg = packages.read(dir);
  const main = pkg && pkg.main;
  if (!main) return tryExtensions(join(dir, 'index'), exts, isMain);
  const path = require('path').resolve(dir, main);
  let found = tryFile(path, isMain) || tryExtensions(path, exts, isMain) || tryExtensions(join(path, 'index'), exts, isMain);
  if (found) return found;
  found = tryExtensions(join(dir, 'index'), exts, isMain);
  if (!found) {
    const error = new Error(`Cannot find module '${path}'. Please verify that the package.json has a valid "main" entry`);
    error.code = 'MODULE_NOT_FOUND';
    error.path = pkg.path;
    error.requestPath = request;
    throw error;
  }
  process.emitWarning(`Invalid 'main' field in '${pkg.path}' of '${main}'. Please either fix that or report it to the module author`,
    'DeprecationWarning', 'DEP0128');
  return found;
}

function resolveThroughExports(dir, request) {
  const parsed = packages.parseName(request);
  if (!parsed) return undefined;
  const pkg = packages.read(join(dir, parsed.name));
  if (!pkg || pkg.exports === undefined) return undefined;
  return finalPackagePath(packages.resolveExports(pkg, parsed.subpath, packages.requireConditions), request, pkg.dir);
}

function finalPackagePath(path, request, packagePath) {
  const kind = kindOf(path);
  if (kind === 0) return finalPath(path);
  const error = new Error(`Cannot find module '${path}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = packagePath;
  throw error;
}

Module._findPath = function(request, paths, isMain) {
  const absolute = request[0] === '/';
  if (absolute) paths = [''];
  else if (!paths || paths.length === 0) return false;
  const key = request + '\x00' + paths.join('\x00');
  const known = Module._pathCache[key];
  if (known) return known;
  const isRelative = request[0] === '.' && (request.length === 1 || request[1] === '/' || (request[1] === '.' && (request.length === 2 || request[2] === '/')));
  const trailingSlash = /(?:^|\/)\.{0,2}\/?$/.test(request) && (request.endsWith('/') || request.endsWith('/.') || request.endsWith('/..') || request === '.' || request === '..');
  let exts;
  for (let i = 0; i < paths.length; i++) {
    const dir = paths[i];
    if (dir && kindOf(dir) < 1) continue;
    if (!absolute && !isRelative) {
      const resolved = resolveThroughExports(dir, request);
      if (resolved) return resolved;
    }
    const base = require('path').resolve(dir, request);
    let found;
    const kind = kindOf(base);
    if (!trailingSlash) {
      if (kind === 0) found = finalPath(base, isMain);
      if (!found) found = tryExtensions(base, (exts ??= Object.keys(Module._extensions)), isMain);
    }
    if (!found && kind === 1) found = tryPackage(base, (exts ??= Object.keys(Module._extensions)), isMain, request);
    if (found) {
      Module._pathCache[key] = found;
      return found;
    }
  }
  return false;
};

Module._nodeModulePaths = function(from) {
  from = require('path').resolve(from);
  if (from === '/') return ['/node_modules'];
  const paths = [];
  for (let end = from.length; end > 0;) {
    const start = from.lastIndexOf('/', end - 1);
    if (from.slice(start + 1, end) !== 'node_modules') paths.push(from.slice(0, end) + '/node_modules');
    end = start;
  }
  paths.push('/node_modules');
  return paths;
};

Module._initPaths = function() {
  const { env } = process;
  const path = require('path');
  let paths = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (env.HOME) paths.unshift(path.resolve(env.HOME, '.node_modules'), path.resolve(env.HOME, '.node_libraries'));
  if (env.NODE_PATH) paths = env.NODE_PATH.split(':').filter(Boolean).concat(paths);
  globalPaths = paths;
  Module.globalPaths = paths.slice();
};
let globalPaths;

Module._resolveLookupPaths = function(request, parent) {
  if (builtinName(request) !== undefined) return null;
  const relative = request[0] === '.' && (request.length < 2 || request[1] === '/' || (request[1] === '.' && (request.length < 3 || request[2] === '/')));
  if (!relative) {
    if (!globalPaths) Module._initPaths();
    const paths = parent && parent.paths && parent.paths.length ? parent.paths.concat(globalPaths) : globalPaths;
    return paths.length > 0 ? paths : null;
  }
  if (!parent || !parent.id || !parent.filename) return ['.'].concat(Module._nodeModulePaths('.'), globalPaths || []);
  return [require('path').dirname(parent.filename)];
};

function trySelf(parentPath, request) {
  if (!parentPath) return false;
  const pkg = packages.scopeOf(parentPath);
  if (!pkg || pkg.exports === undefined || pkg.name === undefined) return false;
  let subpath;
  if (request === pkg.name) subpath = '.';
  else if (request.startsWith(`${pkg.name}/`)) subpath = '.' + request.slice(pkg.name.length);
  else return false;
  return finalPackagePath(packages.resolveExports(pkg, subpath, packages.requireConditions, parentPath), request, pkg.path);
}

function requireStack(parent) {
  const stack = [];
  for (let cursor = parent; cursor; cursor = cursor[kParent]) stack.push(cursor.filename || cursor.id);
  return stack;
}

function notFound(request, parent) {
  const stack = requireStack(parent);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += '\nRequire stack:\n- ' + stack.join('\n- ');
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = stack;
  return error;
}

Module._resolveFilename = function(request, parent, isMain, options) {
  if (builtinName(request) !== undefined) return request;
  let paths;
  if (typeof options === 'object' && options !== null) {
    if (Array.isArray(options.paths)) {
      const relative = request.startsWith('./') || request.startsWith('../') || request === '.' || request === '..';
      if (relative) {
        paths = options.paths;
      } else {
        const fake = new Module('', null);
        paths = [];
        for (const path of options.paths) {
          fake.paths = Module._nodeModulePaths(path);
          for (const lookup of Module._resolveLookupPaths(request, fake)) if (!paths.includes(lookup)) paths.push(lookup);
        }
      }
    } else if (options.paths === undefined) {
      paths = Module._resolveLookupPaths(request, parent);
    } else {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_ARG_VALUE('options.paths', options.paths);
    }
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }
  if (request[0] === '#' && parent && parent.filename) {
    const resolved = packages.resolveImports(request, parent.filename, packages.requireConditions, parent.filename,
      (bare) => Module._resolveFilename(bare, parent, false));
    return resolved[0] === '/' ? finalPackagePath(resolved, request) : resolved;
  }
  const self = request[0] !== '.' && request[0] !== '/' && trySelf(parent && parent.filename, request);
  if (self) return self;
  const filename = Module._findPath(request, paths, isMain);
  if (filename) return filename;
  throw notFound(request, parent);
};

// ---- Loading ----

Module._load = function(request, parent, isMain) {
  let relativeKey;
  if (parent) {
    relativeKey = `${parent.path}\x00${request}`;
    const filename = relativePathCache.get(relativeKey);
    if (filename !== undefined) {
      const cached = Module._cache[filename];
      if (cached !== undefined) return exportsOfCached(cached, parent);
      relativePathCache.delete(relativeKey);
    }
  }
  if (request.startsWith('node:')) {
    const name = builtinName(request);
    if (name === undefined) {
      const { codes } = require('internal/errors');
      throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
    }
    return require(name);
  }
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) return exportsOfCached(cached, parent);
  const name = builtinName(filename);
  if (name !== undefined) return require(name);
  const module = new Module(filename, parent);
  if (isMain) {
    setMain(module);
    module.id = '.';
    Object.defineProperty(module, kIsMain, { value: true, enumerable: false });
  }
  Module._cache[filename] = module;
  if (relativeKey !== undefined) relativePathCache.set(relativeKey, filename);
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) {
      delete Module._cache[filename];
      if (relativeKey !== undefined) relativePathCache.delete(relativeKey);
      const children = parent && parent.children;
      if (Array.isArray(children)) {
        const at = children.indexOf(module);
        if (at !== -1) children.splice(at, 1);
      }
    } else if (module[kCircular]) {
      endCircularWarnings(module.exports);
    }
  }
  return module.exports;
};

function setMain(module) {
  process.mainModule = module;
}

// The prototype of exports that are read while their module is still running: what is not there yet is warned about.
let warningPrototype;
function makeWarningPrototype() {
  const target = {};
  function warn(key) {
    process.emitWarning(`Accessing non-existent property '${String(key)}' of module exports inside circular dependency`);
  }
  return new Proxy(target, {
    get(_, key) {
      if (!(key in target) && key !== '__esModule') warn(key);
      return target[key];
    },
    getOwnPropertyDescriptor(_, key) {
      if (!Object.hasOwn(target, key) && key !== '__esModule') warn(key);
      return undefined;
    },
  });
}

function exportsInCircle(module) {
  const { exports } = module;
  if (exports === null || typeof exports !== 'object' || getProxyDetails(exports) !== undefined) return exports;
  if (Object.getPrototypeOf(exports) !== Object.prototype || exports.__esModule) return exports;
  module[kCircular] = true;
  warningPrototype ??= makeWarningPrototype();
  Object.setPrototypeOf(exports, warningPrototype);
  return exports;
}

function endCircularWarnings(exports) {
  if (exports === null || typeof exports !== 'object' || getProxyDetails(exports) !== undefined) return;
  if (Object.getPrototypeOf(exports) === warningPrototype) Object.setPrototypeOf(exports, Object.prototype);
}

function exportsOfCached(module, parent) {
  if (parent && parent.children && !parent.children.includes(module)) parent.children.push(module);
  if (!module.loaded && !module[kEsm]) return exportsInCircle(module);
  if (module[kEsm] && !module.loaded) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${module.filename} in a cycle.` +
      ` (from ${parent && parent.filename})`);
  }
  return module.exports;
}

function extensionOf(filename) {
  const name = require('path').basename(filename);
  let at = 0;
  while ((at = name.indexOf('.', at)) !== -1) {
    if (at !== 0) {
      const ext = name.slice(at);
      if (Module._extensions[ext]) return ext;
    }
    at++;
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  this.filename ??= filename;
  this.paths ??= Module._nodeModulePaths(require('path').dirname(filename));
  Module._extensions[extensionOf(filename)](this, filename);
  this.loaded = true;
};

Module.prototype.require = function(id) {
  if (typeof id !== 'string') require('internal/validators').validateString(id, 'id');
  if (id === '') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  }
  requireDepth++;
  try {
    return Module._load(id, this, false);
  } finally {
    if (--requireDepth === 0) statCache.clear();
  }
};

function makeRequire(module) {
  const require = function require(path) {
    return module.require(path);
  };
  require.resolve = function resolve(request, options) {
    checkString(request);
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = function paths(request) {
    checkString(request);
    return Module._resolveLookupPaths(request, module);
  };
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function checkString(request) {
  require('internal/validators').validateString(request, 'request');
}

function call(compiled, module, filename) {
  const outer = requireDepth;
  if (outer === 0) statCache.clear();
  return Reflect.apply(compiled, module.exports, [module.exports, makeRequire(module), module, filename, require('path').dirname(filename)]);
}

// The wrapper of a text, or undefined when the text is an ES module.
function compile(content, filename, mayBeModule) {
  try {
    return content === undefined ? binding.compileFile(filename) : binding.compileText(content, filename);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const isModule = binding.isModuleSyntax(content, filename);
      if (isModule && mayBeModule) return undefined;
      if (isModule) {
        require('internal/warning').warnNow(`Failed to load the ES module: ${filename}. ` +
          'Make sure to set "type": "module" in the nearest package.json file or use the .mjs extension.');
      }
    }
    throw error;
  }
}

Module.prototype._compile = function(content, filename, format) {
  if (format === 'module') {
    loadModuleSync(this, filename, content);
    return;
  }
  const mayBeModule = format === undefined && !filename.endsWith('.cjs') && formatOf(filename) === undefined;
  const compiled = compile(content, filename, mayBeModule);
  if (compiled === undefined) {
    loadModuleSync(this, filename, content);
    return;
  }
  return call(compiled, this, filename);
};

// 'module', 'commonjs', or undefined where the text decides
function formatOf(filename) {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  const pkg = packages.scopeOf(filename);
  if (!pkg || pkg.type === 'none') return undefined;
  return filename.endsWith('.js') || !require('path').extname(filename) ? pkg.type : undefined;
}

// require() of an ES module: its namespace, or the export named "module.exports".
function loadModuleSync(module, filename, content) {
  const esm = require('internal/modules/esm');
  Object.defineProperty(module, kEsm, { value: true, enumerable: false, configurable: true });
  if (module[kIsMain]) {
    module.promise = esm.importMain(filename, content);
    return;
  }
  const namespace = esm.requireModule(filename, content, requireStack(module[kParent]));
  if (Object.hasOwn(namespace, 'module.exports')) {
    module.exports = namespace['module.exports'];
  } else if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) {
    module.exports = namespace;
  } else {
    module.exports = esm.withEsModuleMark(namespace, filename);
  }
}

Module._extensions['.js'] = function(module, filename) {
  const format = formatOf(filename);
  if (format === 'module') {
    loadModuleSync(module, filename);
    return;
  }
  if (module._compile !== Module.prototype._compile) { // hooked by a transpiler
    module._compile(readText(filename), filename);
    return;
  }
  const compiled = compile(undefined, filename, format === undefined);
  if (compiled === undefined) loadModuleSync(module, filename);
  else call(compiled, module, filename);
};

function stripBom(text) {
  return text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text;
}

function readText(filename) {
  return stripBom(fs.readFileUtf8(filename));
}

Module._extensions['.json'] = function(module, filename) {
  const content = readText(filename);
  try {
    setOwn(module, 'exports', JSON.parse(content));
  } catch (error) {
    error.message = filename + ': ' + error.message;
    throw error;
  }
};

Module._extensions['.node'] = function(module, filename) {
  const error = new Error(`${filename}: native addons are not supported by weft`);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
};

// ---- The rest of node:module ----

let wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
Module.wrap = (script) => wrapper[0] + script + wrapper[1];
Object.defineProperty(Module, 'wrapper', { configurable: true, get: () => wrapper, set: (value) => (wrapper = value) });

Module.isBuiltin = function isBuiltin(name) {
  return typeof name === 'string' && builtinName(name) !== undefined;
};
Object.defineProperty(Module, 'builtinModules', {
  configurable: true,
  enumerable: true,
  get: () => builtinIds().filter((id) => !schemeOnly.has(id)),
});

Module.createRequire = function createRequire(filename) {
  const { codes } = require('internal/errors');
  let path;
  if (filename instanceof URL || (typeof filename === 'string' && !filename.startsWith('/'))) {
    try {
      path = require('url').fileURLToPath(filename);
    } catch {
      throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
    }
  } else if (typeof filename !== 'string') {
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  } else {
    path = filename;
  }
  const isDirectory = path.endsWith('/');
  const proxyPath = isDirectory ? path + 'noop.js' : path;
  const module = new Module(proxyPath);
  module.filename = proxyPath;
  module.paths = Module._nodeModulePaths(module.path);
  return makeRequire(module);
};

Module.findPackageJSON = function findPackageJSON(specifier, base) {
  const { fileURLToPath } = require('url');
  const toPath = (v) => (typeof v === 'string' && v.startsWith('/') ? v : fileURLToPath(v));
  if (base === undefined) {
    const found = packages.scopeOf(toPath(specifier));
    return found ? found.path : undefined;
  }
  const parent = new Module(toPath(base));
  parent.filename = parent.id;
  parent.paths = Module._nodeModulePaths(parent.path);
  const parsed = specifier[0] !== '.' && specifier[0] !== '/' && packages.parseName(String(specifier));
  if (parsed) {
    for (const dir of parent.paths) {
      const pkg = packages.read(join(dir, parsed.name));
      if (pkg) return pkg.path;
    }
    return undefined;
  }
  const found = packages.scopeOf(require('path').resolve(parent.path, String(specifier)));
  return found ? found.path : undefined;
};

Module._preloadModules = function(requests) {
  if (!Array.isArray(requests) || requests.length === 0) return;
  isPreloading = true;
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(process.cwd());
  for (const request of requests) parent.require(request);
  isPreloading = false;
};

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm').syncBuiltins();
};
Module.register = function register() {};
Module.registerHooks = function registerHooks() {
  return { deregister() {} };
};
Module.enableCompileCache = () => ({ status: 3 });
Module.getCompileCacheDir = () => undefined;
Module.flushCompileCache = () => {};
Module.constants = { compileCacheStatus: { __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 } };
Object.defineProperty(Module, 'SourceMap', {
  configurable: true,
  enumerable: true,
  get() {
    const { SourceMap } = require('internal/source_map');
    Object.defineProperty(Module, 'SourceMap', { value: SourceMap, writable: true });
    return SourceMap;
  },
});
Module.findSourceMap = () => undefined; // stacks are not mapped: none is read
Module.getSourceMapsSupport = () => ({ __proto__: null, enabled: false, nodeModules: false, generatedCode: false });
Module.setSourceMapsSupport = () => {};
Module.stripTypeScriptTypes = function stripTypeScriptTypes() {
  const { codes } = require('internal/errors');
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('stripTypeScriptTypes()');
};
Module.runMain = function runMain(path = process.argv[1]) {
  return require('internal/modules/run_main').runMain(path);
};
Module.Module = Module;

module.exports = { Module, makeRequire, builtinName, getBuiltin, builtinIds, formatOf, compile, call, setMain, toRealPath, kIsMain, kEsm };
