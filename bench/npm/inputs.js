// SPDX-License-Identifier: MIT
// The inputs of the programs of this folder, generated: the same text for the same number on every engine.
'use strict';

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
  const list = [];
  for (let i = 0; i < count; i++) list.push(WORDS[random(WORDS.length)]);
  return list.join(' ');
}

function name(random) {
  const second = WORDS[random(WORDS.length)];
  return WORDS[random(WORDS.length)] + second[0].toUpperCase() + second.slice(1);
}

function expression(random, depth) {
  if (depth === 0) return random(2) ? String(random(1000)) : `values[${random(8)}]`;
  const left = expression(random, depth - 1), right = expression(random, depth - 1);
  switch (random(7)) {
    case 0: return `(${left} + ${right})`;
    case 1: return `${left} * ${right}`;
    case 2: return `(${left} > ${right} ? ${left} : ${right})`;
    case 3: return `Math.max(${left}, ${right})`;
    case 4: return `[${left}, ${right}].length`;
    case 5: return `{first: ${left}, "second": ${right}}.first`;
    default: return `(${left} ^ ${right} | 0)`;
  }
}

// Source text of about `count` functions: ES5, or with classes, arrows, templates and destructuring, or typed as well.
function source(count, level) {
  const random = random_from(count), out = ["'use strict';"];
  for (let i = 0; i < count; i++) {
    const id = name(random) + i, a = level === 'ts' ? 'a: number' : 'a', b = level === 'ts' ? 'b: number' : 'b';
    out.push(`/* ${words(random, 12)} */`, `function ${id}(${a}, ${b}) {`, '  var values = [a, b, 1, 2, 3, 4, 5, 6];');
    out.push(`  for (var i = 0; i < ${random(20)}; i++) {`, `    if (a % ${random(9) + 1} === 0) {`);
    out.push(`      values[i & 7] = ${expression(random, 3)};`, '      continue;', '    } else {');
    out.push(`      a += ${expression(random, 2)}; // ${words(random, 5)}`, '    }', '  }');
    out.push(`  try { return ${expression(random, 3)}; } catch (error) { return "${words(random, 4)}"; }`, '}');
    if (level === 'es5') continue;
    const type = level === 'ts' ? `: ${i % 2 ? 'number' : 'string | number'}` : '';
    if (level === 'ts') {
      out.push(`interface I${id}<T extends object = {}> { readonly key: string; items?: T[]; call(x: number): Promise<T>; }`);
      out.push(`enum E${id} { First, Second = ${random(50)}, Third = "third" }`);
    }
    out.push(`class ${id[0].toUpperCase()}${id.slice(1)} {`, `  #hidden${type} = ${random(100)};`);
    out.push(`  get value()${type} { return this.#hidden; }`);
    out.push(`  async fetch({first, rest = [...${JSON.stringify(words(random, 3).split(' '))}]}${level === 'ts' ? ': any' : ''}) {`);
    out.push('    const result = await Promise.all(rest.map(async (item) => `${item}-${first?.name ?? 0}`));');
    out.push(`    return result.filter((text) => /^[a-z]+-\\d*$/.test(text));`, '  }', '}');
  }
  return out.join('\n') + '\n';
}

function markdown(count) {
  const random = random_from(count), out = [];
  for (let i = 0; i < count; i++) {
    out.push(`${'#'.repeat(1 + (i % 4))} ${words(random, 4)}`, '');
    out.push(`${words(random, 30)} *${words(random, 2)}* and **${words(random, 3)}** with \`${name(random)}()\`, see ` +
      `[${words(random, 2)}](https://example.org/${i}?a=b "title") ![image](picture${i}.png) <em>html</em> &amp; more.`, '');
    for (let j = 0; j < 4; j++) out.push(`${j % 2 ? '  - ' : '- '}${words(random, 8)}`);
    out.push('', `> ${words(random, 15)}`, `> ${words(random, 9)}`, '', '```js', expression(random, 2), '```', '');
    out.push('| name | value |', '|------|------:|', `| ${name(random)} | ${random(999)} |`, `| ${name(random)} | ~~${i}~~ |`, '');
    out.push(`1. ${words(random, 5)}`, `2. ${words(random, 6)}\n   ${words(random, 4)}`, '', '---', '');
  }
  return out.join('\n');
}

function records(count) {
  const random = random_from(count), list = [];
  for (let i = 0; i < count; i++) {
    list.push({id: i, name: name(random), title: words(random, 4), price: random(100000) / 100, active: i % 3 !== 0,
      tags: words(random, 3).split(' '), owner: {name: name(random), age: 18 + random(60), mail: `user${i}@example.org`}});
  }
  return list;
}

// A number that depends on every character of a text.
function hash(text) {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return text.length + ':' + (value >>> 0).toString(16);
}

module.exports = {source, markdown, records, words, random_from, hash};
