// SPDX-License-Identifier: MIT
/*---
description: Reserved words are no names; contextual ones are.
flags: [noStrict]
---*/
"break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with"
  .split(" ").forEach(function (word) { assert.throws(SyntaxError, function () { eval("var " + word); }, word); });
"as async await from get let of set static yield implements interface package private protected public accessor using meta target eval arguments undefined"
  .split(" ").forEach(function (word) { Function("var " + word + " = 1; return " + word)(); });
