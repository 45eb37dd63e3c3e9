// SPDX-License-Identifier: MIT
// util.parseArgs: command lines as tokens first, then as values; what a program declares decides how a word is read.
'use strict';

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateObject, validateString } = require('internal/validators');

const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const optionOf = (options, name) => (hasOwn(options, name) ? options[name] : undefined);
const typeOf = (options, name) => optionOf(options, name)?.type;

// What stands behind the script's name; with -e or -p there is no script.
function mainArguments() {
  const { argv, execArgv } = require('process');
  const withoutScript = execArgv.some((arg) => /^(-e|-p|-pe|--eval|--print)(=|$)/.test(arg));
  return argv.slice(withoutScript ? 1 : 2);
}

function validateList(value, name, validateItem) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateItem(value[i], `${name}[${i}]`);
}

function validateOption(option, path) {
  validateObject(option, path);
  const { type } = option;
  if (type !== 'string' && type !== 'boolean') {
    throw new codes.ERR_INVALID_ARG_TYPE(`${path}.type`, '(\'string|boolean\')', type);
  }
  if (hasOwn(option, 'short')) {
    validateString(option.short, `${path}.short`);
    if (option.short.length !== 1) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${path}.short`, option.short, 'must be a single character');
    }
  }
  const multiple = hasOwn(option, 'multiple') ? option.multiple : false;
  if (hasOwn(option, 'multiple')) validateBoolean(multiple, `${path}.multiple`);
  if (option.default === undefined) return;
  const validate = type === 'string' ? validateString : validateBoolean;
  if (multiple) validateList(option.default, `${path}.default`, validate);
  else validate(option.default, `${path}.default`);
}

// ---- Words to tokens ----

function longName(options, short) {
  for (const name of Object.keys(options)) if (options[name].short === short) return name;
  return short;
}

const isShort = (word) => word.length > 1 && word[0] === '-' && word[1] !== '-';
const isLong = (word) => word.length > 2 && word.startsWith('--');

// -abc as words of their own; the first that takes a value takes the rest.
function expandGroup(word, options) {
  const words = [];
  for (let i = 1; i < word.length; i++) {
    if (typeOf(options, longName(options, word[i])) === 'string' && i !== word.length - 1) {
      words.push(`-${word.slice(i)}`);
      break;
    }
    words.push(`-${word[i]}`);
  }
  return words;
}

function tokenize(args, options) {
  const tokens = [], rest = [...args];
  let index = -1, ofGroup = 0;

  function pushOption(name, rawName) { // with the next word as its value when it takes one
    let value, inlineValue;
    if (typeOf(options, name) === 'string' && rest[0] != null) {
      value = rest.shift();
      inlineValue = false;
    }
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
    if (value != null) index++;
  }

  while (rest.length > 0) {
    const word = rest.shift();
    if (ofGroup > 0) ofGroup--;
    else index++;
    if (word === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of rest) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    if (isShort(word)) {
      const name = longName(options, word[1]);
      if (word.length === 2) {
        pushOption(name, word);
      } else if (typeOf(options, name) === 'string') {
        tokens.push({ kind: 'option', name, rawName: `-${word[1]}`, index, value: word.slice(2), inlineValue: true });
      } else {
        const words = expandGroup(word, options);
        rest.unshift(...words);
        ofGroup = words.length;
      }
    } else if (isLong(word)) {
      const equals = word.indexOf('=', 3);
      if (equals === -1) {
        pushOption(word.slice(2), word);
      } else {
        const name = word.slice(2, equals);
        tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: word.slice(equals + 1), inlineValue: true });
      }
    } else {
      tokens.push({ kind: 'positional', index, value: word });
    }
  }
  return tokens;
}

// ---- Tokens to values ----

const isNegated = (options, name) => name.startsWith('no-') && typeOf(options, name.slice(3)) === 'boolean';

function checkUsage(token, { options, allowPositionals, allowNegative }) {
  let { name } = token;
  if (!hasOwn(options, name)) {
    if (!allowNegative || !isNegated(options, name)) {
      throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
    }
    name = name.slice(3);
  }
  const { short, type } = options[name];
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value != null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
}

// A value that looks like an option was perhaps meant as one.
function checkValue({ name, rawName, value, inlineValue }) {
  if (inlineValue || value == null || value.length < 2 || value[0] !== '-') return;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store(token, { options, allowNegative }, values) {
  let result = token.value ?? true;
  if (token.name === '__proto__') return;
  if (allowNegative && token.value === undefined && !hasOwn(options, token.name) && token.name.startsWith('no-')) {
    token.name = token.name.slice(3);
    result = false;
  }
  const { name } = token;
  if (optionOf(options, name)?.multiple) (values[name] ??= []).push(result);
  else values[name] = result;
}

function parseArgs(config = {}) {
  const args = config.args ?? mainArguments(), strict = config.strict ?? true;
  const allowPositionals = config.allowPositionals ?? !strict, allowNegative = config.allowNegative ?? false;
  const returnTokens = config.tokens ?? false, options = config.options ?? { __proto__: null };
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  for (const name of Object.keys(options)) validateOption(options[name], `options.${name}`);

  const settings = { options, allowPositionals, allowNegative }, tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) {
        checkUsage(token, settings);
        checkValue(token);
      }
      store(token, settings, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    if (options[name].default !== undefined && !hasOwn(result.values, name) && name !== '__proto__') {
      result.values[name] = options[name].default;
    }
  }
  return result;
}

module.exports = { parseArgs };
