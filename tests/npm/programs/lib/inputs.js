// SPDX-License-Identifier: MIT
// Real text to work on, taken from the installed packages, which the lock file pins; and seeded random values.
'use strict';
const fs = require('fs');
const path = require('path');

const MODULES = path.join(__dirname, '..', '..', 'node_modules');

function read(...parts) {
  return fs.readFileSync(path.join(MODULES, ...parts), 'utf8');
}

// JavaScript of ECMAScript 5 and some of 2015: 1.2 MB, or 137 KB.
function script(small) {
  if (small) return read('decimal.js/decimal.js');
  const files = ['lodash/lodash.js', 'esprima/dist/esprima.js', 'decimal.js/decimal.js', 'handlebars/dist/handlebars.js'];
  return files.map((file) => read(file)).join('\n');
}

// Markdown as people write it.
function markdown() {
  const files = ['moment/CHANGELOG.md', 'lodash/README.md', 'acorn/README.md', 'acorn/CHANGELOG.md', 'ajv/README.md',
    'semver/README.md', 'js-yaml/README.md', 'uglify-js/README.md', 'terser/README.md', 'rxjs/README.md',
    'handlebars/release-notes.md', 'fast-xml-parser/README.md', 'immutable/README.md', 'highlight.js/CHANGES.md'];
  return files.filter((file) => fs.existsSync(path.join(MODULES, file))).map((file) => [file, read(file)]);
}

function random_from(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
}

const WORDS = ('time year people way day man thing woman life child world school state family student group country ' +
  'problem hand part place case week company system program question work government number night point home water ' +
  'room mother area money story fact month lot right study book eye job word business issue side kind head').split(' ');

function words(random, count) {
  return Array.from({length: count}, () => WORDS[random(WORDS.length)]).join(' ');
}

module.exports = {MODULES, read, script, markdown, random_from, words};
