# SPDX-License-Identifier: MIT
# What stderr says of exceptions that nobody catches: the bytes of Node 26, but for its own frames and its version.
# Each case: a program, its exit code, and the text without `at` lines of the loader.
set -u
fails=0
check() { # name, file, expected status, expected stderr (of it, $PWD is written @; the version line is left out)
  timeout 60 "$WEFT" "$2" >out.txt 2>err.txt </dev/null; code=$?
  got=$(sed -e "s#$PWD#@#g" -e '/^    at .*(node:/d' -e '/^    at node:/d' -e '/^weft v/d' err.txt)
  [ "$code" = "$3" ] && [ "$got" = "$(printf '%s' "$4")" ] || { echo "$1: status $code"; printf '%s\n' "$got" > got.txt; printf '%s\n' "$4" | diff - got.txt; fails=1; }
}
has() { # name, file, expected status, lines that must occur one after the other...
  timeout 60 "$WEFT" "$2" >out.txt 2>err.txt </dev/null; code=$?
  name=$1 status=$3; shift 3
  [ "$code" = "$status" ] || { echo "$name: status $code"; cat err.txt; fails=1; }
  for line in "$@"; do
    sed "s#$PWD#@#g" err.txt | grep -qF -- "$line" || { echo "$name: stderr lacks: $line"; cat err.txt; fails=1; }
  done
}

