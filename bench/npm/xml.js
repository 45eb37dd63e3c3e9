// SPDX-License-Identifier: MIT
// fast-xml-parser writes records as XML and reads them back.
const {XMLParser, XMLBuilder} = require('fast-xml-parser');
const {records, hash} = require('./inputs.js');
const SIZE = 55;

const items = records(60).map((record) => ({...record, '@_key': 'k' + record.id}));

function run(n) {
  let text = '', back = null;
  for (let i = 0; i < n; i++) {
    text = new XMLBuilder({ignoreAttributes: false, format: true}).build({list: {item: items}});
    back = new XMLParser({ignoreAttributes: false}).parse(text);
  }
  return hash(text) + ',' + hash(JSON.stringify(back));
}
