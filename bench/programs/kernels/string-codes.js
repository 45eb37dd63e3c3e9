// SPDX-License-Identifier: MIT
// Scanning text as a lexer does: charCodeAt, indexing, slice, indexOf, comparison, number parsing.
var SIZE = 25000;

var TEXT = 'let alpha = 42 + beta * (gamma - 7); if (alpha >= delta1) { emit("result", alpha); } else { skip(19); } ';

function run(n) {
  var words = 0, numbers = 0, hash = 0;
  var text = TEXT + TEXT + TEXT + TEXT;
  for (var i = 0; i < n; i++) {
    var at = 0;
    while (at < text.length) {
      var code = text.charCodeAt(at), start = at;
      if ((code >= 97 && code <= 122) || code === 95) {
        do code = text.charCodeAt(++at);
        while ((code >= 97 && code <= 122) || (code >= 48 && code <= 57));
        var word = text.slice(start, at);
        if (word === 'alpha' || word === 'if') hash = (hash + 7) | 0;
        hash = (hash * 33 + word.length) | 0;
        words++;
      } else if (code >= 48 && code <= 57) {
        do code = text.charCodeAt(++at);
        while (code >= 48 && code <= 57);
        hash = (hash + parseInt(text.substring(start, at), 10)) | 0;
        numbers++;
      } else if (text[at] === '"') {
        at = text.indexOf('"', at + 1) + 1;
      } else {
        at++;
      }
    }
  }
  return words + ',' + numbers + ',' + hash;
}
