// SPDX-License-Identifier: MIT
// package.json: reading, scopes, `exports` and `imports`. For require and import alike (nodejs.org/api/esm.html, resolution algorithm).
'use strict';

const fs = internalBinding('fs');
const { facts } = internalBinding('process');

const userConditions = facts().conditions;
const requireConditions = new Set(['node', 'require', 'module-sync', 'node-addons', ...userConditions]);
const importConditions = new Set(['node', 'import', 'module-sync', 'node-addons', ...userConditions]);

const cache = new Map(); // directory -> package or null

function errors() {
  return require('internal/errors').codes;
}

// Node makes this error in C++: its stack does not show the code.
function invalidConfig(path, specifier, base) {
  const error = new Error(`Invalid package config ${path}${base ? ` while importing "${specifier}" from ${base}` : ''}.`);
  error.code = 'ERR_INVALID_PACKAGE_CONFIG';
  return error;
}

// The package.json in a directory, or null: { path, dir, name, main, type, exports, imports }. The import is for messages.
function read(dir, specifier, base) {
  let found = cache.get(dir);
  if (found !== undefined) return found;
  const path = dir === '/' ? '/package.json' : dir + '/package.json';
  const text = fs.readText(path);
  if (text === undefined) {
    found = null;
  } else {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      throw invalidConfig(path, specifier, base);
    }
    if (data === null || typeof data !== 'object') data = {};
    found = {
      path, dir, data,
      name: typeof data.name === 'string' ? data.name : undefined,
      main: typeof data.main === 'string' ? data.main : undefined,
      type: data.type === 'module' || data.type === 'commonjs' ? data.type : 'none',
      exports: data.exports === null ? undefined : data.exports,
      imports: data.imports !== null && typeof data.imports === 'object' ? data.imports : undefined,
    };
  }
  cache.set(dir, found);
  return found;
}

// The nearest package.json above a file, or null. Not above node_modules.
function scopeOf(file) {
  let at = file.lastIndexOf('/');
  while (at >= 0) {
    const dir = at === 0 ? '/' : file.slice(0, at);
    if (dir.endsWith('/node_modules')) return null;
    const found = read(dir);
    if (found !== null) return found;
    if (at === 0) return null;
    at = dir.lastIndexOf('/');
  }
  return null;
}

// "@scope/name/sub" -> { name, subpath: "./sub" | "." }; null when it cannot be a package
function parseName(specifier) {
  let at = specifier.indexOf('/');
  if (specifier[0] === '@') {
    if (at <= 1) return null;
    at = specifier.indexOf('/', at + 1);
  }
  const name = at === -1 ? specifier : specifier.slice(0, at);
  if (name === '' || name[0] === '.' || name.includes('\\') || name.includes('%')) return null;
  return { name, subpath: at === -1 ? '.' : '.' + specifier.slice(at) };
}

function isArrayIndex(key) {
  const number = +key;
  return `${number}` === key && number >= 0 && number < 0xffff_ffff;
}

const invalidSegment = /(^|\\|\/)((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))?(\\|\/|$)/i;

function invalidTarget(key, target, pkg, isImport, base) {
  target = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  const { ERR_INVALID_PACKAGE_TARGET } = errors();
  return new ERR_INVALID_PACKAGE_TARGET(pkg.dir + '/', key, target, isImport, base);
}

// A string target into a path. `resolveBare` answers for imports that name other packages.
function resolveString(target, subpath, key, pkg, base, pattern, isImport, resolveBare) {
  if (subpath !== '' && !pattern && target[target.length - 1] !== '/') throw invalidTarget(key, target, pkg, isImport, base);
  if (!target.startsWith('./')) {
    if (isImport && !target.startsWith('../') && !target.startsWith('/')) {
      const whole = pattern ? target.replaceAll('*', () => subpath) : target + subpath;
      return resolveBare(whole);
    }
    throw invalidTarget(key, target, pkg, isImport, base);
  }
  if (invalidSegment.test(target.slice(2))) throw invalidTarget(key, target, pkg, isImport, base);
  const path = require('path').resolve(pkg.dir, decodeURIComponent(target));
  if (path !== pkg.dir && !path.startsWith(pkg.dir === '/' ? '/' : pkg.dir + '/')) throw invalidTarget(key, target, pkg, isImport, base);
  if (subpath === '') return path;
  if (invalidSegment.test(subpath)) {
    const request = pattern ? key.replace('*', () => subpath) : key + subpath;
    const { ERR_INVALID_MODULE_SPECIFIER } = errors();
    throw new ERR_INVALID_MODULE_SPECIFIER(request, `request is not a valid subpath for the "${isImport ? 'imports' : 'exports'}" resolution of ${pkg.path}`, base);
  }
  if (pattern) return path.replaceAll('*', () => subpath);
  return require('path').resolve(path, subpath);
}

