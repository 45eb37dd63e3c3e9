# SPDX-License-Identifier: MIT
# Bad input of any kind ends with a message and a status that is not 0, and never by a signal.
set -u
fails=0
bad() { # name, command...: status 1..127 and something on stderr
  name=$1; shift
  timeout 60 "$@" >out.txt 2>err.txt </dev/null; code=$?
  if [ $code -eq 0 ] || [ $code -ge 124 ] || [ ! -s err.txt ]; then echo "$name: status $code"; head -c 300 err.txt; fails=1; fi
}
good() { name=$1; shift; timeout 60 "$@" >out.txt 2>err.txt </dev/null; code=$?; [ $code -eq 0 ] || { echo "$name: status $code"; head -c 300 err.txt; fails=1; }; }
printf '\377\376\000\001x' > binary.js; bad binary "$WEFT" binary.js
printf 'var a = 1;\000 a' > nul.js; bad nul "$WEFT" nul.js
printf 'var s = "\377\200"; if (s !== "\\ufffd\\ufffd") throw 1' > utf8.js; good utf8 "$WEFT" utf8.js
head -c 100000 /dev/zero | tr '\0' '(' > brackets.js; bad brackets "$WEFT" brackets.js
head -c 1000000 /dev/zero | tr '\0' '[' > arrays.js; bad arrays "$WEFT" arrays.js
head -c 300000 /dev/zero | tr '\0' '!' > bangs.js; bad bangs "$WEFT" bangs.js
{ printf 'var x = 0'; head -c 1000000 /dev/zero | sed 's/\x0/+1/g'; } > plus.js; good plus "$WEFT" --check plus.js
mkdir -p folder; bad folder "$WEFT" folder
bad missing "$WEFT" missing.js
echo 'x' > unreadable.js; chmod 000 unreadable.js; [ -r unreadable.js ] || bad unreadable "$WEFT" unreadable.js
ln -sf loop.js loop.js; bad loop "$WEFT" loop.js
echo '{ broken' > broken.json; bad json "$WEFT" broken.json
mkdir -p pkg; echo '{ nope' > pkg/package.json; echo 'require("fs")' > pkg/a.js; bad package "$WEFT" pkg/a.js
mkdir -p pkg2; echo '[]' > pkg2/package.json; echo 'require("fs")' > pkg2/a.js; good package-array "$WEFT" pkg2/a.js
echo 'require("./b")' > a.js; echo 'require("./a")' > b.js; good cycle "$WEFT" a.js
echo 'import "./e2.mjs"' > e1.mjs; echo 'import "./e1.mjs"' > e2.mjs; good esm-cycle "$WEFT" e1.mjs
echo 'export { a } from "./s2.mjs"' > s1.mjs; echo 'export { a } from "./s1.mjs"' > s2.mjs; bad star-cycle "$WEFT" s1.mjs
echo 'import x from "./nope.mjs"' > i.mjs; bad import "$WEFT" i.mjs
echo 'import { nope } from "fs"' > n.mjs; bad export "$WEFT" n.mjs
: > empty.js; good empty "$WEFT" empty.js
: > empty.mjs; good empty-module "$WEFT" empty.mjs
bad heap "$WEFT" --heap-limit=16 -e 'const a = []; for (;;) a.push(new Array(1000).fill({}))'
good heap-caught "$WEFT" --heap-limit=32 -e 'try { "x".repeat(2 ** 29 - 25) + 1; new ArrayBuffer(1e15) } catch (e) { if (!(e instanceof RangeError)) throw e }'
bad recursion "$WEFT" -e '(function f() { f() })()'
bad long-throw "$WEFT" -e 'throw "x".repeat(1e6)'
bad getter-throws "$WEFT" -e 'throw Object.defineProperty(new Error, "stack", { get() { throw 1 } })'
bad proxy-thrown "$WEFT" -e 'throw new Proxy({}, { get() { throw 2 }, getOwnPropertyDescriptor() { throw 3 } })'
bad null-thrown "$WEFT" -e 'throw null'
bad symbol-thrown "$WEFT" -e 'throw Symbol("s")'
bad exit-throws "$WEFT" -e 'process.on("exit", () => { throw new Error("in exit") })'
# Standard streams that are closed, full, or read by nobody.
cat > out.js <<'X'
for (let i = 0; i < 200; i++) console.log('line'.repeat(500));
process.stderr.write('done');
X
cat > events.js <<'X'
process.stdout.on('error', (e) => { process.stderr.write(e.message); process.exit(7); });
for (let i = 0; i < 200; i++) console.log('line'.repeat(500));
X
said() { [ "$code" = "$2" ] && [ "$(cat err.txt)" = "$3" ] || { echo "$1: status $code"; cat err.txt; fails=1; }; }
"$WEFT" out.js >/dev/full 2>err.txt; code=$?; said full 0 'done'
"$WEFT" out.js >&- 2>err.txt; code=$?; said closed 0 'done'
{ "$WEFT" out.js 2>err.txt; echo $? >status.txt; } | head -1 >/dev/null; code=$(cat status.txt); said pipe 0 'done'
"$WEFT" events.js >/dev/full 2>err.txt; code=$?; said full-event 7 'ENOSPC: no space left on device, write'
{ "$WEFT" events.js 2>err.txt; echo $? >status.txt; } | head -1 >/dev/null; code=$(cat status.txt); said pipe-event 7 'write EPIPE'
"$WEFT" -e 'process.stdout.write("x")' >/dev/full 2>err.txt && { echo 'full write: no error'; fails=1; }
grep -q '^Error: ENOSPC: no space left on device, write' err.txt || { echo 'full write'; cat err.txt; fails=1; }
"$WEFT" -e 'throw 1' 2>&-; [ $? -eq 1 ] || { echo 'closed stderr'; fails=1; }
"$WEFT" <&- >out.txt 2>err.txt || { echo 'closed stdin'; cat err.txt; fails=1; }
"$WEFT" -p 'require("fs").openSync("out.js")' <&- >out.txt 2>err.txt; [ "$(cat out.txt)" -gt 2 ] || { echo 'descriptor reused'; cat out.txt err.txt; fails=1; }
exit $fails
