// SPDX-License-Identifier: MIT
// Data that every new worker gets a clone of.
'use strict';

let data;

// Comes with what the parent gave; in the main thread it is empty at first.
function store() {
  return (data ??= internalBinding('worker').facts()[6] ? require('internal/worker/child').given().environmentData ?? new Map() : new Map());
}

function getEnvironmentData(key) {
  return store().get(key);
}

function setEnvironmentData(key, value) {
  if (value === undefined) store().delete(key);
  else store().set(key, value);
}

// undefined: there is none
function forNewWorker() {
  return data === undefined && !internalBinding('worker').facts()[6] ? undefined : store().size > 0 ? store() : undefined;
}

module.exports = { getEnvironmentData, setEnvironmentData, forNewWorker };
