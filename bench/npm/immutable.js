// SPDX-License-Identifier: MIT
// immutable: maps, lists, sets and records updated persistently.
const {Map: IMap, List, Set: ISet, fromJS} = require('immutable');
const {records, hash} = require('./inputs.js');
const SIZE = 65;

const items = records(80);

function run(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    let state = fromJS({items, seen: {}, count: 0});
    for (const item of items) {
      state = state.updateIn(['items', item.id, 'price'], (price) => price * 2)
        .setIn(['seen', item.owner.name], item.id).update('count', (count) => count + 1);
    }
    let list = List();
    for (let k = 0; k < 200; k++) list = k % 3 ? list.push(k) : list.unshift(-k);
    const tags = ISet(items.flatMap((item) => item.tags)).sort().join(',');
    const groups = state.get('items').groupBy((item) => item.get('active')).map((group) => group.size);
    const map = IMap(items.map((item) => [item.name, item.id])).filter((id) => id % 2).sort();
    text = JSON.stringify([state, list.slice(20, 60), tags, groups, map]);
  }
  return hash(text);
}
