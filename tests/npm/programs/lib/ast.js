// SPDX-License-Identifier: MIT
// A syntax tree in two lines: how many nodes of each type, and a hash over its JSON.
'use strict';
const {hash} = require('./harness.js');

function count(node, counts) {
  if (Array.isArray(node)) {
    for (const item of node) count(item, counts);
  } else if (node !== null && typeof node === 'object' && !(node instanceof RegExp)) {
    if (typeof node.type === 'string') counts.set(node.type, (counts.get(node.type) || 0) + 1);
    for (const key of Object.keys(node)) count(node[key], counts);
  }
  return counts;
}

function json(tree) {
  return JSON.stringify(tree, (key, value) =>
    typeof value === 'bigint' ? `${value}n` : value instanceof RegExp ? String(value) : value);
}

function digest(tree) {
  const counts = [...count(tree, new Map())].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${hash(json(tree))}\n  ${counts.map(([type, n]) => `${type} ${n}`).join(', ')}`;
}

module.exports = {digest, json};
