// SPDX-License-Identifier: MIT
// Paths, POSIX and Windows.
'use strict';

const SLASH = 47, BACKSLASH = 92, DOT = 46, COLON = 58;

function check(value, name) {
  if (typeof value !== 'string') require('internal/validators').validateString(value, name);
}

const isPosixSeparator = (c) => c === SLASH;
const isAnySeparator = (c) => c === SLASH || c === BACKSLASH;
const isDeviceRoot = (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);

// The names of a path without its root, with . and .. resolved; .. at the head stays in relative paths.
function resolveNames(names, isRelative, separator) {
  const kept = [];
  for (const name of names) {
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (isRelative) kept.push(name);
  }
  return kept.join(separator);
}

function resolvePosix(path, isRelative) {
  if (path.charCodeAt(0) !== DOT && !path.includes('//') && !path.includes('/.')) { // nothing to resolve
    const start = path.charCodeAt(0) === SLASH ? 1 : 0, end = path.length - (path.charCodeAt(path.length - 1) === SLASH ? 1 : 0);
    return path.slice(start, Math.max(start, end));
  }
  return resolveNames(path.split('/'), isRelative, '/');
}

const resolveWindows = (path, isRelative) => resolveNames(path.split(/[\\/]/), isRelative, '\\');

function formatExt(ext) {
  return ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : '';
}

function format(separator, pathObject) {
  require('internal/validators').validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const base = pathObject.base || `${pathObject.name || ''}${formatExt(pathObject.ext)}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

// The last segment's bounds and its extension, from `start` on.
function scanBase(path, start, isSeparator) {
  let startDot = -1, startPart = start, end = -1, matchedSlash = true, preDotState = 0;
  for (let i = path.length - 1; i >= start; --i) {
    const code = path.charCodeAt(i);
    if (isSeparator(code)) {
      if (!matchedSlash) {
        startPart = i + 1;
        break;
      }
      continue;
    }
    if (end === -1) {
      matchedSlash = false;
      end = i + 1;
    }
    if (code === DOT) {
      if (startDot === -1) startDot = i;
      else if (preDotState !== 1) preDotState = 1;
    } else if (startDot !== -1) {
      preDotState = -1;
    }
  }
  const noExt = startDot === -1 || end === -1 || preDotState === 0 ||
    (preDotState === 1 && startDot === end - 1 && startDot === startPart + 1);
  return { startPart, end, startDot, noExt };
}

function basename(path, suffix, start, isSeparator) {
  const limit = path.length;
  let end = -1, first = start, matched = true;
  if (suffix !== undefined && suffix.length > 0 && suffix.length <= limit) {
    if (suffix === path) return '';
    let extIdx = suffix.length - 1, firstNonSlashEnd = -1;
    for (let i = limit - 1; i >= start; --i) {
      const code = path.charCodeAt(i);
      if (isSeparator(code)) {
        if (!matched) {
          first = i + 1;
          break;
        }
      } else {
        if (firstNonSlashEnd === -1) {
          matched = false;
          firstNonSlashEnd = i + 1;
        }
        if (extIdx >= 0) {
          if (code === suffix.charCodeAt(extIdx)) {
            if (--extIdx === -1) end = i;
          } else {
            extIdx = -1;
            end = firstNonSlashEnd;
          }
        }
      }
    }
    if (first === end) end = firstNonSlashEnd;
    else if (end === -1) end = limit;
    return path.slice(first, end);
  }
  for (let i = limit - 1; i >= start; --i) {
    if (isSeparator(path.charCodeAt(i))) {
      if (!matched) {
        first = i + 1;
        break;
      }
    } else if (end === -1) {
      matched = false;
      end = i + 1;
    }
  }
  return end === -1 ? '' : path.slice(first, end);
}

function glob(path, pattern, windows) {
  check(path, 'path');
  check(pattern, 'pattern');
  return require('internal/glob').matchGlob(path, pattern, windows);
}

const posix = {
  resolve(...args) {
    let resolved = '';
    let absolute = false;
    for (let i = args.length - 1; i >= -1 && !absolute; i--) {
      const path = i >= 0 ? args[i] : process.cwd();
      check(path, `paths[${i}]`);
      if (path.length === 0) continue;
      resolved = `${path}/${resolved}`;
      absolute = path.charCodeAt(0) === SLASH;
    }
    resolved = resolvePosix(resolved, !absolute);
    if (absolute) return `/${resolved}`;
    return resolved.length > 0 ? resolved : '.';
  },
  normalize(path) {
    check(path, 'path');
    if (path.length === 0) return '.';
    const absolute = path.charCodeAt(0) === SLASH;
    const trailing = path.charCodeAt(path.length - 1) === SLASH;
    path = resolvePosix(path, !absolute);
    if (path.length === 0) {
      if (absolute) return '/';
      return trailing ? './' : '.';
    }
    if (trailing) path += '/';
    return absolute ? `/${path}` : path;
  },
  isAbsolute(path) {
    check(path, 'path');
    return path.length > 0 && path.charCodeAt(0) === SLASH;
  },
  join(...args) {
    if (args.length === 0) return '.';
    const parts = [];
    for (let i = 0; i < args.length; ++i) {
      check(args[i], 'path');
      if (args[i].length > 0) parts.push(args[i]);
    }
    return parts.length === 0 ? '.' : posix.normalize(parts.join('/'));
  },
  relative(from, to) {
    check(from, 'from');
    check(to, 'to');
    if (from === to) return '';
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    const fromLength = from.length - 1, toLength = to.length - 1;
    const length = fromLength < toLength ? fromLength : toLength;
    let lastCommonSeparator = -1;
    let i = 0;
    for (; i < length; i++) {
      const code = from.charCodeAt(1 + i);
      if (code !== to.charCodeAt(1 + i)) break;
      if (code === SLASH) lastCommonSeparator = i;
    }
    if (i === length) {
      if (toLength > length) {
        if (to.charCodeAt(1 + i) === SLASH) return to.slice(1 + i + 1);
        if (i === 0) return to.slice(1 + i);
      } else if (fromLength > length) {
        if (from.charCodeAt(1 + i) === SLASH) lastCommonSeparator = i;
        else if (i === 0) lastCommonSeparator = 0;
      }
    }
    let out = '';
    for (i = 1 + lastCommonSeparator + 1; i <= from.length; ++i) {
      if (i === from.length || from.charCodeAt(i) === SLASH) out += out.length === 0 ? '..' : '/..';
    }
    return `${out}${to.slice(1 + lastCommonSeparator)}`;
  },
  toNamespacedPath(path) {
    return path;
  },
  dirname(path) {
    check(path, 'path');
    if (path.length === 0) return '.';
    const hasRoot = path.charCodeAt(0) === SLASH;
    let end = -1, matchedSlash = true;
    for (let i = path.length - 1; i >= 1; --i) {
      if (path.charCodeAt(i) === SLASH) {
        if (!matchedSlash) {
          end = i;
          break;
        }
      } else {
        matchedSlash = false;
      }
    }
    if (end === -1) return hasRoot ? '/' : '.';
    if (hasRoot && end === 1) return '//';
    return path.slice(0, end);
  },
  basename(path, suffix) {
    if (suffix !== undefined) check(suffix, 'suffix');
    check(path, 'path');
    return basename(path, suffix, 0, isPosixSeparator);
  },
  extname(path) {
    check(path, 'path');
    const s = scanBase(path, 0, isPosixSeparator);
    return s.noExt ? '' : path.slice(s.startDot, s.end);
  },
  format(pathObject) {
    return format('/', pathObject);
  },
  parse(path) {
    check(path, 'path');
    const out = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return out;
    const absolute = path.charCodeAt(0) === SLASH;
    const start = absolute ? 1 : 0;
    if (absolute) out.root = '/';
    const s = scanBase(path, start, isPosixSeparator);
    if (s.end !== -1) {
      const first = s.startPart === 0 && absolute ? 1 : s.startPart;
      if (s.noExt) {
        out.base = out.name = path.slice(first, s.end);
      } else {
        out.name = path.slice(first, s.startDot);
        out.base = path.slice(first, s.end);
        out.ext = path.slice(s.startDot, s.end);
      }
    }
    if (s.startPart > start) out.dir = path.slice(0, s.startPart - 1);
    else if (absolute) out.dir = '/';
    return out;
  },
  matchesGlob(path, pattern) {
    return glob(path, pattern, false);
  },
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

// The root of a Windows path: { device, absolute, rootEnd }.
function windowsRoot(path) {
  const length = path.length;
  let rootEnd = 0, device = '', absolute = false;
  if (length === 0) return { device, absolute, rootEnd };
  const code = path.charCodeAt(0);
  if (isAnySeparator(code)) {
    absolute = true;
    rootEnd = 1;
    if (length > 1 && isAnySeparator(path.charCodeAt(1))) {
      let j = 2, last = j;
      while (j < length && !isAnySeparator(path.charCodeAt(j))) j++;
      if (j < length && j !== last) {
        const first = path.slice(last, j);
        last = j;
        while (j < length && isAnySeparator(path.charCodeAt(j))) j++;
        if (j < length && j !== last) {
          last = j;
          while (j < length && !isAnySeparator(path.charCodeAt(j))) j++;
          if (j === length || j !== last) {
            if (first !== '.' && first !== '?') {
              device = `\\\\${first}\\${path.slice(last, j)}`;
              rootEnd = j;
            } else {
              device = `\\\\${first}`;
              rootEnd = 4;
            }
          }
        }
      }
    }
  } else if (isDeviceRoot(code) && length > 1 && path.charCodeAt(1) === COLON) {
    device = path.slice(0, 2);
    rootEnd = 2;
    if (length > 2 && isAnySeparator(path.charCodeAt(2))) {
      absolute = true;
      rootEnd = 3;
    }
  }
  return { device, absolute, rootEnd };
}

const win32 = {
  resolve(...args) {
    let device = '', tail = '', absolute = false;
    for (let i = args.length - 1; i >= -1; i--) {
      let path;
      if (i >= 0) {
        path = args[i];
        check(path, `paths[${i}]`);
        if (path.length === 0) continue;
      } else if (device.length === 0) {
        path = process.cwd();
      } else {
        path = process.env[`=${device}`] || process.cwd();
        if (path === undefined || (path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path.charCodeAt(2) === BACKSLASH)) path = `${device}\\`;
      }
      const root = windowsRoot(path);
      if (root.device.length > 0) {
        if (device.length > 0) {
          if (root.device.toLowerCase() !== device.toLowerCase()) continue;
        } else {
          device = root.device;
        }
      }
      if (absolute) {
        if (device.length > 0) break;
      } else {
        tail = `${path.slice(root.rootEnd)}\\${tail}`;
        absolute = root.absolute;
        if (root.absolute && device.length > 0) break;
      }
    }
    tail = resolveWindows(tail, !absolute);
    return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
  },
  normalize(path) {
    check(path, 'path');
    const length = path.length;
    if (length === 0) return '.';
    if (length === 1) return path.charCodeAt(0) === SLASH ? '\\' : path;
    const { device, absolute, rootEnd } = windowsRoot(path);
    if (device.startsWith('\\\\') && rootEnd === length) return `${device}\\`;
    let tail = rootEnd < length ? resolveWindows(path.slice(rootEnd), !absolute) : '';
    if (tail.length === 0 && !absolute) tail = '.';
    if (tail.length > 0 && isAnySeparator(path.charCodeAt(length - 1))) tail += '\\';
    if (device === '') return absolute ? `\\${tail}` : tail;
    return absolute ? `${device}\\${tail}` : `${device}${tail}`;
  },
  isAbsolute(path) {
    check(path, 'path');
    const length = path.length;
    if (length === 0) return false;
    const code = path.charCodeAt(0);
    return isAnySeparator(code) || (length > 2 && isDeviceRoot(code) && path.charCodeAt(1) === COLON && isAnySeparator(path.charCodeAt(2)));
  },
  join(...args) {
    if (args.length === 0) return '.';
    let joined, first;
    for (let i = 0; i < args.length; ++i) {
      const arg = args[i];
      check(arg, 'path');
      if (arg.length > 0) {
        if (joined === undefined) joined = first = arg;
        else joined += `\\${arg}`;
      }
    }
    if (joined === undefined) return '.';
    let replace = true, slashes = 0;
    if (isAnySeparator(first.charCodeAt(0))) {
      ++slashes;
      if (first.length > 1 && isAnySeparator(first.charCodeAt(1))) {
        ++slashes;
        if (first.length > 2) {
          if (isAnySeparator(first.charCodeAt(2))) ++slashes;
          else replace = false;
        }
      }
    }
    if (replace) {
      while (slashes < joined.length && isAnySeparator(joined.charCodeAt(slashes))) slashes++;
      if (slashes >= 2) joined = `\\${joined.slice(slashes)}`;
    }
    return win32.normalize(joined);
  },
  relative(from, to) {
    check(from, 'from');
    check(to, 'to');
    if (from === to) return '';
    const fromOrig = win32.resolve(from), toOrig = win32.resolve(to);
    if (fromOrig === toOrig) return '';
    from = fromOrig.toLowerCase();
    to = toOrig.toLowerCase();
    if (from === to) return '';
    const trim = (s) => {
      let start = 0, end = s.length;
      while (start < end && s.charCodeAt(start) === BACKSLASH) start++;
      while (end - 1 > start && s.charCodeAt(end - 1) === BACKSLASH) end--;
      return [start, end];
    };
    const [fromStart, fromEnd] = trim(from), [toStart, toEnd] = trim(to);
    const fromLen = fromEnd - fromStart, toLen = toEnd - toStart;
    const length = Math.min(fromLen, toLen);
    let lastCommonSep = -1, i = 0;
    for (; i < length; i++) {
      const code = from.charCodeAt(fromStart + i);
      if (code !== to.charCodeAt(toStart + i)) break;
      if (code === BACKSLASH) lastCommonSep = i;
    }
    if (i !== length) {
      if (lastCommonSep === -1) return toOrig;
    } else {
      if (toLen > length) {
        if (to.charCodeAt(toStart + i) === BACKSLASH) return toOrig.slice(toStart + i + 1);
        if (i === 2) return toOrig.slice(toStart + i);
      }
      if (fromLen > length) {
        if (from.charCodeAt(fromStart + i) === BACKSLASH) lastCommonSep = i;
        else if (i === 2) lastCommonSep = 3;
      }
      if (lastCommonSep === -1) lastCommonSep = 0;
    }
    let out = '';
    for (i = fromStart + lastCommonSep + 1; i <= fromEnd; ++i) {
      if (i === fromEnd || from.charCodeAt(i) === BACKSLASH) out += out.length === 0 ? '..' : '\\..';
    }
    let start = toStart + lastCommonSep;
    if (out.length > 0) return `${out}${toOrig.slice(start, toEnd)}`;
    if (toOrig.charCodeAt(start) === BACKSLASH) ++start;
    return toOrig.slice(start, toEnd);
  },
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.charCodeAt(0) === BACKSLASH) {
      if (resolved.charCodeAt(1) === BACKSLASH) {
        const code = resolved.charCodeAt(2);
        if (code !== 63 && code !== DOT) return `\\\\?\\UNC\\${resolved.slice(2)}`;
      }
    } else if (isDeviceRoot(resolved.charCodeAt(0)) && resolved.charCodeAt(1) === COLON && resolved.charCodeAt(2) === BACKSLASH) {
      return `\\\\?\\${resolved}`;
    }
    return resolved;
  },
  dirname(path) {
    check(path, 'path');
    const length = path.length;
    if (length === 0) return '.';
    if (length === 1) return isAnySeparator(path.charCodeAt(0)) ? path : '.';
    const { rootEnd, device } = windowsRoot(path);
    if (device.startsWith('\\\\') && rootEnd === length) return path;
    let root = rootEnd > 0 ? rootEnd : -1;
    if (device.startsWith('\\\\') && rootEnd < length && isAnySeparator(path.charCodeAt(rootEnd))) root = rootEnd + 1;
    let end = -1, matched = true;
    for (let i = length - 1; i >= Math.max(root, 0); --i) {
      if (isAnySeparator(path.charCodeAt(i))) {
        if (!matched) {
          end = i;
          break;
        }
      } else {
        matched = false;
      }
    }
    if (end === -1) {
      if (root === -1) return '.';
      end = root;
    }
    return path.slice(0, end);
  },
  basename(path, suffix) {
    if (suffix !== undefined) check(suffix, 'suffix');
    check(path, 'path');
    const start = path.length >= 2 && isDeviceRoot(path.charCodeAt(0)) && path.charCodeAt(1) === COLON ? 2 : 0;
    return basename(path, suffix, start, isAnySeparator);
  },
  extname(path) {
    check(path, 'path');
    const start = path.length >= 2 && path.charCodeAt(1) === COLON && isDeviceRoot(path.charCodeAt(0)) ? 2 : 0;
    const s = scanBase(path, start, isAnySeparator);
    return s.noExt ? '' : path.slice(s.startDot, s.end);
  },
  format(pathObject) {
    return format('\\', pathObject);
  },
  parse(path) {
    check(path, 'path');
    const out = { root: '', dir: '', base: '', ext: '', name: '' };
    const length = path.length;
    if (length === 0) return out;
    let { rootEnd, device } = windowsRoot(path);
    if (device.startsWith('\\\\') && rootEnd < length && isAnySeparator(path.charCodeAt(rootEnd))) rootEnd++;
    if (rootEnd > 0) out.root = path.slice(0, rootEnd);
    if (rootEnd === length) {
      if (rootEnd > 0) out.root = out.dir = path;
      return out;
    }
    const s = scanBase(path, rootEnd, isAnySeparator);
    if (s.end !== -1) {
      if (s.noExt) {
        out.base = out.name = path.slice(s.startPart, s.end);
      } else {
        out.name = path.slice(s.startPart, s.startDot);
        out.base = path.slice(s.startPart, s.end);
        out.ext = path.slice(s.startDot, s.end);
      }
    }
    out.dir = s.startPart > 0 && s.startPart !== rootEnd ? path.slice(0, s.startPart - 1) : out.root;
    return out;
  },
  matchesGlob(path, pattern) {
    return glob(path, pattern, true);
  },
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
