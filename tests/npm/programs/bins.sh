# SPDX-License-Identifier: MIT
# The programs that the packages bring: arguments, standard input and output, files, exit statuses. Two are
# left out: terser's needs node:child_process, mustache's the streams of node:fs.
bin() {
  echo "== $*"
  program=$1
  shift
  "$NODE" "$MODULES/$program" "$@" 2>&1
  echo "exit $?"
}

cat > code.js <<'END'
// A comment.
function area(width, height) { const unused = 1; if (width > 0 && height > 0) { return width * height; } return null; }
const shapes = [{name: 'square', size: 2}].map(({name, size}) => `${name}: ${area(size, size)}`);
export default shapes;
END
cat > old.js <<'END'
/** @license kept */ function add(first, second) { var unused = 1; return first + second; }
console.log(add(1, 2), "text", /re/g); // rest
END
printf 'a: 1\nb: [x, {c: ~}]\ntext: |\n  one\n  two\n' > data.yml
printf '{"name": "World", "list": [1, 2], "html": "<b>"}' > view.json
printf 'Hi {{name}}{{#each list}} {{this}}{{/each}}' > template.handlebars
printf '# Title\n\n- a *b*\n- `c`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n' > page.md

bin acorn/bin/acorn --ecma2022 --module --compact code.js
bin acorn/bin/acorn --ecma5 code.js
bin acorn/bin/acorn --tokenize --locations old.js
bin acorn/bin/acorn --silent old.js
bin acorn/bin/acorn --nonsense
echo 'var a = 1 +' | bin acorn/bin/acorn
bin esprima/bin/esparse.js --loc old.js
bin esprima/bin/esvalidate.js old.js code.js
bin esprima/bin/esvalidate.js --format=junit old.js
bin semver/bin/semver.js -r '>=1.2' 1.2.3 1.0.0 2.0.0-rc.1 3.4.5
bin semver/bin/semver.js -i minor --preid beta 1.2.3
bin semver/bin/semver.js -c 'v1.2 thing'
bin semver/bin/semver.js -r '<1' 2.0.0
bin semver/bin/semver.js --help
bin uglify-js/bin/uglifyjs old.js -c -m
bin uglify-js/bin/uglifyjs code.js --toplevel --module -b
bin uglify-js/bin/uglifyjs old.js -c toplevel,passes=3 --source-map url=out.js.map -o out.js
cat out.js out.js.map
# Without its stack, whose places are the engine's own.
echo 'a b' | bin uglify-js/bin/uglifyjs | grep -v '^    at '
bin uglify-js/bin/uglifyjs old.js -o ast -c
bin terser/bin/terser old.js -c -m
bin terser/bin/terser old.js -b -o terse.js --comments all
cat terse.js
bin marked/bin/marked.js page.md
bin marked/bin/marked.js --gfm -s '**x** ~~y~~'
echo '> quote' | bin marked/bin/marked.js
bin markdown-it/bin/markdown-it.mjs page.md
bin markdown-it/bin/markdown-it.mjs --no-html --typographer page.md -o page.html
cat page.html
bin js-yaml/bin/js-yaml.mjs data.yml
bin js-yaml/bin/js-yaml.mjs view.json
printf 'a: [1\n' | bin js-yaml/bin/js-yaml.mjs -c -
bin handlebars/bin/handlebars template.handlebars
bin handlebars/bin/handlebars template.handlebars -c handlebars -m -f template.js
head -c 300 template.js
bin handlebars/bin/handlebars --nothing
