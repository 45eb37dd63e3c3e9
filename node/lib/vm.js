// SPDX-License-Identifier: MIT
// Scripts and contexts. A context's global object belongs to a realm of its own; the sandbox's properties are copied into it before a
// run, and back after it.
'use strict';

const { compile, run, makeRealm } = internalBinding('contextify');
const { compileFunction: compileBody } = internalBinding('modules');
const { codes } = require('internal/errors');
const { validateString, validateObject } = require('internal/validators');

const contexts = new WeakMap(); // sandbox -> { realm, global, builtin names }

function optionsOf(options, name = 'options') {
  if (typeof options === 'string') return { filename: options };
  if (options === undefined) return {};
  validateObject(options, name);
  return options;
}

function copy(from, to, skip) {
  for (const key of Reflect.ownKeys(from)) {
    if (skip && skip.has(key)) continue;
    const desc = Reflect.getOwnPropertyDescriptor(from, key);
    const there = Reflect.getOwnPropertyDescriptor(to, key);
    if (there && !there.configurable) {
      if (there.writable && 'value' in desc) to[key] = desc.value;
      continue;
    }
    if (there && Object.is(there.value, desc.value) && there.get === desc.get) continue;
    Object.defineProperty(to, key, { ...desc, configurable: true });
  }
}

function removeMissing(from, to, known) {
  for (const key of known) if (!Object.hasOwn(from, key)) delete to[key];
}

class Script {
  #handle;
  #dynamic;
  constructor(code, options = {}) {
    const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, importModuleDynamically } = optionsOf(options);
    validateString(filename, 'options.filename');
    this.#handle = compile(`${code}`, filename, lineOffset, columnOffset);
    if (typeof importModuleDynamically === 'function') {
      this.#dynamic = { importModuleDynamically: (specifier, attributes) => importModuleDynamically(specifier, this, attributes) };
    }
    Object.defineProperty(this, 'cachedDataRejected', { value: undefined, writable: true, enumerable: false, configurable: true });
    delete this.cachedDataRejected;
  }
  runInThisContext(options = undefined) {
    optionsOf(options);
    return run(this.#handle, undefined, this.#dynamic);
  }
  runInContext(contextified, options = undefined) {
    optionsOf(options);
    const context = contexts.get(contextified);
    if (context === undefined) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', contextified);
    if (context.sandbox === context.global) return run(this.#handle, context.realm, this.#dynamic);
    const before = Reflect.ownKeys(context.sandbox);
    removeMissing(context.sandbox, context.global, context.copied);
    copy(context.sandbox, context.global);
    try {
      return run(this.#handle, context.realm, this.#dynamic);
    } finally {
      for (const key of before) if (!Object.hasOwn(context.global, key)) Reflect.deleteProperty(context.sandbox, key);
      copy(context.global, context.sandbox, context.builtins);
      for (const key of context.builtins) {
        if (!Object.is(context.global[key], context.originals.get(key))) context.sandbox[key] = context.global[key];
      }
      context.copied = Reflect.ownKeys(context.sandbox);
    }
  }
  runInNewContext(contextObject, options = undefined) {
    return this.runInContext(createContext(contextObject, options), options);
  }
  createCachedData() {
    return require('buffer').Buffer.alloc(0);
  }
}

function createContext(contextObject = {}, options = undefined) {
  if (typeof contextObject === 'symbol') contextObject = {};
  if (contextObject === null || (typeof contextObject !== 'object' && typeof contextObject !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('contextObject', 'Object', contextObject);
  }
  if (contexts.has(contextObject)) return contextObject;
  const { 0: realm, 1: global } = makeRealm();
  const builtins = new Set(Reflect.ownKeys(global));
  const originals = new Map([...builtins].map((key) => [key, Reflect.getOwnPropertyDescriptor(global, key).value]));
  contexts.set(contextObject, { realm, global, sandbox: contextObject, builtins, originals, copied: [] });
  return contextObject;
}

function isContext(object) {
  validateObject(object, 'object', { allowArray: true, allowFunction: true });
  return contexts.has(object);
}

function runInContext(code, contextified, options) {
  return new Script(code, optionsOf(options)).runInContext(contextified, optionsOf(options));
}
function runInNewContext(code, contextObject, options) {
  if (typeof options === 'string') options = { filename: options };
  return runInContext(code, createContext(contextObject, options), options);
}
function runInThisContext(code, options) {
  return new Script(code, optionsOf(options)).runInThisContext();
}

function compileFunction(code, params = [], options = {}) {
  validateString(code, 'code');
  const { filename = '', lineOffset = 0, columnOffset = 0, importModuleDynamically } = optionsOf(options);
  if (!Array.isArray(params)) throw new codes.ERR_INVALID_ARG_TYPE('params', 'Array', params);
  for (const [i, name] of params.entries()) validateString(name, `params[${i}]`);
  const dynamic = typeof importModuleDynamically === 'function' ? { importModuleDynamically } : undefined;
  return compileBody(code, filename, params, dynamic, lineOffset, columnOffset);
}

module.exports = {
  Script, createContext, runInContext, runInNewContext, runInThisContext, isContext, compileFunction,
  createScript: (code, options) => new Script(code, options),
  measureMemory: async () => ({ total: { jsMemoryEstimate: process.memoryUsage().heapUsed, jsMemoryRange: [0, 0] } }),
  constants: Object.freeze({ __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'), DONT_CONTEXTIFY: Symbol('vm_context_no_contextify') }),
};
