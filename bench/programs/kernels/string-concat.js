// SPDX-License-Identifier: MIT
// Building strings by appending, by prepending and from numbers.
var SIZE = 65000;

function run(n) {
  var hash = 0, total = 0, i, j, text, back;
  for (i = 0; i < n; i++) {
    text = '';
    back = '';
    for (j = 0; j < 100; j++) {
      text += 'item ' + j + ';';
      back = String.fromCharCode(97 + (j % 26)) + back;
    }
    total += text.length + back.length;
    hash = (hash * 31 + text.charCodeAt(i % text.length) + back.charCodeAt(i % 100)) | 0;
    if (text === back) hash++;
  }
  return total + ',' + hash;
}
