// SPDX-License-Identifier: MIT
// URL and URLSearchParams by the WHATWG URL standard (a basic URL parser as its state machine), and file URLs.
'use strict';

const native = internalBinding('url');
const { codes } = require('internal/errors');
const cloning = require('internal/clone_symbols');
const custom = Symbol.for('nodejs.util.inspect.custom');

const specialPorts = { __proto__: null, 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const isSpecial = (scheme) => scheme in specialPorts;

// ---- Percent encoding ----

const hex = (n) => '%' + (n < 16 ? '0' : '') + n.toString(16).toUpperCase();
const inC0 = (c) => c < 0x20 || c > 0x7e;
const inFragment = (c) => inC0(c) || c === 32 || c === 34 || c === 60 || c === 62 || c === 96;
const inQuery = (c) => inC0(c) || c === 32 || c === 34 || c === 35 || c === 60 || c === 62;
const inSpecialQuery = (c) => inQuery(c) || c === 39;
const inPath = (c) => inQuery(c) || c === 63 || c === 94 || c === 96 || c === 123 || c === 125;
const inUserinfo = (c) => inPath(c) || c === 47 || c === 58 || c === 59 || c === 61 || c === 64 || (c >= 91 && c <= 93) || c === 124;

function utf8(codePoint) {
  if (codePoint < 0x80) return [codePoint];
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), 0x80 | (codePoint & 63)];
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) codePoint = 0xfffd;
  if (codePoint < 0x10000) return [0xe0 | (codePoint >> 12), 0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63)];
  return [0xf0 | (codePoint >> 18), 0x80 | ((codePoint >> 12) & 63), 0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63)];
}

function encode(text, inSet) {
  let i = 0;
  while (i < text.length && !inSet(text.charCodeAt(i))) i++;
  if (i === text.length) return text;
  let out = text.slice(0, i);
  for (const char of text.slice(i)) {
    const c = char.codePointAt(0);
    if (!inSet(c)) out += char;
    else for (const byte of utf8(c)) out += hex(byte);
  }
  return out;
}

function percentDecode(text) {
  if (!text.includes('%')) return text;
  const bytes = [];
  for (let i = 0; i < text.length; i++) {
    const digits = text[i] === '%' ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-fA-F]{2}$/.test(digits)) {
      bytes.push(parseInt(digits, 16));
      i += 2;
    } else {
      const c = text.codePointAt(i);
      if (c > 0xffff) i++;
      bytes.push(...utf8(c));
    }
  }
  return internalBinding('encoding').decode(new Uint8Array(bytes), false, true, false)[0];
}

// ---- Hosts ----

function parseIPv4Number(text) {
  if (text === '') return NaN;
  let radix = 10;
  if (/^0x/i.test(text)) {
    text = text.slice(2);
    radix = 16;
  } else if (text.length > 1 && text[0] === '0') {
    text = text.slice(1);
    radix = 8;
  }
  if (text === '') return 0;
  if (!(radix === 10 ? /^[0-9]+$/ : radix === 16 ? /^[0-9a-f]+$/i : /^[0-7]+$/).test(text)) return NaN;
  return parseInt(text, radix);
}

function endsInNumber(host) {
  const parts = host.split('.');
  if (parts[parts.length - 1] === '') {
    if (parts.length === 1) return false;
    parts.pop();
  }
  const last = parts[parts.length - 1];
  return /^[0-9]+$/.test(last) || /^0x[0-9a-f]*$/i.test(last);
}

