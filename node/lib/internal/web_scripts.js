// SPDX-License-Identifier: MIT
// Scripts of Web workers by URL: what counts as JavaScript, and the text of data: and blob: URLs.
'use strict';

// https://mimesniff.spec.whatwg.org/#javascript-mime-type
const javaScript = /^(?:(?:application|text)\/(?:x-)?(?:ecma|java)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/;

// [MIME type without parameters, is base64, body]; undefined: there is no comma
function splitData(url) {
  const text = url.pathname + url.search, comma = text.indexOf(',');
  if (comma === -1) return undefined;
  const head = text.slice(0, comma);
  return [head.split(';')[0].trim().toLowerCase(), /; *base64$/i.test(head), text.slice(comma + 1)];
}

// The text of a data: or blob: URL that is JavaScript; undefined: it is not.
function textOfUrl(url) {
  if (url.protocol === 'blob:') {
    const { resolveObjectURL, textOf } = require('internal/blob');
    const blob = resolveObjectURL(url.href);
    return blob !== undefined && (blob.type === '' || javaScript.test(blob.type.split(';')[0].trim())) ? textOf(blob) : undefined;
  }
  return url.protocol === 'data:' && javaScript.test(splitData(url)?.[0]) ? dataText(url) : undefined;
}

function dataText(url) {
  const { 1: isBase64, 2: body } = splitData(url);
  const { Buffer } = require('buffer');
  const bytes = Buffer.from(body.replace(/%([0-9a-f]{2})|[^%]+|%/gi, (part, hex) => (
    hex === undefined ? Buffer.from(part).toString('latin1') : String.fromCharCode(parseInt(hex, 16)))), 'latin1');
  const text = isBase64 ? Buffer.from(bytes.toString('latin1'), 'base64').toString() : bytes.toString();
  return text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text;
}

module.exports = { textOfUrl };
