// SPDX-License-Identifier: MIT
// Query strings.
'use strict';

const { Buffer } = require('buffer');

function unescapeBuffer(s, decodeSpaces) {
  const out = [];
  const bytes = Buffer.from(s);
  const value = (c) => (c >= 48 && c <= 57 ? c - 48 : c >= 65 && c <= 70 ? c - 55 : c >= 97 && c <= 102 ? c - 87 : -1);
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === 43 && decodeSpaces) out.push(32);
    else if (c === 37 && i + 2 < bytes.length && value(bytes[i + 1]) >= 0 && value(bytes[i + 2]) >= 0) {
      out.push(value(bytes[i + 1]) * 16 + value(bytes[i + 2]));
      i += 2;
    } else out.push(c);
  }
  return Buffer.from(out);
}

function unescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return querystring.unescapeBuffer(s, decodeSpaces).toString();
  }
}

function escape(s) {
  if (typeof s !== 'string') s = typeof s === 'object' ? String(s) : s + '';
  try {
    return encodeURIComponent(s);
  } catch {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_URI();
  }
}

function primitive(v) {
  if (typeof v === 'string') return v;
  if (typeof v === 'number' && isFinite(v)) return '' + v;
  if (typeof v === 'bigint') return '' + v;
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return '';
}

function stringify(obj, sep = '&', eq = '=', options) {
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
  if (obj === null || typeof obj !== 'object') return '';
  const parts = [];
  for (const key of Object.keys(obj)) {
    const prefix = encode(primitive(key)) + eq;
    if (Array.isArray(obj[key])) for (const v of obj[key]) parts.push(prefix + encode(primitive(v)));
    else parts.push(prefix + encode(primitive(obj[key])));
  }
  return parts.join(sep);
}

function parse(text, sep = '&', eq = '=', options) {
  const out = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return out;
  sep ||= '&';
  eq ||= '=';
  let max = 1000;
  if (options && typeof options.maxKeys === 'number') max = options.maxKeys;
  const decode = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
  let parts = text.split(sep);
  if (max > 0 && parts.length > max) parts = parts.slice(0, max);
  const decodeOrKeep = (s) => {
    s = s.replaceAll('+', ' ');
    if (decode === unescape && !s.includes('%')) return s;
    try {
      return decode(s);
    } catch {
      return unescape(s, true);
    }
  };
  for (const part of parts) {
    if (part === '') continue;
    const at = part.indexOf(eq);
    const key = decodeOrKeep(at === -1 ? part : part.slice(0, at));
    const value = at === -1 ? '' : decodeOrKeep(part.slice(at + eq.length));
    if (!(key in out)) out[key] = value;
    else if (Array.isArray(out[key])) out[key].push(value);
    else out[key] = [out[key], value];
  }
  return out;
}

const querystring = module.exports = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };
