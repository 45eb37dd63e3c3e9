// SPDX-License-Identifier: MIT
// Which characters the host of a special URL may have (forbidden domain code points of the URL standard).
'use strict';
const seen = [];
for (let c = 0x21; c < 0x80; c++) {
  const url = URL.parse(`http://a${String.fromCharCode(c)}b/`);
  if (url !== null && url.host.length === 3) seen.push(url.host[1]);
}
console.log(seen.join(''));
