// SPDX-License-Identifier: MIT
// node:path for POSIX and Windows. A path is taken apart into its root and the names below; every function works on those.
// Tests: tests/node/misc/path.js, path_random.js.
'use strict';

const SLASH = 47, DOT = 46, COLON = 58, BACKSLASH = 92;

function check(value, name) {
  if (typeof value !== 'string') require('internal/validators').validateString(value, name);
}

// ---- Names ----

const isSlash = (c) => c === SLASH;
const isEither = (c) => c === SLASH || c === BACKSLASH;

// . and .. resolved; .. at the head stays in what is relative.
function resolveNames(names, isRelative) {
  const kept = [];
  for (const name of names) {
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (isRelative) kept.push(name);
  }
  return kept;
}

function withoutSlashes(path) {
  const start = path.charCodeAt(0) === SLASH ? 1 : 0, end = path.length - (path.charCodeAt(path.length - 1) === SLASH ? 1 : 0);
  return path.slice(start, Math.max(start, end));
}

function resolvePosix(path, isRelative) {
  const isResolved = path.charCodeAt(0) !== DOT && !path.includes('//') && !path.includes('/.');
  return isResolved ? withoutSlashes(path) : resolveNames(path.split('/'), isRelative).join('/');
}

const resolveWindows = (path, isRelative) => resolveNames(path.split(/[\\/]/), isRelative).join('\\');

// Where the last name lies, separators behind it left out; first === end: there is none.
function lastName(path, start, isSeparator) {
  let end = path.length;
  while (end > start && isSeparator(path.charCodeAt(end - 1))) end--;
  let first = end;
  while (first > start && !isSeparator(path.charCodeAt(first - 1))) first--;
  return { first, end };
}

function nameOf(path, start, isSeparator) {
  const { first, end } = lastName(path, start, isSeparator);
  return path.slice(first, end);
}

