// SPDX-License-Identifier: MIT
// Symbols by which a class tells structured clone about itself (node/clone_calls.c): its prototype's [clone]() returns
// { data, deserializeInfo: 'module:Export' }, and [deserialize](data) furnishes a new Export. [clone] = null forbids cloning.
'use strict';

const { setCallback } = internalBinding('builtins');

const clone = Symbol('messaging_clone_symbol');
const deserialize = Symbol('messaging_deserialize_symbol');
setCallback(9, clone);
setCallback(10, deserialize);

module.exports = { clone, deserialize };
