// SPDX-License-Identifier: MIT
// Scripts and contexts. A context's global object belongs to a realm of its own; the sandbox's properties are copied into it before a
// run, and back after it.
'use strict';

const { compile, run, runLimited, makeRealm } = internalBinding('contextify');
const { compileFunction: compileBody } = internalBinding('modules');
const { codes } = require('internal/errors');
const { validateString, validateObject, validateBoolean, validateInt32, validateUint32, validateOneOf } = require('internal/validators');

const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
});
const contexts = new WeakMap(); // sandbox -> { realm, global, builtin names }

function optionsOf(options, name = 'options') {
  if (typeof options === 'string') return { filename: options };
  if (options === undefined) return {};
  validateObject(options, name);
  return options;
}

// What is copied into a global object can be taken away again.
function copy(from, to, skip, configurable) {
  for (const key of Reflect.ownKeys(from)) {
    if (skip && skip.has(key)) continue;
    const desc = Reflect.getOwnPropertyDescriptor(from, key);
    const there = Reflect.getOwnPropertyDescriptor(to, key);
    if (there && !there.configurable) {
      if (there.writable && 'value' in desc) to[key] = desc.value;
      continue;
    }
    if (there && Object.is(there.value, desc.value) && there.get === desc.get) continue;
    const isVariable = desc.writable && desc.enumerable; // variables and functions of scripts are not configurable in their own realm
    Object.defineProperty(to, key, configurable || isVariable ? { ...desc, configurable: true } : desc);
  }
}

function removeMissing(from, to, known) {
  for (const key of known) if (!Object.hasOwn(from, key)) delete to[key];
}

function validateOffsets({ filename, lineOffset, columnOffset, cachedData, produceCachedData, importModuleDynamically }) {
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (importModuleDynamically === undefined || importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) return;
  if (typeof importModuleDynamically !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.importModuleDynamically', 'function', importModuleDynamically);
  }
}

const NO_IMPORTS = {
  importModuleDynamically() {
    throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
  },
};

function importsOf(importModuleDynamically, owner) {
  if (importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    return require('path').join(require('process').cwd(), 'vm');
  }
  if (importModuleDynamically === undefined) return NO_IMPORTS;
  return { importModuleDynamically: (specifier, attributes) => importModuleDynamically(specifier, owner, attributes) };
}

// The last such comment counts.
function magicComment(code, name) {
  if (!code.includes(name)) return undefined;
  let found;
  for (const match of code.matchAll(new RegExp(`^[\\t ]*//[#@][\\t ]${name}=[\\t ]*([^\\s'"]+)[\\t ]*$`, 'gm'))) found = match[1];
  return found;
}

// No code is cached outside of the process: the data is empty, and any is taken.
function noteCachedData(target, { cachedData, produceCachedData }) {
  if (cachedData !== undefined) target.cachedDataRejected = false;
  if (!produceCachedData) return;
  target.cachedDataProduced = true;
  target.cachedData = require('buffer').Buffer.alloc(0);
}

