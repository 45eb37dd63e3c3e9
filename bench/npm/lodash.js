// SPDX-License-Identifier: MIT
// lodash: grouping, sorting, chains, deep copies, comparisons and templates over records.
const _ = require('lodash');
const {records, hash} = require('./inputs.js');
const SIZE = 65;

const items = records(150);

function run(n) {
  let result = null;
  for (let i = 0; i < n; i++) {
    const copy = _.cloneDeep(items);
    if (!_.isEqual(copy, items)) return 'not equal';
    const groups = _.mapValues(_.groupBy(copy, (item) => item.owner.age % 10), (group) => _.sumBy(group, 'price'));
    const names = _(copy).filter('active').sortBy(['owner.age', 'name']).map('name').map(_.kebabCase).uniq().value();
    const merged = _.merge({}, ...copy.slice(0, 20).map((item) => ({[item.tags[0]]: {[item.name]: item.owner}})));
    const picked = _.keyBy(_.map(copy, (item) => _.pick(item, ['id', 'owner.mail'])), 'id');
    result = [groups, names, merged, _.size(picked), _.chunk(_.flatMap(copy, 'tags'), 7).length];
    if (i === 0) result.push(_.template('<% _.each(list, (x) => { %><%- x %>;<% }) %>')({list: names}));
  }
  return hash(JSON.stringify(result.slice(0, 5)));
}
