// SPDX-License-Identifier: MIT
// execArgv of a worker. What concerns the whole process is refused.
'use strict';

// Bits as in bindings/worker.c; 0: accepted without effect.
const flags = {
  __proto__: null,
  '--no-warnings': 1, '--no-deprecation': 2, '--trace-deprecation': 4, '--throw-deprecation': 8, '--trace-uncaught': 16,
  '--preserve-symlinks': 32, '--enable-source-maps': 64,
};
const ignored = new Set(['--warnings', '--deprecation', '--pending-deprecation', '--trace-warnings', '--preserve-symlinks-main', '--trace-exit',
  '--trace-sigint', '--trace-sync-io', '--no-addons', '--addons', '--no-global-search-paths', '--frozen-intrinsics', '--insecure-http-parser',
  '--verify-base-objects', '--no-experimental-require-module', '--experimental-require-module', '--experimental-vm-modules',
  '--experimental-import-meta-resolve', '--experimental-wasm-modules', '--experimental-eventsource', '--experimental-websocket',
  '--experimental-web-worker', '--no-experimental-fetch', '--no-experimental-global-navigator', '--no-experimental-detect-module',
  '--experimental-detect-module', '--experimental-strip-types', '--no-experimental-strip-types', '--strip-types', '--no-strip-types',
  '--experimental-transform-types', '--experimental-print-required-tla', '--experimental-network-inspection', '--experimental-sqlite',
  '--expose-internals', '--no-extra-info-on-fatal-exception', '--node-snapshot', '--no-node-snapshot', '--test', '--test-only', '--watch',
  '--force-context-aware', '--network-family-autoselection', '--no-network-family-autoselection', '--permission', '--entry-url', '--print',
  '-p', '--check', '-c', '--interactive', '-i', '--eval', '-e', '-pe']);
const withValue = {
  __proto__: null,
  '-r': 'requires', '--require': 'requires', '--import': 'imports', '-C': 'conditions', '--conditions': 'conditions',
  '--unhandled-rejections': 'unhandledRejections', '--input-type': 'inputType', '--loader': null, '--experimental-loader': null,
  '--disable-warning': null, '--experimental-default-type': null, '--diagnostic-dir': null, '--redirect-warnings': null,
  '--heapsnapshot-near-heap-limit': null, '--env-file': null,
};

// NODE_OPTIONS as words: split at spaces outside of double quotes, in which a backslash keeps the next character.
function split(text) {
  const words = [];
  for (const [word] of text.matchAll(/(?:"(?:\\.|[^"\\])*"?|[^ "])+/gs)) {
    words.push(word.replace(/"((?:\\.|[^"\\])*)"?/gs, (quoted, inner) => inner.replace(/\\(.)/gs, '$1')));
  }
  return words;
}

// What a worker starts with: first what its NODE_OPTIONS say, then its execArgv.
function merge(fromEnvironment, fromArguments) {
  const all = { ...fromArguments, flags: fromEnvironment.flags | fromArguments.flags };
  for (const list of ['requires', 'imports', 'conditions']) all[list] = [...fromEnvironment[list], ...fromArguments[list]];
  all.unhandledRejections ??= fromEnvironment.unhandledRejections;
  return all;
}

function parse(args) {
  const out = {
    requires: [], imports: [], conditions: [], unhandledRejections: undefined, inputType: undefined, flags: 0, bad: [],
  };
  for (let i = 0; i < args.length; i++) {
    const arg = `${args[i]}`;
    if (arg === '--') break;
    if (arg[0] !== '-' || arg === '-') continue;
    const at = arg.indexOf('=');
    const name = (at === -1 ? arg : arg.slice(0, at)).replace(/(?<=.{2})_/g, '-');
    if (name in withValue) {
      let value = at === -1 ? undefined : arg.slice(at + 1);
      if (value === undefined && (i + 1 >= args.length || `${args[i + 1]}`[0] === '-')) {
        out.bad.push(`${arg} requires an argument`);
        continue;
      }
      value ??= `${args[++i]}`;
      const where = withValue[name];
      if (where === null) continue;
      if (Array.isArray(out[where])) out[where].push(value);
      else out[where] = value;
    } else if (at === -1 && name in flags) {
      out.flags |= flags[name];
    } else if (at !== -1 || !ignored.has(name)) {
      out.bad.push(arg);
    }
  }
  return out;
}

// Those that NODE_OPTIONS may hold.
const notInEnvironment = ['--print', '-p', '--check', '-c', '--interactive', '-i', '--eval', '-e', '-pe', '--test', '--expose-internals'];
const environmentFlags = [...Object.keys(flags), ...ignored, ...Object.keys(withValue)].filter((flag) => !notInEnvironment.includes(flag)).sort();

module.exports = { environmentFlags, parse, split, merge };
