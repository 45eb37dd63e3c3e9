# SPDX-License-Identifier: MIT
# weft --test262: realm, preludes, modules, statuses.
set -u
fails=0
run() { "$WEFT" --test262 "$@" >out.txt 2>err.txt; code=$?; }
check() { [ "$code" = "$2" ] && [ "$(cat out.txt)" = "$3" ] && { [ -z "${4-}" ] || [ "$(head -1 err.txt)" = "$4" ]; } || { echo "$1: $code"; cat out.txt err.txt; fails=1; }; }
echo 'print(typeof require, typeof process, typeof console, typeof $262.createRealm)' > a.js
run a.js; check plain 0 'undefined'
echo 'print([typeof require, typeof process, typeof console, typeof $262.createRealm])' > a.js
run a.js; check bare 0 'undefined,undefined,undefined,function'
echo 'var fromPrelude = 1; function helper() { return this === undefined }' > p.js
echo '"use strict"; print(fromPrelude + String(helper()))' > b.js
run --prelude p.js b.js; check prelude 0 '1false'
echo 'throw new RangeError("bad " + 1)' > c.js
run c.js; check throws 1 '' 'Uncaught RangeError: bad 1'
echo 'function Test262Error(m) { this.message = m } throw new Test262Error("mine")' > d.js
run d.js; check custom 1 '' 'Uncaught Test262Error: mine'
echo 'throw 5' > e.js; run e.js; check primitive 1 '' 'Uncaught 5'
echo 'let x = ;' > f.js; run f.js; check syntax 1 '' "Uncaught SyntaxError: Unexpected token ';'"
echo 'Promise.reject(1); Promise.resolve().then(() => print("job"))' > g.js; run g.js; check rejection 0 'job'
echo 'export const x = 1; import * as self from "./h.mjs"; print(self.x)' > h.mjs; run --module h.mjs; check module 0 '1'
echo 'import { nope } from "./h.mjs"' > i.mjs; run --module i.mjs; check link 1 '' "Uncaught SyntaxError: The requested module './h.mjs' does not provide an export named 'nope'"
echo 'await 1; throw new TypeError("later")' > j.mjs; run --module j.mjs; check tla 1 '' 'Uncaught TypeError: later'
echo 'const r = $262.createRealm(); print(r.evalScript("Array") !== Array, r.global.Array !== Array); var b = new ArrayBuffer(8); $262.detachArrayBuffer(b); print([r.evalScript("1+1"), b.byteLength, typeof $262.IsHTMLDDA, $262.IsHTMLDDA == null, $262.global === globalThis])' > k.js
run k.js; check host 0 "$(printf 'true\n2,0,undefined,true,true')"
run nope.js; check missing 1 ''
exit $fails