function parseIPv4(host) {
  const parts = host.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return null;
  const numbers = parts.map(parseIPv4Number);
  if (numbers.some(Number.isNaN)) return null;
  for (let i = 0; i < numbers.length - 1; i++) if (numbers[i] > 255) return null;
  if (numbers[numbers.length - 1] >= 256 ** (5 - numbers.length)) return null;
  let address = numbers[numbers.length - 1];
  for (let i = 0; i < numbers.length - 1; i++) address += numbers[i] * 256 ** (3 - i);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function parseIPv6(text) {
  const pieces = [0, 0, 0, 0, 0, 0, 0, 0];
  let index = 0, compress = null, p = 0;
  if (text[p] === ':') {
    if (text[p + 1] !== ':') return null;
    p += 2;
    compress = ++index;
  }
  while (p < text.length) {
    if (index === 8) return null;
    if (text[p] === ':') {
      if (compress !== null) return null;
      p++;
      compress = ++index;
      continue;
    }
    let value = 0, length = 0;
    while (length < 4 && p < text.length && /[0-9a-f]/i.test(text[p])) {
      value = value * 16 + parseInt(text[p], 16);
      p++;
      length++;
    }
    if (text[p] === '.') {
      if (length === 0 || index > 6) return null;
      p -= length;
      const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text.slice(p));
      if (!match) return null;
      const n = match.slice(1).map(Number);
      if (n.some((x, i) => x > 255 || (match[i + 1].length > 1 && match[i + 1][0] === '0'))) return null;
      pieces[index++] = n[0] * 256 + n[1];
      pieces[index++] = n[2] * 256 + n[3];
      p = text.length;
      break;
    }
    if (text[p] === ':') {
      p++;
      if (p === text.length) return null;
    } else if (p < text.length) {
      return null;
    }
    pieces[index++] = value;
  }
  if (compress !== null) {
    let swaps = index - compress;
    index = 7;
    while (index !== 0 && swaps > 0) {
      [pieces[index], pieces[compress + swaps - 1]] = [pieces[compress + swaps - 1], pieces[index]];
      index--;
      swaps--;
    }
  } else if (index !== 8) {
    return null;
  }
  return pieces;
}

function serializeIPv6(pieces) {
  let best = -1, bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && pieces[j] === 0) j++;
    if (j - i > bestLength) {
      best = i;
      bestLength = j - i;
    }
    if (j > i) i = j;
  }
  let out = '';
  for (let i = 0; i < 8; i++) {
    if (i === best) {
      out += i === 0 ? '::' : ':';
      i += bestLength - 1;
      continue;
    }
    out += pieces[i].toString(16);
    if (i !== 7) out += ':';
  }
  return `[${out}]`;
}

