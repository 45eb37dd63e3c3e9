# SPDX-License-Identifier: MIT
# Options, input and exit codes of the program.
set -u
fails=0
expect() { # name, expected status, expected stdout, command...
  name=$1 status=$2 out=$3; shift 3
  got=$("$@" 2>err.txt </dev/null); code=$?
  if [ "$code" != "$status" ] || [ "$got" != "$out" ]; then echo "$name: status $code, stdout: $got"; cat err.txt; fails=1; fi
}
has() { grep -qF -- "$1" err.txt || { echo "stderr lacks: $1"; cat err.txt; fails=1; }; }
echo 'console.log("file", process.argv.slice(2).join())' > a.js
expect file 0 'file a,b' "$WEFT" a.js a b
expect options-behind 0 'file --check,-x' "$WEFT" a.js --check -x
expect dashes 0 'file a' "$WEFT" -- a.js a
expect eval 0 '3' "$WEFT" -e 'console.log(1 + 2)'
expect print 0 '{ a: 1 }' "$WEFT" -p '({ a: 1 })'
expect print-string 0 'x' "$WEFT" -p '"x"'
expect pe 0 '2' "$WEFT" -pe '1 + 1'
expect eval-args 0 '[ "-e" ]x,y' "$WEFT" -p 'JSON.stringify(process.execArgv.slice(0, 0).concat("-e")).replace(/\[/, "[ ").replace(/\]/, " ]") + process.argv.slice(1)' x y
expect eval-require 0 'true' "$WEFT" -p 'require("fs") === fs'
expect eval-module 0 'function' "$WEFT" --input-type=module -e 'import fs from "fs"; console.log(typeof fs.readFileSync)'
expect eval-detect 0 'function' "$WEFT" -e 'import fs from "fs"; console.log(typeof fs.readFileSync)'
expect version 0 "v$("$WEFT" -p process.versions.weft)" "$WEFT" --version
expect bad-option 9 '' "$WEFT" --nope
has 'weft: bad option: --nope'
expect missing-argument 9 '' "$WEFT" -e
has 'requires an argument'
expect bad-number 9 '' "$WEFT" --heap-limit=x a.js
expect missing-file 1 '' "$WEFT" nope.js
has "Error: Cannot find module '$PWD/nope.js'"
has "code: 'MODULE_NOT_FOUND'"
mkdir -p dir; echo 'console.log("index")' > dir/index.js
expect directory 0 'index' "$WEFT" dir
mkdir -p empty; expect empty-directory 1 '' "$WEFT" empty
expect no-extension 0 'file ' "$WEFT" a
echo 'let x = ;' > bad.js
expect check-bad 1 '' "$WEFT" --check bad.js
has "SyntaxError: Unexpected token ';'"
expect check-good 0 '' "$WEFT" --check a.js
expect syntax 1 '' "$WEFT" bad.js
has "$PWD/bad.js:1"
has '        ^'
echo 'console.log("required")' > r.js
expect require 0 "$(printf 'required\nfile ')" "$WEFT" -r ./r.js a.js
expect expose-gc 0 'function' "$WEFT" --expose-gc -p 'typeof gc'
expect stack-limit 0 '2' "$WEFT" --stack-trace-limit=2 -p 'Error.stackTraceLimit'
expect exit-code 3 '' "$WEFT" -e 'process.exitCode = 3'
expect exit-now 4 '' "$WEFT" -e 'process.exit(4)'
expect uncaught 1 '' "$WEFT" -e 'throw new Error("boom")'
has 'Error: boom'
has '[eval]:1'
has "weft v"
expect uncaught-value 1 '' "$WEFT" -e 'throw "text"'
expect rejection 1 '' "$WEFT" -e 'Promise.reject(new Error("rejected"))'
has 'Error: rejected'
expect rejection-value 1 '' "$WEFT" -e 'Promise.reject(5)'
has 'ERR_UNHANDLED_REJECTION'
expect rejection-warn 0 '' "$WEFT" --unhandled-rejections=warn -e 'Promise.reject(5)'
expect handler-throws 7 '' "$WEFT" -e 'process.on("uncaughtException", () => { throw new Error("again") }); throw 1'
has 'again'
echo 'await new Promise(() => {})' > tla.mjs
expect unsettled 13 '' "$WEFT" tla.mjs
has 'Warning: Detected unsettled top-level await'
expect stack-overflow 0 'RangeError' "$WEFT" -p 'try { (function f() { f() })() } catch (e) { e.name }'
got=$(echo 'console.log("stdin", __filename)' | "$WEFT" -) && [ "$got" = 'stdin [stdin]' ] || { echo "stdin: $got"; fails=1; }
got=$(echo 'console.log("piped")' | "$WEFT") && [ "$got" = 'piped' ] || { echo "piped: $got"; fails=1; }
got=$(echo 'console.log(process.argv.length)' | "$WEFT" - x y) && [ "$got" = '4' ] || { echo "stdin args: $got"; fails=1; }
"$WEFT" --help | grep -q 'Usage: weft' || { echo help; fails=1; }
"$WEFT" --dump-bytecode a.js | grep -q 'console' || { echo dump-bytecode; fails=1; }
"$WEFT" --dump-ast a.js | grep -q 'call' || { echo dump-ast; fails=1; }
"$WEFT" --gc-stats a.js 2>&1 >/dev/null | grep -q 'MB allocated' || { echo gc-stats; fails=1; }
exit $fails