// With its dot. A dot at the head of a name begins none.
function extensionOf(name) {
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

function baseName(path, suffix, start, isSeparator) {
  const { first, end } = lastName(path, start, isSeparator), name = path.slice(first, end);
  if (suffix === undefined || suffix === '') return name;
  if (suffix === path) return '';
  // What is itself the end of the suffix keeps the separators behind it: so does Node.
  if (suffix.length > name.length && suffix.length <= path.length && suffix.endsWith(name)) return path.slice(first);
  return name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

// The way from one list of names to another.
function wayBetween(from, to, same) {
  let common = 0;
  while (common < from.length && common < to.length && same(from[common], to[common])) common++;
  return [...from.slice(common).fill('..'), ...to.slice(common)];
}

function partsOf(name, root, dir) {
  const ext = extensionOf(name);
  return { root, dir, base: name, ext, name: ext === '' ? name : name.slice(0, -ext.length) };
}

function format(separator, parts) {
  require('internal/validators').validateObject(parts, 'pathObject');
  const dir = parts.dir || parts.root;
  const base = parts.base || `${parts.name || ''}${parts.ext ? `${parts.ext[0] === '.' ? '' : '.'}${parts.ext}` : ''}`;
  if (!dir) return base;
  return dir === parts.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

function glob(path, pattern, windows) {
  check(path, 'path');
  check(pattern, 'pattern');
  return require('internal/glob').matchGlob(path, pattern, windows);
}

// ---- POSIX ----

const isRooted = (path) => path.charCodeAt(0) === SLASH;

const posix = {
  resolve(...paths) {
    let whole = '';
    for (let i = paths.length - 1; i >= 0 && !isRooted(whole); i--) {
      check(paths[i], `paths[${i}]`);
      if (paths[i] !== '') whole = whole === '' ? paths[i] : `${paths[i]}/${whole}`;
    }
    if (!isRooted(whole)) whole = `${process.cwd()}/${whole}`;
    return `/${resolvePosix(whole, false)}`;
  },
  normalize(path) {
    check(path, 'path');
    if (path === '') return '.';
    const rooted = isRooted(path), names = resolvePosix(path, !rooted), end = path.charCodeAt(path.length - 1) === SLASH ? '/' : '';
    if (rooted) return names === '' ? '/' : `/${names}${end}`;
    return `${names === '' ? '.' : names}${end}`;
  },
  isAbsolute(path) {
    check(path, 'path');
    return isRooted(path);
  },
  join(...paths) {
    for (const path of paths) check(path, 'path');
    return posix.normalize(paths.filter((path) => path !== '').join('/'));
  },
  relative(from, to) {
    check(from, 'from');
    check(to, 'to');
    const names = (path) => posix.resolve(path).split('/').filter((name) => name !== '');
    return from === to ? '' : wayBetween(names(from), names(to), Object.is).join('/');
  },
  toNamespacedPath: (path) => path,
  dirname(path) {
    check(path, 'path');
    const { first } = lastName(path, 0, isSlash);
    if (first > 2 || (first === 2 && !isRooted(path))) return path.slice(0, first - 1);
    return first === 2 ? '//' : isRooted(path) ? '/' : '.';
  },
  basename(path, suffix) {
    if (suffix !== undefined) check(suffix, 'suffix');
    check(path, 'path');
    return baseName(path, suffix, 0, isSlash);
  },
  extname(path) {
    check(path, 'path');
    return extensionOf(nameOf(path, 0, isSlash));
  },
  format: (parts) => format('/', parts),
  parse(path) {
    check(path, 'path');
    const root = isRooted(path) ? '/' : '';
    const { first, end } = lastName(path, root.length, isSlash);
    const name = path.slice(first, end), parts = partsOf(name, root, first > root.length ? path.slice(0, first - 1) : root);
    // Directly below the root, Node takes the second dot of .. for an extension.
    return root !== '' && first === 1 && name === '..' ? { ...parts, ext: '.', name: '.' } : parts;
  },
  matchesGlob: (path, pattern) => glob(path, pattern, false),
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

// ---- Windows ----

const isDriveLetter = (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
const hasDrive = (path) => isDriveLetter(path.charCodeAt(0)) && path.charCodeAt(1) === COLON;
const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/; // \\server\share

// device: a drive, a share in its plain form, \\. or \\?, or nothing; length: of the root, with the separator behind a drive.
function windowsRoot(path) {
  if (hasDrive(path)) {
    const absolute = isEither(path.charCodeAt(2));
    return { device: path.slice(0, 2), absolute, length: absolute ? 3 : 2, isShare: false };
  }
  if (!isEither(path.charCodeAt(0))) return { device: '', absolute: false, length: 0, isShare: false };
  const found = share.exec(path);
  if (found === null) return { device: '', absolute: true, length: 1, isShare: false };
  const { 0: text, 1: server, 2: name } = found;
  if (server === '.' || server === '?') return { device: `\\\\${server}`, absolute: true, length: 4, isShare: true };
  return { device: `\\\\${server}\\${name}`, absolute: true, length: text.length, isShare: true };
}

// As the functions see it that take names off the end: \\. and \\? are servers like others, and a share's root has its separator.
function rootLength(path) {
  if (hasDrive(path)) return isEither(path.charCodeAt(2)) ? 3 : 2;
  if (!isEither(path.charCodeAt(0))) return 0;
  const found = share.exec(path);
  if (found === null) return 1;
  return Math.min(found[0].length + 1, path.length);
}

const sameName = (a, b) => a.toLowerCase() === b.toLowerCase();

// The current folder of a drive is in the environment, as cmd.exe keeps it.
function folderOf(device) {
  if (device === '') return process.cwd();
  const folder = process.env[`=${device}`] || process.cwd();
  return sameName(folder.slice(0, 2), device) || folder.charCodeAt(2) !== BACKSLASH ? folder : `${device}\\`;
}

// A name with a colon at its end must not become a drive or a device.
const couldBeDevice = (path, names) => hasDrive(names) || /:(?:[\\/]|$)/.test(path);

const win32 = {
  resolve(...paths) {
    let device = '', below = '', absolute = false;
    for (let i = paths.length - 1; i >= -1 && !(absolute && device !== ''); i--) {
      if (i >= 0) check(paths[i], `paths[${i}]`);
      const path = i >= 0 ? paths[i] : folderOf(device);
      if (path === '') continue;
      const root = windowsRoot(path);
      if (root.device !== '' && device !== '' && !sameName(root.device, device)) continue; // on another drive
      if (device === '') device = root.device;
      if (absolute) continue;
      below = `${path.slice(root.length)}\\${below}`;
      absolute = root.absolute;
    }
    const names = resolveWindows(below, !absolute);
    return absolute ? `${device}\\${names}` : `${device}${names}` || '.';
  },
  normalize(path) {
    check(path, 'path');
    if (path === '') return '.';
    const { device, absolute, length, isShare } = windowsRoot(path);
    if (isShare && length === path.length) return `${device}\\`;
    let names = resolveWindows(path.slice(length), !absolute);
    if (names === '' && !absolute) names = '.';
    if (names !== '' && path.length > 1 && isEither(path.charCodeAt(path.length - 1))) names += '\\';
    if (device === '' && !absolute && couldBeDevice(path, names)) return `.\\${names}`;
    return `${device}${absolute ? '\\' : ''}${names}`;
  },
  isAbsolute(path) {
    check(path, 'path');
    return isEither(path.charCodeAt(0)) || (hasDrive(path) && isEither(path.charCodeAt(2)));
  },
  join(...paths) {
    for (const path of paths) check(path, 'path');
    const given = paths.filter((path) => path !== '');
    if (given.length === 0) return '.';
    // Only a first path that itself begins with exactly two separators makes a share.
    const joined = given.join('\\');
    return win32.normalize(/^[\\/]{2}[^\\/]/.test(given[0]) ? joined : joined.replace(/^[\\/]{2,}/, '\\'));
  },
  relative(from, to) {
    check(from, 'from');
    check(to, 'to');
    if (from === to) return '';
    const start = win32.resolve(from), goal = win32.resolve(to);
    if (sameName(start, goal)) return '';
    const namesOf = (path) => path.split('\\').filter((name) => name !== '');
    const here = namesOf(start), there = namesOf(goal);
    if (here.length > 0 && there.length > 0 && !sameName(here[0], there[0])) {
      // No way from device to device; where one is the other's beginning, Node finds this.
      const from = here.join('\\').toLowerCase(), to = there.join('\\').toLowerCase();
      return from.startsWith(to) || to.startsWith(from) ? `${here.fill('..').join('\\')}${there.join('\\')}` : goal;
    }
    return wayBetween(here, there, sameName).join('\\');
  },
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path === '') return path;
    const whole = win32.resolve(path);
    if (whole.length <= 2) return path;
    if (/^\\\\[^?.]/.test(whole)) return `\\\\?\\UNC\\${whole.slice(2)}`;
    return hasDrive(whole) && whole.charCodeAt(2) === BACKSLASH ? `\\\\?\\${whole}` : whole;
  },
  dirname(path) {
    check(path, 'path');
    if (path === '') return '.';
    const root = rootLength(path), { first } = lastName(path, root, isEither);
    if (first > root) return path.slice(0, first - 1);
    return root === 0 ? '.' : path.slice(0, root);
  },
  basename(path, suffix) {
    if (suffix !== undefined) check(suffix, 'suffix');
    check(path, 'path');
    return baseName(path, suffix, hasDrive(path) ? 2 : 0, isEither);
  },
  extname(path) {
    check(path, 'path');
    return extensionOf(nameOf(path, hasDrive(path) ? 2 : 0, isEither));
  },
  format: (parts) => format('\\', parts),
  parse(path) {
    check(path, 'path');
    const length = rootLength(path), root = path.slice(0, length);
    const { first, end } = lastName(path, length, isEither);
    return partsOf(path.slice(first, end), root, first > length ? path.slice(0, first - 1) : root);
  },
  matchesGlob: (path, pattern) => glob(path, pattern, true),
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

posix.win32 = win32.win32 = win32;
posix.posix = win32.posix = posix;
win32._makeLong = win32.toNamespacedPath;
posix._makeLong = posix.toNamespacedPath;

module.exports = posix;
