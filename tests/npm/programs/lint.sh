# SPDX-License-Identifier: MIT
# eslint, prettier, ejs and mkdirp by their command lines: files, standard input, configuration, formatters, repairs, exit statuses.
bin() {
  echo "== $*"
  program=$1
  shift
  { "$NODE" "$MODULES/$program" "$@" 2>&1; echo "exit $?"; } | sed -E -e 's/^\((node|weft):[0-9]+\)/(PROGRAM)/' -e 's/Use `(node|weft) /Use `PROGRAM /'
}
cat > eslint.config.js <<'END'
module.exports = [
  {ignores: ['ignored/**']},
  {rules: {'no-unused-vars': 'warn', semi: 'error', eqeqeq: ['error', 'always'], 'no-undef': 2, 'prefer-const': 1, 'no-var': 'error', quotes: ['error', 'single'], 'object-shorthand': 1}, languageOptions: {globals: {console: 'readonly', require: 'readonly'}}},
  {files: ['**/*.mjs'], rules: {'no-console': 'error', 'sort-imports': 'error'}},
];
END
mkdir sub ignored
printf 'var a = 1\nlet b = "x"\nif (a == b) { console.log(undefinedName) }\nlet {c, d} = {c: c, d: 1}\n' > bad.js
printf "'use strict';\nconst x = require('x');\nconsole.log(x);\n" > good.js
printf "import z, {b, a} from 'm';\nconsole.log(z, a, b);\n" > sub/mod.mjs
printf '// eslint-disable-next-line no-var\nvar a;\n/* eslint semi: "off" */\na == a // eslint-disable-line eqeqeq\n/* eslint-disable no-undef */ q()\n' > directives.js
echo 'let a = ;' > broken.js
echo 'var z' > ignored/x.js
bin eslint/bin/eslint.js bad.js
bin eslint/bin/eslint.js good.js
bin eslint/bin/eslint.js .
bin eslint/bin/eslint.js --quiet bad.js
bin eslint/bin/eslint.js --max-warnings 0 directives.js --report-unused-disable-directives
bin eslint/bin/eslint.js --format json sub
bin eslint/bin/eslint.js --format html good.js | grep -c '<'
bin eslint/bin/eslint.js ignored/x.js
bin eslint/bin/eslint.js nowhere.js
bin eslint/bin/eslint.js --rule 'no-console: 2' --no-config-lookup good.js
bin eslint/bin/eslint.js --print-config good.js | head -40
bin eslint/bin/eslint.js --nothing good.js
echo 'var q = 1' | bin eslint/bin/eslint.js --stdin --stdin-filename in.js
bin eslint/bin/eslint.js --fix-dry-run bad.js --format json
bin eslint/bin/eslint.js --fix bad.js
cat bad.js
bin eslint/bin/eslint.js --cache --cache-location .c good.js sub
bin eslint/bin/eslint.js --cache --cache-location .c good.js sub
bin eslint/bin/eslint.js --concurrency 2 good.js directives.js sub/mod.mjs
echo 'module.exports = [{rules: {"nothing-like-it": 2}}];' > wrong.config.js
bin eslint/bin/eslint.js -c wrong.config.js good.js | head -8

printf 'const a={b:1,c:"x"};function f( x ){return x}\n' > ugly.js
printf 'a{b:c}' > ugly.css
printf '{"semi": false, "singleQuote": true}' > .prettierrc
echo 'ignored/**' > .prettierignore
bin prettier/bin/prettier.cjs ugly.js
bin prettier/bin/prettier.cjs --check ugly.js ugly.css good.js
bin prettier/bin/prettier.cjs --list-different .
bin prettier/bin/prettier.cjs --no-config --tab-width 8 ugly.js
echo 'a  =  1' | bin prettier/bin/prettier.cjs --stdin-filepath x.ts
echo 'a  =  1' | bin prettier/bin/prettier.cjs --parser babel --no-semi
bin prettier/bin/prettier.cjs broken.js
bin prettier/bin/prettier.cjs --find-config-path sub/mod.mjs
bin prettier/bin/prettier.cjs --file-info ugly.css
bin prettier/bin/prettier.cjs none.js
bin prettier/bin/prettier.cjs --nothing ugly.js
bin prettier/bin/prettier.cjs --write ugly.js ugly.css --log-level warn
cat ugly.js ugly.css
bin prettier/bin/prettier.cjs --support-info | head -c 300

printf 'Hi <%%= name %%> <%% for (const n of list) { %%>[<%%= n %%>]<%% } %%>' > page.ejs
echo '{"name": "A&B", "list": [1, 2]}' > data.json
bin ejs/bin/cli.js page.ejs -f data.json
bin ejs/bin/cli.js page.ejs name=x -o out.html
bin ejs/bin/cli.js -i '%7B%22name%22%3A%22u%22%2C%22list%22%3A%5B%5D%7D' page.ejs
bin ejs/bin/cli.js none.ejs | head -3
bin mkdirp/dist/cjs/src/bin.js -p made/a made/b/c
bin mkdirp/dist/cjs/src/bin.js --mode=700 made/d
bin mkdirp/dist/cjs/src/bin.js good.js/x
bin mkdirp/dist/cjs/src/bin.js --help
ls made
