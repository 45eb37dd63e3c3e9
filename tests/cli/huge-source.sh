# SPDX-License-Identifier: MIT
# timeout: 200
# Sources of 100 MB, and a million brackets of every kind: an answer or a clear error, never a crash, and memory in proportion.
set -u
fails=0
MB=100
[ "$WEFT_PRESET" = release ] || MB=10 # sanitizers make it ten fill as slow
N=$((MB * 10000))
run() { # name, expected status, part of stdout or stderr, file
  timeout 100 "$WEFT" "$4" >out.txt 2>err.txt </dev/null; code=$?
  [ $code -eq "$2" ] && { [ -z "$3" ] || grep -aqF -- "$3" out.txt err.txt; } || { echo "$1: status $code"; head -c 300 err.txt; fails=1; }
  rm -f "$4"
}
fill() { [ -z "$1" ] || yes -- "$1" | tr -d '\n' | head -c $((${#1} * $2)); } # text, how often
{ printf '/*'; fill abcdefgh $((MB * 125000)); printf '*/ console.log("ran")'; } > big.js; run comment 0 ran big.js
{ printf 'console.log("'; fill abcdefgh $((MB * 125000)); printf '".length)'; } > big.js; run string 0 $((MB * 1000000)) big.js
{ yes 'x = 1;' | head -n $((MB * 125000)); printf 'let x = ;'; } > big.js; run error 1 "SyntaxError: Unexpected token ';'" big.js
{ fill 'x = 1; ' $((MB * 125000)); printf 'let x = ;'; } > big.js; run line 1 "SyntaxError: Unexpected token ';'" big.js
head -c $((MB * 1000000)) /dev/urandom > big.js; run garbage 1 SyntaxError big.js
OVERFLOW='RangeError: Maximum call stack size exceeded'
nest() { # name, expected status, text, open, close, before
  { printf '%s' "$6"; fill "$4" $N; printf 1; fill "$5" $N; } > nest.js; run "$1" "$2" "$3" nest.js
}
nest parentheses 1 "$OVERFLOW" '(' ')' 'x='
nest arrays 1 "$OVERFLOW" '[' ']' 'x='
nest blocks 1 "$OVERFLOW" '{' '}' ''
nest objects 1 "$OVERFLOW" '{a:' '}' 'x='
nest functions 1 "$OVERFLOW" 'function f(){' '}' ''
nest arrows 1 "$OVERFLOW" '()=>' '' 'x='
nest templates 1 "$OVERFLOW" '`${' '}`' 'x='
nest classes 1 "$OVERFLOW" 'class{static x=' '}' 'x='
nest conditionals 1 "$OVERFLOW" 'x?' ':1' 'var x;x='
nest unary 1 "$OVERFLOW" '- ' '' 'x='
nest powers 1 "$OVERFLOW" '1**' '' 'x='
nest assignments 1 "$OVERFLOW" 'x=' '' ''
nest calls 1 "$OVERFLOW" 'f(' ')' ''
nest ifs 1 "$OVERFLOW" 'if(1)' '' ''
nest patterns 1 "$OVERFLOW" '[' ']' 'var '
nest groups 1 'SyntaxError: Invalid regular expression' '(' ')' 'x=/'
nest open 1 'Error' '[({' '' ''
nest sums 0 '' '1+' '' ''
nest conjunctions 0 '' '1&&' '' ''
nest sequences 0 '' '1,' '' ''
{ printf 'var b={};b.b=b;b'; fill .b $N; printf '?.b'; fill '["b"]' $N; } > nest.js; run members 0 '' nest.js
nest texts 0 '' '"a"+' '' ''
nest else 0 '' 'if(0);else ' '' ''
exit $fails