function runOptions(options) {
  if (options === undefined) return { timeout: 0, breakOnSigint: false };
  validateObject(options, 'options');
  const { timeout = 0, breakOnSigint = false, displayErrors } = options;
  if (options.timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  if (displayErrors !== undefined) validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { timeout, breakOnSigint };
}

class Script {
  #handle;
  #dynamic;
  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options !== 'string') validateObject(options, 'options');
    options = { filename: 'evalmachine.<anonymous>', lineOffset: 0, columnOffset: 0, produceCachedData: false, ...defined(optionsOf(options)) };
    validateOffsets(options);
    this.#handle = compile(code, options.filename, options.lineOffset, options.columnOffset);
    this.sourceURL = magicComment(code, 'sourceURL');
    this.sourceMapURL = magicComment(code, 'sourceMappingURL');
    noteCachedData(this, options);
    this.#dynamic = importsOf(options.importModuleDynamically, this);
  }
  runInThisContext(options = undefined) {
    const { timeout, breakOnSigint } = runOptions(options);
    if (timeout === 0 && !breakOnSigint) return run(this.#handle, undefined, this.#dynamic);
    return runLimited(this.#handle, undefined, this.#dynamic, timeout, breakOnSigint, false);
  }
  runInContext(contextified, options = undefined) {
    const context = contextOf(contextified, 'contextifiedObject');
    const { timeout, breakOnSigint } = runOptions(options);
    const isCopied = context.sandbox !== context.global;
    if (isCopied) copyIn(context);
    try {
      if (timeout === 0 && !breakOnSigint && !context.runMicrotasks) return run(this.#handle, context.realm, this.#dynamic);
      return runLimited(this.#handle, context.realm, this.#dynamic, timeout, breakOnSigint, context.runMicrotasks);
    } finally {
      if (isCopied) copyOut(context);
    }
  }
  runInNewContext(contextObject, options = undefined) {
    return this.runInContext(createContext(contextObject, contextOptions(options)), options);
  }
}
Object.defineProperty(Script.prototype, 'createCachedData', {
  value: function createCachedData() {
    return require('buffer').Buffer.alloc(0);
  },
  writable: true,
  configurable: true,
});

function contextOf(object, name) {
  const context = contexts.get(object);
  if (context === undefined) throw new codes.ERR_INVALID_ARG_TYPE(name, 'vm.Context', object);
  return context;
}

function copyIn(context) {
  context.before = Reflect.ownKeys(context.sandbox);
  removeMissing(context.sandbox, context.global, context.copied);
  copy(context.sandbox, context.global, undefined, true);
}

function copyOut(context) {
  for (const key of context.before) if (!Object.hasOwn(context.global, key)) Reflect.deleteProperty(context.sandbox, key);
  copy(context.global, context.sandbox, context.builtins);
  for (const key of context.builtins) {
    if (!Object.is(context.global[key], context.originals.get(key))) context.sandbox[key] = context.global[key];
  }
  context.copied = Reflect.ownKeys(context.sandbox);
}

function defined(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

// Of runInNewContext: those for the context, under other names.
function contextOptions(options) {
  if (options === undefined || typeof options === 'string') return {};
  validateObject(options, 'options');
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  if (contextName !== undefined) validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validateString(contextOrigin, 'options.contextOrigin');
  if (contextCodeGeneration !== undefined) validateCodeGeneration(contextCodeGeneration, 'options.contextCodeGeneration');
  return { name: contextName, origin: contextOrigin, codeGeneration: contextCodeGeneration, microtaskMode };
}

function validateCodeGeneration(codeGeneration, name) {
  validateObject(codeGeneration, name);
  const { strings, wasm } = codeGeneration;
  if (strings !== undefined) validateBoolean(strings, `${name}.strings`);
  if (wasm !== undefined) validateBoolean(wasm, `${name}.wasm`);
}

// In the context, whatever makes code out of text is replaced by what throws.
const FORBID_CODE = `(() => {
  const { defineProperty, getPrototypeOf } = Object, { EvalError } = globalThis;
  const refuse = () => { throw new EvalError('Code generation from strings disallowed for this context'); };
  for (const f of [function() {}, async function() {}, function*() {}, async function*() {}]) {
    const { constructor, prototype } = { constructor: f.constructor, prototype: getPrototypeOf(f) };
    const replacement = { [constructor.name]: function() { refuse(); } }[constructor.name];
    defineProperty(replacement, 'prototype', { value: prototype, writable: false });
    defineProperty(replacement, 'length', { value: 1 });
    defineProperty(prototype, 'constructor', { value: replacement, writable: false });
    if (constructor.name === 'Function') defineProperty(globalThis, 'Function', { value: replacement });
  }
  defineProperty(globalThis, 'eval', { value: { eval(text) { return typeof text === 'string' ? refuse() : text; } }.eval });
})()`;

function createContext(contextObject = {}, options = {}) {
  const isPlain = contextObject === constants.DONT_CONTEXTIFY;
  if (!isPlain) {
    validateObject(contextObject, 'object', { allowArray: true, allowFunction: true });
    if (contexts.has(contextObject)) return contextObject;
  }
  validateObject(options, 'options');
  const { name, origin, codeGeneration, microtaskMode } = options;
  if (name !== undefined) validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) validateCodeGeneration(codeGeneration, 'options.codeGeneration');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  const { 0: realm, 1: global } = makeRealm();
  if (isPlain) {
    contextObject = global;
  } else {
    const prototype = Object.getPrototypeOf(contextObject); // names are looked for there too
    if (prototype !== null && prototype !== Object.prototype) Object.setPrototypeOf(global, prototype);
  }
  if (codeGeneration?.strings === false) run(compile(FORBID_CODE, 'node:vm', 0, 0), realm, undefined);
  const builtins = new Set(Reflect.ownKeys(global));
  const originals = new Map([...builtins].map((key) => [key, Reflect.getOwnPropertyDescriptor(global, key).value]));
  const runMicrotasks = microtaskMode === 'afterEvaluate';
  contexts.set(contextObject, { realm, global, sandbox: contextObject, builtins, originals, copied: [], before: [], runMicrotasks });
  return contextObject;
}

function isContext(object) {
  validateObject(object, 'object', { allowArray: true, allowFunction: true });
  return contexts.has(object);
}

function runInContext(code, contextified, options) {
  contextOf(contextified, 'contextifiedObject');
  return new Script(code, optionsOf(options)).runInContext(contextified, optionsOf(options));
}
function runInNewContext(code, contextObject, options) {
  if (typeof options === 'string') options = { filename: options };
  return runInContext(code, createContext(contextObject, contextOptions(options)), options);
}
function runInThisContext(code, options) {
  return new Script(code, optionsOf(options)).runInThisContext(optionsOf(options));
}

function compileFunction(code, params = [], options = {}) {
  validateString(code, 'code');
  if (!Array.isArray(params)) throw new codes.ERR_INVALID_ARG_TYPE('params', 'Array', params);
  for (const [i, name] of params.entries()) validateString(name, `params[${i}]`);
  validateObject(options, 'options');
  options = { filename: '', lineOffset: 0, columnOffset: 0, produceCachedData: false, contextExtensions: [], ...defined(options) };
  validateOffsets(options);
  const { filename, lineOffset, columnOffset, parsingContext, contextExtensions, importModuleDynamically } = options;
  if (parsingContext !== undefined && !contexts.has(parsingContext)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  if (!Array.isArray(contextExtensions)) throw new codes.ERR_INVALID_ARG_TYPE('options.contextExtensions', 'Array', contextExtensions);
  for (const [i, extension] of contextExtensions.entries()) validateObject(extension, `options.contextExtensions[${i}]`, { allowNull: true });
  const dynamic = importsOf(importModuleDynamically, undefined);
  const f = parsingContext === undefined && contextExtensions.length === 0
    ? compileBody(code, filename, params, dynamic, lineOffset, columnOffset)
    : functionWithin(code, params, options);
  noteCachedData(f, options);
  return f;
}

// In another realm, or between scopes whose variables are properties of objects: a script whose value is the function.
function functionWithin(code, params, { filename, lineOffset, columnOffset, parsingContext, contextExtensions }) {
  compileBody(code, filename, params, undefined, lineOffset, columnOffset); // complains about what is no function's body
  const names = contextExtensions.map((extension, i) => `__extension${i}`);
  const scopes = names.map((name) => `with (${name}) `).join('');
  const text = `(function (${names}) { ${scopes}return (function (${params}) {\n${code}\n}); })`;
  const make = new Script(text, { filename, lineOffset: lineOffset - 1, columnOffset });
  return (parsingContext === undefined ? make.runInThisContext() : make.runInContext(parsingContext))(...contextExtensions);
}

const MEASURE_MODES = ['summary', 'detailed'];
function measureMemory(options = {}) {
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', MEASURE_MODES);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  const used = require('process').memoryUsage().heapUsed;
  const figures = { jsMemoryEstimate: used, jsMemoryRange: [used, used] };
  return Promise.resolve(mode === 'summary' ? { total: figures } : { total: figures, current: figures, other: [] });
}

module.exports = {
  Script, createContext, runInContext, runInNewContext, runInThisContext, isContext, compileFunction,
  createScript: (code, options) => new Script(code, options),
  measureMemory,
  constants,
};