// Punycode (RFC 3492) of one label.
function toPunycode(label) {
  const input = Array.from(label, (c) => c.codePointAt(0));
  let out = input.filter((c) => c < 128).map((c) => String.fromCharCode(c)).join('');
  let handled = out.length;
  const basic = handled;
  if (basic > 0) out += '-';
  let n = 128, delta = 0, bias = 72;
  const digit = (d) => String.fromCharCode(d < 26 ? d + 97 : d + 22);
  const adapt = (d, count, first) => {
    d = first ? Math.floor(d / 700) : d >> 1;
    d += Math.floor(d / count);
    let k = 0;
    for (; d > 455; k += 36) d = Math.floor(d / 35);
    return k + Math.floor((36 * d) / (d + 38));
  };
  while (handled < input.length) {
    const m = Math.min(...input.filter((c) => c >= n));
    delta += (m - n) * (handled + 1);
    n = m;
    for (const c of input) {
      if (c < n) delta++;
      if (c !== n) continue;
      let q = delta;
      for (let k = 36; ; k += 36) {
        const t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        out += digit(t + ((q - t) % (36 - t)));
        q = Math.floor((q - t) / (36 - t));
      }
      out += digit(q);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return out;
}

function fromPunycode(text) {
  const at = text.lastIndexOf('-');
  const out = at > 0 ? Array.from(text.slice(0, at), (c) => c.charCodeAt(0)) : [];
  let n = 128, i = 0, bias = 72;
  for (let p = at > 0 ? at + 1 : 0; p < text.length;) {
    const old = i;
    for (let w = 1, k = 36; ; k += 36) {
      if (p >= text.length) return null;
      const c = text.charCodeAt(p++);
      const d = c >= 97 && c <= 122 ? c - 97 : c >= 65 && c <= 90 ? c - 65 : c >= 48 && c <= 57 ? c - 22 : 36;
      if (d >= 36) return null;
      i += d * w;
      const t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (d < t) break;
      w *= 36 - t;
    }
    let d = old === 0 ? Math.floor((i - old) / 700) : (i - old) >> 1;
    d += Math.floor(d / (out.length + 1));
    let k = 0;
    for (; d > 455; k += 36) d = Math.floor(d / 35);
    bias = k + Math.floor((36 * d) / (d + 38));
    n += Math.floor(i / (out.length + 1));
    i %= out.length + 1;
    if (n > 0x10ffff) return null;
    out.splice(i++, 0, n);
  }
  return String.fromCodePoint(...out);
}

function domainToASCII(domain) {
  const lower = domain.normalize('NFKC').toLowerCase().normalize('NFC').replace(/[\u3002\uff0e\uff61]/g, '.').replace(/\u00ad|\u200b|\u2060|\ufeff/g, '');
  const labels = lower.split('.');
  for (let i = 0; i < labels.length; i++) {
    if (/[^\0-\x7f]/.test(labels[i])) {
      if (labels[i].startsWith('xn--')) return null;
      labels[i] = 'xn--' + toPunycode(labels[i]);
    } else if (labels[i].startsWith('xn--') && fromPunycode(labels[i].slice(4)) === null) return null;
  }
  return labels.join('.');
}

function domainToUnicode(domain) {
  return domain.split('.').map((label) => (label.startsWith('xn--') ? fromPunycode(label.slice(4)) ?? label : label)).join('.');
}

function parseHost(input, special) {
  if (input[0] === '[') {
    if (input[input.length - 1] !== ']') return null;
    const pieces = parseIPv6(input.slice(1, -1));
    return pieces && serializeIPv6(pieces);
  }
  if (!special) {
    if (/[\0\t\n\r #/:<>?@[\\\]^|]/.test(input)) return null;
    return encode(input, inC0);
  }
  const ascii = domainToASCII(percentDecode(input));
  if (ascii === null || ascii === '' || /[\0-\x20#%/:<>?@[\\\]^|\x7f]/.test(ascii)) return null;
  return endsInNumber(ascii) ? parseIPv4(ascii) : ascii;
}

// ---- The parser. A record: { scheme, username, password, host, port, path (array, or string when opaque), query, fragment }. ----

const isLetter = (c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
const isWindowsLetter = (s) => s.length === 2 && isLetter(s[0]) && (s[1] === ':' || s[1] === '|');
const startsWithWindowsLetter = (s) => s.length >= 2 && isWindowsLetter(s.slice(0, 2)) && (s.length === 2 || '/\\?#'.includes(s[2]));
const isSingleDot = (s) => s === '.' || /^%2e$/i.test(s);
const isDoubleDot = (s) => s === '..' || /^(\.%2e|%2e\.|%2e%2e)$/i.test(s);

function shorten(url) {
  if (url.scheme === 'file:' && url.path.length === 1 && /^[a-z]:$/i.test(url.path[0])) return;
  url.path.pop();
}

function copyOf(base) {
  return { ...base, path: Array.isArray(base.path) ? base.path.slice() : base.path };
}

function parsePath(url, rest) {
  if (url.path.length === 0 && url.scheme !== 'file:' && isSpecial(url.scheme)) {
    const path = native.parsePath(rest);
    if (path !== undefined) {
      url.path = path;
      return;
    }
  }
  const special = isSpecial(url.scheme);
  let i = 0;
  for (;;) {
    let end = i;
    while (end < rest.length && rest[end] !== '/' && !(special && rest[end] === '\\')) end++;
    const segment = encode(rest.slice(i, end), inPath);
    const last = end === rest.length;
    if (isDoubleDot(segment)) {
      shorten(url);
      if (last) url.path.push('');
    } else if (isSingleDot(segment)) {
      if (last) url.path.push('');
    } else {
      let name = segment;
      if (url.scheme === 'file:' && url.path.length === 0 && isWindowsLetter(name)) name = name[0] + ':';
      url.path.push(name);
    }
    if (last) return;
    i = end + 1;
  }
}

function splitTail(text) {
  let fragment = null, query = null;
  const hash = text.indexOf('#');
  if (hash !== -1) {
    fragment = text.slice(hash + 1);
    text = text.slice(0, hash);
  }
  const mark = text.indexOf('?');
  if (mark !== -1) {
    query = text.slice(mark + 1);
    text = text.slice(0, mark);
  }
  return { text, query, fragment };
}

function setTail(url, query, fragment) {
  if (query !== null) url.query = encode(query, isSpecial(url.scheme) ? inSpecialQuery : inQuery);
  if (fragment !== null) url.fragment = encode(fragment, inFragment);
}

function parsePort(url, text) {
  if (text === '') {
    url.port = '';
    return true;
  }
  if (!/^[0-9]+$/.test(text)) return false;
  const port = parseInt(text, 10);
  if (port > 65535) return false;
  url.port = String(port) === specialPorts[url.scheme] ? '' : String(port);
  return true;
}

function parseAuthority(url, authority) {
  const special = isSpecial(url.scheme);
  const at = authority.lastIndexOf('@');
  if (at !== -1) {
    const credentials = authority.slice(0, at);
    const colon = credentials.indexOf(':');
    url.username = encode(colon === -1 ? credentials : credentials.slice(0, colon), inUserinfo);
    if (colon !== -1) url.password = encode(credentials.slice(colon + 1), inUserinfo);
    authority = authority.slice(at + 1);
    if (authority === '') return false;
  }
  let colon = -1, brackets = false;
  for (let i = 0; i < authority.length; i++) {
    if (authority[i] === '[') brackets = true;
    else if (authority[i] === ']') brackets = false;
    else if (authority[i] === ':' && !brackets) {
      colon = i;
      break;
    }
  }
  const hostText = colon === -1 ? authority : authority.slice(0, colon);
  if (hostText === '') {
    if (special || colon !== -1 || at !== -1) return false;
    url.host = '';
    return true;
  }
  const host = parseHost(hostText, special);
  if (host === null) return false;
  url.host = host;
  return colon === -1 || parsePort(url, authority.slice(colon + 1));
}

function authorityEnd(text, special) {
  let i = 0;
  while (i < text.length && text[i] !== '/' && !(special && text[i] === '\\')) i++;
  return i;
}

function emptyRecord(scheme) {
  return { scheme, username: '', password: '', host: null, port: '', path: [], query: null, fragment: null };
}

function parseFile(rest, base) {
  const url = emptyRecord('file:');
  url.host = '';
  const { text, query, fragment } = splitTail(rest);
  const isSlash = (c) => c === '/' || c === '\\';
  if (isSlash(text[0]) && isSlash(text[1])) {
    const after = text.slice(2);
    const end = authorityEnd(after, true);
    const name = after.slice(0, end);
    if (isWindowsLetter(name)) {
      parsePath(url, after);
    } else {
      if (name !== '') {
        const host = parseHost(name, true);
        if (host === null) return null;
        url.host = host === 'localhost' ? '' : host;
      }
      parsePath(url, after.slice(end + 1));
    }
  } else if (isSlash(text[0])) {
    if (base && base.scheme === 'file:') {
      url.host = base.host;
      if (!startsWithWindowsLetter(text.slice(1)) && /^[a-z]:$/i.test(base.path[0] ?? '')) url.path.push(base.path[0]);
    }
    parsePath(url, text.slice(1));
  } else if (base && base.scheme === 'file:') {
    url.host = base.host;
    url.path = base.path.slice();
    url.query = base.query;
    if (text !== '') {
      url.query = null;
      if (startsWithWindowsLetter(text)) url.path = [];
      else shorten(url);
      parsePath(url, text);
    } else if (query !== null) {
      url.query = null;
    }
  } else {
    parsePath(url, text);
  }
  setTail(url, query, fragment);
  return url;
}

function parseRelative(input, base) {
  const special = isSpecial(base.scheme);
  const isSlash = (c) => c === '/' || (special && c === '\\');
  const { text, query, fragment } = splitTail(input);
  if (isSlash(text[0]) && isSlash(text[1])) return parseWithAuthority(base.scheme, special ? text.replace(/^[/\\]+/, '') : text.slice(2), query, fragment);
  const url = copyOf(base);
  url.fragment = null;
  if (isSlash(text[0])) {
    url.query = null;
    url.path = [];
    parsePath(url, text.slice(1));
  } else if (text !== '') {
    url.query = null;
    shorten(url);
    parsePath(url, text);
  } else if (query !== null) {
    url.query = null;
  }
  setTail(url, query, fragment);
  return url;
}

function parseWithAuthority(scheme, text, query, fragment) {
  const url = emptyRecord(scheme);
  const special = isSpecial(scheme);
  const end = authorityEnd(text, special);
  if (!parseAuthority(url, text.slice(0, end))) return null;
  if (end < text.length) parsePath(url, text.slice(end + 1));
  else if (special) url.path = [''];
  setTail(url, query, fragment);
  return url;
}

// null: no URL.
function parse(input, base) {
  const url = emptyRecord('');
  return native.parse(input, base, url) ? url : parseSlowly(input, base);
}

function parseSlowly(input, base) {
  input = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '').replace(/[\t\n\r]/g, '');
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(input);
  if (!match) {
    if (!base) return null;
    if (typeof base.path === 'string') {
      if (input[0] !== '#') return null;
      const url = copyOf(base);
      setTail(url, null, input.slice(1));
      return url;
    }
    return base.scheme === 'file:' ? parseFile(input, base) : parseRelative(input, base);
  }
  const scheme = match[1].toLowerCase() + ':';
  const rest = input.slice(match[0].length);
  if (scheme === 'file:') return parseFile(rest, base);
  if (isSpecial(scheme)) {
    if (base && base.scheme === scheme && !/^[/\\]{2}/.test(rest)) {
      if (!/^[/\\]/.test(rest) || rest[0] === '/' || rest[0] === '\\') return parseRelative(rest, base);
    }
    const { text, query, fragment } = splitTail(rest);
    return parseWithAuthority(scheme, text.replace(/^[/\\]*/, ''), query, fragment);
  }
  const { text, query, fragment } = splitTail(rest);
  if (text.startsWith('//')) return parseWithAuthority(scheme, text.slice(2), query, fragment);
  const url = emptyRecord(scheme);
  if (text[0] === '/') {
    parsePath(url, text.slice(1));
  } else {
    url.path = encode(query === null && fragment === null ? text : text.replace(/ $/, '%20'), inC0);
  }
  setTail(url, query, fragment);
  return url;
}

function pathname(url) {
  return typeof url.path === 'string' ? url.path : url.path.map((s) => '/' + s).join('');
}

function serialize(url, withFragment = true) {
  let out = url.scheme;
  if (url.host !== null) {
    out += '//';
    if (url.username !== '' || url.password !== '') {
      out += url.username;
      if (url.password !== '') out += ':' + url.password;
      out += '@';
    }
    out += url.host;
    if (url.port !== '') out += ':' + url.port;
  } else if (Array.isArray(url.path) && url.path.length > 1 && url.path[0] === '') {
    out += '/.';
  }
  out += pathname(url);
  if (url.query !== null) out += '?' + url.query;
  if (withFragment && url.fragment !== null) out += '#' + url.fragment;
  return out;
}

// ---- URLSearchParams ----

function parseForm(text) {
  const simple = native.parseForm(text);
  if (simple !== undefined) return simple;
  const list = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = at === -1 ? part : part.slice(0, at), value = at === -1 ? '' : part.slice(at + 1);
    list.push([percentDecode(name.replaceAll('+', ' ')).toWellFormed(), percentDecode(value.replaceAll('+', ' ')).toWellFormed()]);
  }
  return list;
}

let setOwner; // connects params to their URL
class URLSearchParams {
  #list = [];
  #owner = null;
  static {
    setOwner = (params, owner, query) => {
      params.#owner = owner;
      params.#list = parseForm(query);
    };
  }
  constructor(init = undefined) {
    if (init == null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const iterator = init[Symbol.iterator];
      if (iterator === this[Symbol.iterator] && #list in init) {
        this.#list = init.#list.map((pair) => pair.slice());
      } else if (iterator != null) {
        if (typeof iterator !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
        for (const pair of init) {
          if (pair == null || typeof pair[Symbol.iterator] !== 'function') throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          const items = [...pair];
          if (items.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          this.#list.push(items.map((s) => `${s}`.toWellFormed()));
        }
      } else {
        for (const key of Reflect.ownKeys(init)) {
          const desc = Reflect.getOwnPropertyDescriptor(init, key);
          if (desc !== undefined && desc.enumerable) this.#list.push([`${key}`.toWellFormed(), `${init[key]}`.toWellFormed()]);
        }
      }
      return;
    }
    init = `${init}`;
    this.#list = parseForm(init[0] === '?' ? init.slice(1) : init);
  }
  #update() {
    if (this.#owner) this.#owner(this.toString());
  }
  get size() {
    return this.#list.length;
  }
  append(name, value) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    this.#list.push([`${name}`.toWellFormed(), `${value}`.toWellFormed()]);
    this.#update();
  }
  delete(name, value = undefined) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`.toWellFormed();
    this.#list = this.#list.filter((p) => p[0] !== name || (value !== undefined && p[1] !== `${value}`.toWellFormed()));
    this.#update();
  }
  get(name) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`.toWellFormed();
    const found = this.#list.find((p) => p[0] === name);
    return found ? found[1] : null;
  }
  getAll(name) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`.toWellFormed();
    return this.#list.filter((p) => p[0] === name).map((p) => p[1]);
  }
  has(name, value = undefined) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`.toWellFormed();
    return this.#list.some((p) => p[0] === name && (value === undefined || p[1] === `${value}`.toWellFormed()));
  }
  set(name, value) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    name = `${name}`.toWellFormed();
    value = `${value}`.toWellFormed();
    const at = this.#list.findIndex((p) => p[0] === name);
    if (at === -1) this.#list.push([name, value]);
    else {
      this.#list[at][1] = value;
      this.#list = this.#list.filter((p, i) => i <= at || p[0] !== name);
    }
    this.#update();
  }
  sort() {
    this.#list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#update();
  }
  forEach(callback, thisArg = undefined) {
    require('internal/validators').validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i++) callback.call(thisArg, this.#list[i][1], this.#list[i][0], this);
  }
  entries() {
    return makeIterator(() => this.#list, (p) => p.slice());
  }
  keys() {
    return makeIterator(() => this.#list, (p) => p[0]);
  }
  values() {
    return makeIterator(() => this.#list, (p) => p[1]);
  }
  toString() {
    return native.serializeForm(this.#list);
  }
  [custom](depth, ctx) {
    if (typeof depth === 'number' && depth < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const output = this.#list.map((p) => `${inspect(p[0], ctx)} => ${inspect(p[1], ctx)}`);
    const length = output.reduce((n, s) => n + s.length + 2, -2);
    if (length > ctx.breakLength) return `URLSearchParams {\n  ${output.join(',\n  ')} }`;
    return output.length ? `URLSearchParams { ${output.join(', ')} }` : 'URLSearchParams {}';
  }
}
Object.defineProperties(URLSearchParams.prototype, {
  ...Object.fromEntries(['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values', 'toString', 'size']
    .map((name) => [name, { enumerable: true }])),
  [Symbol.iterator]: { configurable: true, writable: true, value: URLSearchParams.prototype.entries },
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams' },
});

const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams Iterator' },
  next: { configurable: true, enumerable: true, writable: true, value: function next() {
    return this.step();
  } },
});
function makeIterator(list, pick) {
  let i = 0;
  const iterator = Object.create(iteratorPrototype);
  Object.defineProperty(iterator, 'step', {
    value: () => {
      const items = list();
      return i < items.length ? { value: pick(items[i++]), done: false } : { value: undefined, done: true };
    },
  });
  return iterator;
}

// ---- URL ----

function invalid(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

function parseOrNull(input, base) {
  let baseRecord;
  if (base !== undefined) {
    baseRecord = parse(`${base}`.toWellFormed());
    if (baseRecord === null) return null;
  }
  return parse(`${input}`.toWellFormed(), baseRecord);
}

class URL {
  #url;
  #params;
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    this.#url = parseOrNull(input, base);
    if (this.#url === null) throw invalid(input, base);
  }
  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return parseOrNull(url, base) !== null;
  }
  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }
  static createObjectURL(obj) {
    return require('internal/blob').createObjectURL(obj);
  }
  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(url);
  }
  get href() {
    return serialize(this.#url);
  }
  set href(value) {
    const url = parse(`${value}`.toWellFormed());
    if (url === null) throw invalid(`${value}`);
    this.#url = url;
    if (this.#params) setOwner(this.#params, (query) => this.#setQuery(query), url.query ?? '');
  }
  get origin() {
    const { scheme } = this.#url;
    if (scheme === 'blob:') {
      const inner = parse(pathname(this.#url));
      return inner && (inner.scheme === 'http:' || inner.scheme === 'https:') ? `${inner.scheme}//${inner.host}${inner.port && ':' + inner.port}` : 'null';
    }
    return isSpecial(scheme) && scheme !== 'file:' ? `${scheme}//${this.host}` : 'null';
  }
  get protocol() {
    return this.#url.scheme;
  }
  set protocol(value) {
    const match = /^([a-zA-Z][a-zA-Z0-9+.-]*)/.exec(`${value}`);
    if (!match) return;
    const scheme = match[1].toLowerCase() + ':';
    const url = this.#url;
    if (isSpecial(scheme) !== isSpecial(url.scheme)) return;
    if (scheme === 'file:' && (url.username || url.password || url.port)) return;
    if (url.scheme === 'file:' && !url.host) return;
    url.scheme = scheme;
    if (url.port === specialPorts[scheme]) url.port = '';
  }
  get username() {
    return this.#url.username;
  }
  set username(value) {
    if (this.#url.host && this.#url.scheme !== 'file:') this.#url.username = encode(`${value}`.toWellFormed(), inUserinfo);
  }
  get password() {
    return this.#url.password;
  }
  set password(value) {
    if (this.#url.host && this.#url.scheme !== 'file:') this.#url.password = encode(`${value}`.toWellFormed(), inUserinfo);
  }
  get host() {
    const { host, port } = this.#url;
    return host === null ? '' : port === '' ? host : `${host}:${port}`;
  }
  set host(value) {
    this.#setHost(`${value}`.toWellFormed(), true);
  }
  get hostname() {
    return this.#url.host ?? '';
  }
  set hostname(value) {
    this.#setHost(`${value}`.toWellFormed(), false);
  }
  #setHost(value, withPort) {
    const url = this.#url;
    if (typeof url.path === 'string') return;
    value = value.replace(/[\t\n\r]/g, '').replace(isSpecial(url.scheme) ? /[/\\?#].*$/s : /[/?#].*$/s, '');
    const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(value);
    if (!match || (!withPort && match[2] !== undefined && url.scheme !== 'file:')) return;
    if (match[1] === '' && (isSpecial(url.scheme) && url.scheme !== 'file:')) return;
    const host = match[1] === '' ? '' : parseHost(match[1], isSpecial(url.scheme));
    if (host === null) return;
    url.host = url.scheme === 'file:' && host === 'localhost' ? '' : host;
    if (withPort && match[2]) this.port = match[2];
  }
  get port() {
    return this.#url.port;
  }
  set port(value) {
    const url = this.#url;
    if (!url.host || url.scheme === 'file:') return;
    value = `${value}`.replace(/[\t\n\r]/g, '');
    if (value === '') url.port = '';
    const digits = /^[0-9]+/.exec(value);
    if (digits) parsePort(url, digits[0]);
  }
  get pathname() {
    return pathname(this.#url);
  }
  set pathname(value) {
    const url = this.#url;
    if (typeof url.path === 'string') return;
    value = `${value}`.toWellFormed().replace(/[\t\n\r]/g, '');
    url.path = [];
    if (value[0] === '/' || (isSpecial(url.scheme) && value[0] === '\\')) value = value.slice(1);
    else if (value === '' && !isSpecial(url.scheme)) return;
    parsePath(url, value.replaceAll('?', '%3F').replaceAll('#', '%23'));
  }
  get search() {
    const { query } = this.#url;
    return query ? '?' + query : '';
  }
  set search(value) {
    value = `${value}`.toWellFormed().replace(/[\t\n\r]/g, '');
    if (value === '') this.#url.query = null;
    else {
      if (value[0] === '?') value = value.slice(1);
      this.#url.query = encode(value, isSpecial(this.#url.scheme) ? inSpecialQuery : inQuery);
    }
    if (this.#params) setOwner(this.#params, (query) => this.#setQuery(query), this.#url.query ?? '');
  }
  #setQuery(query) {
    this.#url.query = query === '' ? null : query;
  }
  get searchParams() {
    if (!this.#params) {
      this.#params = new URLSearchParams();
      setOwner(this.#params, (query) => this.#setQuery(query), this.#url.query ?? '');
    }
    return this.#params;
  }
  get hash() {
    const { fragment } = this.#url;
    return fragment ? '#' + fragment : '';
  }
  set hash(value) {
    value = `${value}`.toWellFormed().replace(/[\t\n\r]/g, '');
    if (value === '') this.#url.fragment = null;
    else this.#url.fragment = encode(value[0] === '#' ? value.slice(1) : value, inFragment);
  }
  toString() {
    return serialize(this.#url);
  }
  toJSON() {
    return serialize(this.#url);
  }
  [custom](depth, opts) {
    if (typeof depth === 'number' && depth < 0) return this;
    const o = {};
    for (const name of urlNames) o[name] = this[name];
    return `${this.constructor?.name ?? 'URL'} ${require('internal/util/inspect').inspect(o, opts)}`;
  }
}
const urlNames = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash'];
Object.defineProperties(URL.prototype, {
  ...Object.fromEntries([...urlNames, 'toString', 'toJSON'].map((name) => [name, { enumerable: true }])),
  [Symbol.toStringTag]: { configurable: true, value: 'URL' },
});
Object.defineProperties(URL, Object.fromEntries(['canParse', 'parse', 'createObjectURL', 'revokeObjectURL'].map((name) => [name, { enumerable: true }])));

// ---- File URLs ----

function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function fileURLToPath(path, options = undefined) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  const { pathname: name } = path;
  if (options?.windows) {
    if (/%2f|%5c/i.test(name)) throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters');
    const decoded = decodeURIComponent(name.replaceAll('/', '\\'));
    if (path.hostname !== '') return `\\\\${domainToUnicode(path.hostname)}${decoded}`;
    if (!/^\\[a-zA-Z]:/.test(decoded)) throw new codes.ERR_INVALID_FILE_URL_PATH('must be absolute');
    return decoded.slice(1);
  }
  if (path.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  if (!name.includes('%')) return name;
  if (/%2f/i.test(name)) throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  return decodeURIComponent(name);
}

function pathToFileURL(filepath, options = undefined) {
  const windows = options?.windows;
  const path = require('path');
  let resolved = windows ? path.win32.resolve(filepath) : path.posix.resolve(filepath);
  const last = filepath.charCodeAt(filepath.length - 1);
  if ((last === 47 || (windows && last === 92)) && resolved[resolved.length - 1] !== (windows ? '\\' : '/')) resolved += windows ? '\\' : '/';
  resolved = resolved.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('\t', '%09').replaceAll('?', '%3F').replaceAll('#', '%23');
  if (windows) return new URL(`file:///${resolved.replaceAll('\\', '/')}`);
  return new URL(`file://${resolved.replaceAll('\\', '%5C')}`);
}

function urlToHttpOptions(url) {
  const options = {
    __proto__: null, ...url, protocol: url.protocol,
    hostname: url.hostname && url.hostname[0] === '[' ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash, search: url.search, pathname: url.pathname, path: `${url.pathname || ''}${url.search || ''}`, href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return options;
}

for (const type of [URL, URLSearchParams]) Object.defineProperty(type.prototype, cloning.clone, { value: null }); // neither is cloneable

module.exports = {
  URL, URLSearchParams, fileURLToPath, pathToFileURL, isURL, urlToHttpOptions, toPunycode, fromPunycode,
  domainToASCII: (domain) => parseHost(`${domain}`, true) ?? '',
  domainToUnicode: (domain) => domainToUnicode(parseHost(`${domain}`, true) ?? ''),
};
