// SPDX-License-Identifier: MIT
// File name patterns: * ? [...] {a,b} ** as fs.glob and path.matchesGlob understand them.
'use strict';

function expandBraces(pattern) {
  const open = pattern.indexOf('{');
  if (open === -1) return [pattern];
  let depth = 0, start = open + 1;
  const parts = [];
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '\\') {
      i++;
    } else if (pattern[i] === '{') {
      depth++;
    } else if (pattern[i] === ',' && depth === 1) {
      parts.push(pattern.slice(start, i));
      start = i + 1;
    } else if (pattern[i] === '}' && --depth === 0) {
      parts.push(pattern.slice(start, i));
      const head = pattern.slice(0, open), tails = expandBraces(pattern.slice(i + 1));
      if (parts.length === 1) return tails.map((tail) => `${head}{${parts[0]}}${tail}`);
      return parts.flatMap((part) => expandBraces(part).flatMap((p) => tails.map((tail) => head + p + tail)));
    }
  }
  return [pattern];
}

function segmentPattern(segment) {
  let source = '';
  for (let i = 0; i < segment.length; i++) {
    const c = segment[i];
    if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '[') {
      const end = segment.indexOf(']', i + 2);
      if (end === -1) {
        source += '\\[';
        continue;
      }
      let set = segment.slice(i + 1, end);
      if (set[0] === '!' || set[0] === '^') set = '^' + set.slice(1);
      source += `[${set.replace(/\\/g, '\\\\')}]`;
      i = end;
    } else if (c === '\\' && i + 1 < segment.length) {
      source += RegExp.escape(segment[++i]);
    } else {
      source += RegExp.escape(c);
    }
  }
  // A leading dot must be written.
  return new RegExp(`^${/^[*?[]/.test(segment) ? '(?!\\.)' : ''}${source}$`, 'u');
}

function compile(pattern, windows) {
  if (windows) pattern = pattern.replaceAll('\\', '/');
  return pattern.split('/').filter((s, i) => s !== '.' && (s !== '' || i === 0)).map((s) => (s === '**' ? s : segmentPattern(s)));
}

function matchSegments(pattern, p, names, n) {
  for (; p < pattern.length; p++, n++) {
    if (pattern[p] === '**') {
      for (let skip = n; skip <= names.length; skip++) {
        if (matchSegments(pattern, p + 1, names, skip)) return true;
        if (skip < names.length && names[skip].startsWith('.')) return false;
      }
      return false;
    }
    if (n >= names.length || !pattern[p].test(names[n])) return false;
  }
  return n === names.length;
}

function matchGlob(path, pattern, windows) {
  if (windows) path = path.replaceAll('\\', '/');
  const names = path.split('/').filter((s, i) => s !== '' || i === 0);
  return expandBraces(pattern).some((p) => matchSegments(compile(p, windows), 0, names, 0));
}

function checkPatterns(patterns) {
  const { validateString } = require('internal/validators');
  if (Array.isArray(patterns)) patterns.forEach((pattern, i) => validateString(pattern, `patterns[${i}]`));
  else validateString(patterns, 'patterns');
}

// Steps for internal/fs_steps.
function* glob(patterns, options = {}) {
  const path = require('path');
  const { readdir } = require('internal/fs_steps');
  const { fileURLToPath } = require('internal/url');
  let { cwd = process.cwd(), exclude, withFileTypes = false } = options ?? {};
  if (typeof cwd !== 'string') cwd = fileURLToPath(cwd);
  const excluded = Array.isArray(exclude) ? (name) => exclude.some((p) => matchGlob(name, p)) : exclude;
  const found = new Map();
  function* walk(pattern, p, dir, prefix) {
    if (p === pattern.length) {
      if (prefix !== '' && !found.has(prefix)) found.set(prefix, dir);
      return;
    }
    let entries;
    try {
      entries = yield* readdir(dir, { withFileTypes: true });
    } catch {
      return;
    }
    const segment = pattern[p];
    if (segment === '**') yield* walk(pattern, p + 1, dir, prefix);
    for (const entry of entries) {
      const name = prefix === '' || prefix.endsWith('/') ? prefix + entry.name : `${prefix}/${entry.name}`;
      const full = path.join(dir, entry.name);
      if (excluded && excluded(withFileTypes ? entry : name)) continue;
      if (segment === '**') {
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory()) yield* walk(pattern, p, full, name);
        else if (p === pattern.length - 1) found.set(name, full);
        continue;
      }
      if (!segment.test(entry.name)) continue;
      if (p === pattern.length - 1) found.set(name, full);
      else if (entry.isDirectory() || entry.isSymbolicLink()) yield* walk(pattern, p + 1, full, name);
    }
  }
  for (const pattern of (Array.isArray(patterns) ? patterns : [patterns]).flatMap(expandBraces)) {
    const absolute = pattern.startsWith('/');
    const parts = compile((absolute ? pattern.slice(1) : pattern).replace(/\/+$/, ''), false);
    let dir = absolute ? '/' : cwd, prefix = absolute ? '/' : '';
    let rest = pattern;
    while (rest.startsWith('../')) {
      rest = rest.slice(3);
      dir = path.dirname(dir);
      prefix += '../';
      parts.shift();
    }
    yield* walk(parts, 0, dir, prefix);
  }
  if (!withFileTypes) return [...found.keys()];
  const out = [];
  for (const full of found.values()) {
    out.push((yield* readdir(path.dirname(full), { withFileTypes: true })).find((e) => e.name === path.basename(full)));
  }
  return out;
}

module.exports = { matchGlob, glob, checkPatterns };
