# SPDX-License-Identifier: MIT
# A NUL in the source line or in the message does not cut off what is said about an uncaught exception.
printf 'let let = "\0" 5;\n' > source.js
printf 'throw new Error("a\\0b");/*\0*/ 1;\n' > message.js
for file in source.js message.js; do
  "$WEFT" $file 2>err.txt && exit 1
  tr '\0' '0' < err.txt | grep -aE '^(throw|let|SyntaxError|Error)'
done