# Values
echo 'throw 1' > a.js; check number a.js 1 "
@/a.js:1
throw 1
^
1
(Use \`weft --trace-uncaught ...\` to show where the exception was thrown)
"
echo '  throw { a: 1, b: { c: [1, 2] } }' > a.js; check object a.js 1 "
@/a.js:1
  throw { a: 1, b: { c: [1, 2] } }
  ^
{ a: 1, b: { c: [ 1, 2 ] } }
"
echo 'throw Symbol("x")' > a.js; check symbol a.js 1 "
@/a.js:1
throw Symbol(\"x\")
^

(Use \`weft --trace-uncaught ...\` to show where the exception was thrown)
"

# Errors
cat > a.js <<'X'
class MyError extends Error { name = 'Mine'; extra = new Map([[1, 2]]) }
throw new MyError('boo', { cause: 'c' })
X
check custom a.js 1 "@/a.js:2
throw new MyError('boo', { cause: 'c' })
^

Mine: boo
    at Object.<anonymous> (@/a.js:2:7) {
  extra: Map(1) { 1 => 2 },
  [cause]: 'c'
}
"
cat > a.js <<'X'
throw Object.assign(new Error('kept'), { [Symbol.for('nodejs.util.inspect.custom')]() { return 'CUSTOM' }, code: 'E' })
X
has inspect-custom a.js 1 'Error: kept' "  code: 'E'"
cat > a.js <<'X'
const e = new Error('made here');
function f() { throw e }
f()
X
check thrown-later a.js 1 "@/a.js:2
function f() { throw e }
               ^

Error: made here
    at Object.<anonymous> (@/a.js:1:11)
"
cat > a.js <<'X'
function f() { try { throw new Error('first') } finally { f.done = 1 } }
f()
X
check through-finally a.js 1 "@/a.js:1
function f() { try { throw new Error('first') } finally { f.done = 1 } }
                     ^

Error: first
    at f (@/a.js:1:28)
    at Object.<anonymous> (@/a.js:2:1)
"
cat > a.js <<'X'
try { null.x } catch (e) { e.message += '!'
  throw e }
X
has thrown-again a.js 1 '@/a.js:2' '  throw e }' '  ^' "TypeError: Cannot read properties of null (reading 'x')!"
mkdir -p sub; echo 'exports.f = function f() { g() }; function g() { throw new Error("nested") }' > sub/y.js
echo 'require("./sub/y").f()' > a.js
check required a.js 1 '@/sub/y.js:1
exports.f = function f() { g() }; function g() { throw new Error("nested") }
                                                 ^

Error: nested
    at g (@/sub/y.js:1:56)
    at Object.f (@/sub/y.js:1:28)
    at Object.<anonymous> (@/a.js:1:20)
'

# Callbacks
echo 'setTimeout(() => { throw new Error("late") }, 1)' > a.js
check timer a.js 1 '@/a.js:1
setTimeout(() => { throw new Error("late") }, 1)
                   ^

Error: late
    at Timeout._onTimeout (@/a.js:1:26)
'
echo 'queueMicrotask(() => { throw new Error("micro") })' > a.js
check microtask a.js 1 '@/a.js:1
queueMicrotask(() => { throw new Error("micro") })
                             ^

Error: micro
    at @/a.js:1:30
'
echo 'async function a() { await b() } async function b() { await 1; throw new Error("x") } a()' > a.js
check async a.js 1 '@/a.js:1
async function a() { await b() } async function b() { await 1; throw new Error("x") } a()
                                                                     ^

Error: x
    at b (@/a.js:1:70)
    at async a (@/a.js:1:22)
'
echo 'await 1; throw new Error("tla")' > a.mjs
check top-level-await a.mjs 1 'file://@/a.mjs:1
await 1; throw new Error("tla")
               ^

Error: tla
    at file://@/a.mjs:1:16
'
echo 'Promise.reject({ a: 1 })' > a.js
has rejection a.js 1 'new UnhandledPromiseRejection(' 'UnhandledPromiseRejection: This error originated either by' 'with the reason "#<Object>".' "  code: 'ERR_UNHANDLED_REJECTION'"
echo 'process.on("uncaughtException", (e, o) => console.log(e.code, o)); Promise.reject(5)' > a.js
has rejection-handled a.js 0; grep -qx 'ERR_UNHANDLED_REJECTION unhandledRejection' out.txt || { echo rejection-handled; cat out.txt; fails=1; }
cat > a.js <<'X'
class Source extends require('events') {}
new Source().emit('error', new Error('emitted'))
X
has emitted a.js 1 "    throw error; // Unhandled 'error' event" 'Error: emitted' "Emitted 'error' event on Source instance at:" '    at Object.<anonymous> (@/a.js:2:14)'

# Syntax errors
echo 'let x = ;' > s.js; echo 'require("./s.js")' > a.js
check syntax-required a.js 1 "@/s.js:1
let x = ;
        ^

SyntaxError: Unexpected token ';'
    at Object.<anonymous> (@/a.js:1:1)
"
printf 'if (1) {\n' > a.js
check syntax-end a.js 1 '@/a.js:2



SyntaxError: Unexpected end of input
'
echo 'export const ok = 1' > ok.mjs; printf 'import fs from "fs"\nimport { ok, nope } from "./ok.mjs"\n' > a.mjs
check missing-export a.mjs 1 "file://@/a.mjs:2
import { ok, nope } from \"./ok.mjs\"
             ^^^^
SyntaxError: The requested module './ok.mjs' does not provide an export named 'nope'
"
echo 'import ok from "./ok.mjs"' > a.mjs
check missing-default a.mjs 1 "file://@/a.mjs:1
import ok from \"./ok.mjs\"
       ^^
SyntaxError: The requested module './ok.mjs' does not provide an export named 'default'
"
echo 'await 5' > a.cjs
has module-in-cjs a.cjs 1 'Warning: Failed to load the ES module: @/a.cjs. Make sure to set "type": "module" in the nearest package.json' 'SyntaxError: await is only valid'
printf 'x = 1; \000 y\n' > a.js
has nul a.js 1 'SyntaxError: Invalid or unexpected token'
head -c 10000000 /dev/zero | tr '\0' ' ' > long.js; echo 'let x = ;' >> long.js
check long-line long.js 1 "@/long.js:1

SyntaxError: Unexpected token ';'
"
{ head -c 10000000 /dev/zero | tr '\0' ' '; echo 'throw new Error("far")'; } > long.js
check long-line-thrown long.js 1 '@/long.js:1

Error: far
    at Object.<anonymous> (@/long.js:1:10000007)
'

# Packages and cycles
mkdir -p node_modules/broken node_modules/main node_modules/target
echo '{ broken' > node_modules/broken/package.json; echo '{"main":"nope.js"}' > node_modules/main/package.json
echo '{"exports":{".":5}}' > node_modules/target/package.json
echo 'require("broken")' > a.js; has package-json a.js 1 'Error: Invalid package config @/node_modules/broken/package.json.' "  code: 'ERR_INVALID_PACKAGE_CONFIG'"
echo 'import "broken"' > a.mjs; has package-json-import a.mjs 1 'Error: Invalid package config @/node_modules/broken/package.json while importing "broken" from @/a.mjs.'
echo 'require("main")' > a.js; has package-main a.js 1 "Error: Cannot find module '@/node_modules/main/nope.js'. Please verify that the package.json has a valid \"main\" entry" "  requestPath: 'main'"
echo 'import "main"' > a.mjs; has package-main-import a.mjs 1 "Error: Cannot find package '@/node_modules/main/nope.js' imported from @/a.mjs"
echo 'require("target")' > a.js; has package-target a.js 1 'Invalid "exports" main target "5" defined in the package config @/node_modules/target/package.json; targets must start with "./"'
echo '{"a":}' > bad.json; echo 'require("./bad.json")' > a.js
has json a.js 1 "SyntaxError: @/bad.json: Unexpected token '}', \"{\"a\":}"
echo 'exports.a = 1; require("./c2"); console.log(Object.getPrototypeOf(exports) === Object.prototype)' > c1.js
echo 'const c = require("./c1"); c.b; c.__esModule; "d" in c; Object.keys(c); c.a' > c2.js
echo 'require("./c1"); console.log(Object.getPrototypeOf(require("./c1")) === Object.prototype)' > a.js
has circular a.js 0 "Warning: Accessing non-existent property 'b' of module exports inside circular dependency"
[ "$(grep -c 'Accessing non-existent' err.txt)" = 1 ] || { echo circular; cat err.txt; fails=1; }
[ "$(cat out.txt)" = "$(printf 'false\ntrue')" ] || { echo circular-prototype; cat out.txt; fails=1; }
exit $fails
