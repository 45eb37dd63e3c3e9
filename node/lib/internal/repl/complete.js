// SPDX-License-Identifier: MIT
// What could stand behind the cursor: properties of the object before the last dot, names that are in scope, commands, modules.
// Nothing with side effects is evaluated: only names and data properties are followed.
'use strict';

const { lexicalNames } = internalBinding('repl');

const keywords = ('async await break case catch const continue debugger default delete do else export false finally for function if ' +
  'import in instanceof let new null return switch this throw true try typeof var void while with yield class extends super static')
  .split(' ');
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

const none = { candidates: [], prefix: '' };

// The value of a name or of a data property, undefined when it cannot be had without running code.
function followProperty(object, key) {
  for (let holder = object; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(Object(holder))) {
    const descriptor = Object.getOwnPropertyDescriptor(Object(holder), key);
    if (descriptor !== undefined) return 'value' in descriptor ? { value: descriptor.value } : lazyGlobal(object, key);
  }
  return undefined;
}

// The program's own globals are accessors that only load a module.
function lazyGlobal(object, key) {
  return object === globalThis ? { value: globalThis[key] } : undefined;
}

function literalPrototype(text) {
  if (/['"`]$/.test(text)) return { value: '' };
  if (/\]$/.test(text)) return { value: [] };
  if (/^\/.+\/[a-z]*$/.test(text)) return { value: /(?:)/ };
  return undefined;
}

// The names of an object, and of each of its prototypes.
function propertyNames(value) {
  const groups = [];
  for (let object = Object(value), level = 0; object !== null && level < 50; object = Object.getPrototypeOf(object), level++) {
    try {
      groups.push(Object.getOwnPropertyNames(object).filter((key) => identifier.test(key) && !/^__(?:define|lookup)[GS]etter__$/.test(key)));
    } catch {
      break; // a proxy that refuses
    }
  }
  return groups;
}

const matching = (names, prefix) => [...new Set(names)].filter((name) => name.startsWith(prefix)).sort();

// Groups of names, the nearest last, with an empty line between two. `base` stands before each.
function matchingGroups(groups, prefix, base) {
  const seen = new Set();
  const candidates = [];
  for (const group of groups) {
    const names = matching(group, prefix).filter((name) => !seen.has(name));
    if (names.length === 0) continue;
    names.forEach(seen.add, seen);
    candidates.unshift(...names.map((name) => base + name), '');
  }
  if (candidates.length) candidates.pop();
  return { candidates, prefix: base + prefix };
}

function completeCommand(line, commands) {
  const prefix = line.trim().slice(1);
  return { candidates: matching(Object.keys(commands), prefix), prefix };
}

function completeModule(prefix) {
  const { builtinModules } = require('module');
  const names = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)].filter((name) => !name.startsWith('_'));
  return { candidates: matching(names, prefix), prefix };
}

// lookup(name): { value } or undefined, of a name at the top level
function complete(line, commands, lookup) {
  if (/^\s*\./.test(line) && !/^\s*\.\d/.test(line)) return completeCommand(line, commands);
  const module = /\b(?:require|import)\s*\(\s*['"`]([^'"`)]*)$/.exec(line) ?? /\bfrom\s+['"]([^'"]*)$/.exec(line);
  if (module !== null) return completeModule(module[1]);

  const expression = lastExpression(line);
  if (!expression.includes('.')) return completeName(expression);
  const { base, prefix } = splitLastDot(expression);
  const object = evaluateChain(base, lookup);
  if (object?.value === undefined || object.value === null) return none;
  return matchingGroups(propertyNames(object.value), prefix, expression.slice(0, expression.length - prefix.length));
}

function completeName(prefix) {
  if (prefix === '' || !identifier.test(prefix)) return none;
  return matchingGroups([lexicalNames(), ...propertyNames(globalThis), keywords], prefix, '');
}

// The name or property chain at the end of a line.
function lastExpression(line) {
  return /(?:['"`][^'"`]*['"`]|\[[^[\]]*\]|[\p{ID_Start}$_][\p{ID_Continue}$]*)?(?:(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*)|\[\d+\])*(?:\??\.[\p{ID_Continue}$]*)?$/u.exec(line)[0];
}

function splitLastDot(expression) {
  const at = expression.lastIndexOf('.');
  const end = expression[at - 1] === '?' ? at - 1 : at;
  return { base: expression.slice(0, end), prefix: expression.slice(at + 1) };
}

function evaluateChain(base, lookup) {
  const first = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(base);
  let object, rest;
  if (first === null) {
    object = literalPrototype(base);
    rest = '';
  } else {
    object = first[0] === 'this' ? { value: globalThis } : lookup(first[0]) ?? followProperty(globalThis, first[0]);
    rest = base.slice(first[0].length);
  }
  for (const step of rest.matchAll(/\??\.([\p{ID_Continue}$]+)|\[(\d+)\]/gu)) {
    if (object === undefined || object.value === undefined || object.value === null) return undefined;
    object = followProperty(object.value, step[1] ?? step[2]);
  }
  return object;
}

module.exports = { complete };