// undefined: no condition matched; null: excluded.
function resolveTarget(target, subpath, key, pkg, base, pattern, isImport, conditions, resolveBare) {
  if (typeof target === 'string') return resolveString(target, subpath, key, pkg, base, pattern, isImport, resolveBare);
  if (Array.isArray(target)) {
    if (target.length === 0) return null;
    let lastError;
    for (const item of target) {
      let resolved;
      try {
        resolved = resolveTarget(item, subpath, key, pkg, base, pattern, isImport, conditions, resolveBare);
      } catch (error) {
        lastError = error;
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        continue;
      }
      if (resolved === undefined) continue;
      if (resolved === null) {
        lastError = null;
        continue;
      }
      return resolved;
    }
    if (lastError === undefined || lastError === null) return lastError;
    throw lastError;
  }
  if (target !== null && typeof target === 'object') {
    const keys = Object.keys(target);
    if (keys.some(isArrayIndex)) {
      const { ERR_INVALID_PACKAGE_CONFIG } = errors();
      throw new ERR_INVALID_PACKAGE_CONFIG(pkg.path, base, '"exports" cannot contain numeric property keys.');
    }
    for (const name of keys) {
      if (name !== 'default' && !conditions.has(name)) continue;
      const resolved = resolveTarget(target[name], subpath, key, pkg, base, pattern, isImport, conditions, resolveBare);
      if (resolved !== undefined) return resolved;
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalidTarget(key, target, pkg, isImport, base);
}

function isSugar(exports, pkg, base) {
  if (typeof exports === 'string' || Array.isArray(exports)) return true;
  if (typeof exports !== 'object' || exports === null) return false;
  let sugar = false, first = true;
  for (const key of Object.keys(exports)) {
    const now = key === '' || key[0] !== '.';
    if (first) {
      sugar = now;
      first = false;
    } else if (sugar !== now) {
      const { ERR_INVALID_PACKAGE_CONFIG } = errors();
      throw new ERR_INVALID_PACKAGE_CONFIG(pkg.path, base, '"exports" cannot contain some keys starting with \'.\' and some not. ' +
        'The exports object must either be an object of package subpath keys or an object of main entry condition name keys only.');
    }
  }
  return sugar;
}

function patternCompare(a, b) {
  const aStar = a.indexOf('*'), bStar = b.indexOf('*');
  const aBase = aStar === -1 ? a.length : aStar + 1, bBase = bStar === -1 ? b.length : bStar + 1;
  if (aBase !== bBase) return bBase - aBase;
  if (aStar === -1) return 1;
  if (bStar === -1) return -1;
  return b.length - a.length;
}

// The key of a table that fits: [key, what * stands for] or undefined.
function matchPattern(table, request) {
  let best = '', bestSubpath;
  for (const key of Object.keys(table)) {
    const star = key.indexOf('*');
    if (star === -1 || !request.startsWith(key.slice(0, star))) continue;
    const trailer = key.slice(star + 1);
    if (request.length >= key.length && request.endsWith(trailer) && patternCompare(best, key) > 0 && key.lastIndexOf('*') === star) {
      best = key;
      bestSubpath = request.slice(star, request.length - trailer.length);
    }
  }
  return best ? [best, bestSubpath] : undefined;
}

function notExported(subpath, pkg, base) {
  const { ERR_PACKAGE_PATH_NOT_EXPORTED } = errors();
  return new ERR_PACKAGE_PATH_NOT_EXPORTED(pkg.dir + '/', subpath, base);
}

// Path of a subpath ("." or "./x") of a package with `exports`.
function resolveExports(pkg, subpath, conditions, base) {
  let exports = pkg.exports;
  if (isSugar(exports, pkg, base)) exports = { '.': exports };
  if (Object.hasOwn(exports, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    const resolved = resolveTarget(exports[subpath], '', subpath, pkg, base, false, false, conditions);
    if (resolved == null) throw notExported(subpath, pkg, base);
    return resolved;
  }
  const match = matchPattern(exports, subpath);
  if (match) {
    const resolved = resolveTarget(exports[match[0]], match[1], match[0], pkg, base, true, false, conditions);
    if (resolved == null) throw notExported(subpath, pkg, base);
    return resolved;
  }
  throw notExported(subpath, pkg, base);
}

// "#name" from a file. resolveBare(specifier) resolves what is no path.
function resolveImports(name, file, conditions, base, resolveBare) {
  const { ERR_INVALID_MODULE_SPECIFIER, ERR_PACKAGE_IMPORT_NOT_DEFINED } = errors();
  if (name === '#' || name.startsWith('#/') || name.endsWith('/')) {
    throw new ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', base);
  }
  const pkg = scopeOf(file);
  if (pkg && pkg.imports) {
    const { imports } = pkg;
    if (Object.hasOwn(imports, name) && !name.includes('*')) {
      const resolved = resolveTarget(imports[name], '', name, pkg, base, false, true, conditions, resolveBare);
      if (resolved != null) return resolved;
    } else {
      const match = matchPattern(imports, name);
      if (match) {
        const resolved = resolveTarget(imports[match[0]], match[1], match[0], pkg, base, true, true, conditions, resolveBare);
        if (resolved != null) return resolved;
      }
    }
  }
  throw new ERR_PACKAGE_IMPORT_NOT_DEFINED(name, pkg && pkg.dir + '/', base);
}

module.exports = { read, scopeOf, parseName, resolveExports, resolveImports, requireConditions, importConditions };
