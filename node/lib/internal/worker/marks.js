// SPDX-License-Identifier: MIT
// Objects that are not to be moved, or not to be cloned. Primitives are let through without effect.
'use strict';

const { mark, isMarked } = internalBinding('serdes');
const UNTRANSFERABLE = 1, UNCLONEABLE = 2; // CloneMark

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function markAsUntransferable(object) {
  if (isObject(object)) mark(object, UNTRANSFERABLE);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && isMarked(object, UNTRANSFERABLE);
}

function markAsUncloneable(object) {
  if (isObject(object)) mark(object, UNCLONEABLE);
}

module.exports = { markAsUntransferable, isMarkedAsUntransferable, markAsUncloneable };
