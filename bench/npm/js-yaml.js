// SPDX-License-Identifier: MIT
// js-yaml writes records as YAML and reads them back.
const yaml = require('js-yaml');
const {records, hash} = require('./inputs.js');
const SIZE = 25;

const items = records(100);

function run(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    text = yaml.dump({items, text: 'several\nlines\n', empty: [], nothing: null}, {flowLevel: i % 2 ? 3 : -1});
    if (yaml.load(text).items.length !== 100) return 'wrong';
  }
  return hash(yaml.dump(items)) + ',' + (text.length > 0);
}
