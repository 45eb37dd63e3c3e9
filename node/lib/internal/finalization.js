// SPDX-License-Identifier: MIT
// process.finalization: callbacks at the end of the process for objects that are still alive then.
'use strict';

const { codes } = require('internal/errors');

// By event: entries { ref: WeakRef, callback }.
const registered = { __proto__: null, exit: [], beforeExit: [] };
const collected = new FinalizationRegistry((entry) => drop((other) => other === entry));

function drop(isDropped) {
  for (const event of Object.keys(registered)) registered[event] = registered[event].filter((entry) => !isDropped(entry));
}

function run(event) {
  const entries = registered[event];
  registered[event] = [];
  for (const { ref, callback } of entries) {
    const object = ref.deref();
    if (object !== undefined) callback(object, event);
  }
}

function add(object, callback, event) {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Object', object);
  if (registered[event].length === 0 && !process.listeners(event).includes(runners[event])) process.on(event, runners[event]);
  const entry = { ref: new WeakRef(object), callback };
  registered[event].push(entry);
  collected.register(object, entry, object);
}

const runners = { __proto__: null, exit: () => run('exit'), beforeExit: () => run('beforeExit') };

module.exports = {
  register(object, callback) {
    add(object, callback, 'exit');
  },
  registerBeforeExit(object, callback) {
    add(object, callback, 'beforeExit');
  },
  unregister(object) {
    collected.unregister(object);
    drop(({ ref }) => ref.deref() === object);
  },
};
