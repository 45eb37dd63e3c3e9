// SPDX-License-Identifier: MIT
// Texts of .env files: `NAME=value` lines, values bare (up to a #) or in one of three quotes, which may span lines.
'use strict';

function parseEnv(content) {
  const result = {}, text = content.replace(/\r\n?/g, '\n');
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at), equals = text.indexOf('=', at);
    const line = text.slice(at, end).trim();
    if (line === '' || line[0] === '#' || equals === -1 || equals >= end) {
      at = end + 1;
      continue;
    }
    const name = text.slice(at, equals).trim().replace(/^export\s+/, '');
    const { value, next } = parseValue(text, equals + 1, end);
    if (name !== '') result[name] = value;
    at = next;
  }
  return result;
}

function lineEnd(text, from) {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function parseValue(text, from, end) {
  let start = from;
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start++;
  const quote = text[start];
  if (start < end && (quote === '"' || quote === '\'' || quote === '`')) {
    const close = text.indexOf(quote, start + 1);
    if (close !== -1) {
      const inside = text.slice(start + 1, close);
      return { value: quote === '"' ? inside.replaceAll('\\n', '\n') : inside, next: lineEnd(text, close) + 1 };
    }
  }
  const bare = text.slice(start, end), comment = bare.indexOf('#');
  return { value: (comment === -1 ? bare : bare.slice(0, comment)).trim(), next: end + 1 };
}

module.exports = { parseEnv };
