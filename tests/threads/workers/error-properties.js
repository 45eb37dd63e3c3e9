// SPDX-License-Identifier: MIT
// Which properties, in which order and with which attributes, an error of a worker has when it arrives.
'use strict';
const {Worker} = require('worker_threads');
const {once} = require('events');

const sources = [
  `throw new DOMException('text', 'AbortError')`,
  `class A extends Error { get name() { return 'Q'; } get message() { return 'got'; } get code() { return 5; } } throw new A()`,
  `throw Object.defineProperty(new TypeError('x'), 'name', {get() { return 'N'; }, enumerable: true})`,
  `class B extends Error { get foo() { return 4; } method() {} } B.prototype.kept = 7; throw new B('m')`,
  `queueMicrotask(() => { structuredClone(() => 1); })`,
  `throw {a: () => 1}`,
  `throw {a: 1, b: new Map([[1, new Set([2])]])}`,
  `throw Object.assign(new Error('tagged'), {[Symbol.toStringTag]: 'p', q: 1})`,
  `throw Object.freeze(new RangeError('frozen'))`,
  `throw new AggregateError([1, new RangeError('inner')], 'many')`,
];

(async () => {
  for (const source of sources) {
    const worker = new Worker(source, {eval: true});
    const [error] = await once(worker, 'error');
    console.log(source);
    if (!(error instanceof Error)) {
      console.log(' ', error);
      continue;
    }
    console.log(' ', error.constructor.name, error.name, JSON.stringify(error.message), error.code);
    for (const [name, d] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
      if (name === 'stack') continue;
      console.log('   ', name, name === 'errors' ? d.value.map(String) : d.value, d.writable, d.enumerable, d.configurable);
    }
  }
})();
