// SPDX-License-Identifier: MIT
// The object `performance`: the clock, and the doors to entries and observers, which load when they are first used.
// Tests: tests/node/perf/.
'use strict';

const { now, timeOrigin, loopTimes } = internalBinding('process');
const { EventTarget, defineEventHandler } = require('internal/event_target');
const errors = () => require('internal/errors').codes;
const store = () => require('internal/perf/entries');

const kMake = Symbol('make');
const origin = timeOrigin();

const required = (args, name) => {
  if (args.length === 0) throw new (errors().ERR_MISSING_ARGS)(name);
};

class Performance extends EventTarget {
  constructor(token) {
    if (token !== kMake) throw new (errors().ERR_ILLEGAL_CONSTRUCTOR)();
    super();
  }
  get timeOrigin() {
    return origin;
  }
  now() {
    return now();
  }
  mark(name, options = undefined) {
    required(arguments, 'name');
    return store().mark(name, options);
  }
  measure(name, startOrMeasureOptions = undefined, endMark = undefined) {
    required(arguments, 'name');
    return store().measure(name, startOrMeasureOptions, endMark);
  }
  clearMarks(name = undefined) {
    store().clear('mark', name);
  }
  clearMeasures(name = undefined) {
    store().clear('measure', name);
  }
  clearResourceTimings(name = undefined) {
    store().clear('resource', name);
  }
  getEntries() {
    return store().entries();
  }
  getEntriesByName(name, type = undefined) {
    required(arguments, 'name');
    return store().named(this.getEntries(), `${name}`, type);
  }
  getEntriesByType(type) {
    required(arguments, 'type');
    return this.getEntries().filter((entry) => entry.entryType === `${type}`);
  }
  setResourceTimingBufferSize(maxSize) {
    required(arguments, 'maxSize');
    store().setResourcesMax(maxSize);
  }
  toJSON() {
    return { nodeTiming: this.nodeTiming, timeOrigin: origin, eventLoopUtilization: this.eventLoopUtilization() };
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return store().showAs(this, depth, options, { nodeTiming: this.nodeTiming, timeOrigin: origin });
  }
}
for (const name of [
  'timeOrigin', 'now', 'mark', 'measure', 'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType',
  'setResourceTimingBufferSize', 'toJSON',
]) {
  Object.defineProperty(Performance.prototype, name, { enumerable: true });
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { configurable: true, value: 'Performance' });
for (const [name, length] of [['mark', 1], ['measure', 1], ['clearMarks', 0], ['clearMeasures', 0], ['getEntriesByName', 1]]) {
  Object.defineProperty(Performance.prototype[name], 'length', { value: length });
}
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

function eventLoopUtilization(util1 = undefined, util2 = undefined) {
  const { 1: loopStart, 3: slept } = loopTimes();
  if (loopStart <= 0) return { idle: 0, active: 0, utilization: 0 };
  const share = (idle, active) => ({ idle, active, utilization: active / (idle + active) });
  if (util2) return share(util1.idle - util2.idle, util1.active - util2.active);
  const active = now() - loopStart - slept;
  return util1 ? share(slept - util1.idle, active - util1.active) : share(slept, active);
}

function timerify(fn, options = {}) {
  return store().timerify(fn, options);
}
Object.defineProperty(timerify, 'length', { value: 1 });

function tellFull() {
  const { Event } = require('internal/event');
  performance.dispatchEvent(new Event('resourcetimingbufferfull'));
}

function markResourceTiming(timing, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus, deliveryType = '') {
  return store().markResource(timing, requestedUrl, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType, tellFull);
}

for (const [name, property] of Object.entries({
  eventLoopUtilization: { value: eventLoopUtilization },
  nodeTiming: { get: () => store().nodeTiming() },
  timerify: { value: timerify },
  markResourceTiming: { value: markResourceTiming },
})) {
  Object.defineProperty(Performance.prototype, name, { configurable: true, enumerable: false, ...property, ...('value' in property && { writable: true }) });
}

const performance = new Performance(kMake);

module.exports = { Performance, eventLoopUtilization, performance, timerify };
