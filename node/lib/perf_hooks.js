// SPDX-License-Identifier: MIT
// performance: the clock, marks and measures.
'use strict';

const { now, timeOrigin } = internalBinding('process');
const { codes } = require('internal/errors');
const { EventTarget } = require('internal/event_target');

class PerformanceEntry {
  #name; #type; #start; #duration; #detail;
  constructor(name, type, start, duration, detail) {
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
    this.#detail = detail;
  }
  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }
  get detail() { return this.#detail ?? null; }
  toJSON() {
    return { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration, detail: this.detail };
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    return `${this.constructor.name} ${require('internal/util/inspect').inspect(this.toJSON(), options)}`;
  }
}
class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    const start = options?.startTime ?? performance.now();
    if (start < 0) throw new codes.ERR_INVALID_ARG_VALUE('startTime', start);
    super(`${name}`, 'mark', start, 0, options?.detail);
  }
}
class PerformanceMeasure extends PerformanceEntry {}

const entries = [];
const observers = new Set();
let scheduled = false;
function add(entry) {
  entries.push(entry);
  for (const observer of observers) observer.queue(entry);
  if (observers.size > 0 && !scheduled) {
    scheduled = true;
    require('timers').setImmediate(() => {
      scheduled = false;
      for (const observer of observers) observer.flush();
    });
  }
  return entry;
}

class PerformanceObserverEntryList {
  #list;
  constructor(list) {
    this.#list = list;
  }
  getEntries() { return this.#list.slice(); }
  getEntriesByType(type) { return this.#list.filter((e) => e.entryType === type); }
  getEntriesByName(name, type) { return this.#list.filter((e) => e.name === name && (type === undefined || e.entryType === type)); }
}

class PerformanceObserver {
  #callback;
  #types = [];
  #queue = [];
  static supportedEntryTypes = ['mark', 'measure'];
  constructor(callback) {
    require('internal/validators').validateFunction(callback, 'callback');
    this.#callback = callback;
  }
  observe(options = {}) {
    this.#types = options.entryTypes ?? [options.type];
    if (options.buffered) for (const entry of entries) this.queue(entry);
    observers.add(this);
  }
  disconnect() {
    observers.delete(this);
    this.#queue = [];
  }
  takeRecords() {
    return this.#queue.splice(0);
  }
  queue(entry) {
    if (this.#types.includes(entry.entryType)) this.#queue.push(entry);
  }
  flush() {
    if (this.#queue.length > 0) this.#callback(new PerformanceObserverEntryList(this.#queue.splice(0)), this);
  }
}

class Performance extends EventTarget {
  get timeOrigin() {
    return origin;
  }
  get nodeTiming() {
    return { name: 'node', entryType: 'node', startTime: 0, duration: now(), nodeStart: 0, v8Start: 0, bootstrapComplete: 0, environment: 0, loopStart: 0, loopExit: -1, idleTime: 0 };
  }
  now() {
    return now();
  }
  mark(name, options) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return add(new PerformanceMark(name, options));
  }
  measure(name, startOrOptions, endMark) {
    const time = (mark) => {
      if (mark === undefined) return undefined;
      if (typeof mark === 'number') return mark;
      const found = entries.findLast((e) => e.entryType === 'mark' && e.name === `${mark}`);
      if (!found) {
        const { DOMException } = require('internal/dom_exception');
        throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
      }
      return found.startTime;
    };
    const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : { start: startOrOptions, end: endMark };
    let end = time(options.end);
    let start = time(options.start);
    if (end === undefined) end = options.duration !== undefined && start !== undefined ? start + options.duration : now();
    if (start === undefined) start = options.duration !== undefined ? end - options.duration : 0;
    return add(new PerformanceMeasure(`${name}`, 'measure', start, end - start, options.detail));
  }
  clearMarks(name) {
    this.#clear('mark', name);
  }
  clearMeasures(name) {
    this.#clear('measure', name);
  }
  #clear(type, name) {
    for (let i = entries.length - 1; i >= 0; i--) {
      if (entries[i].entryType === type && (name === undefined || entries[i].name === `${name}`)) entries.splice(i, 1);
    }
  }
  getEntries() { return entries.toSorted((a, b) => a.startTime - b.startTime); }
  getEntriesByName(name, type) { return this.getEntries().filter((e) => e.name === name && (type === undefined || e.entryType === type)); }
  getEntriesByType(type) { return this.getEntries().filter((e) => e.entryType === type); }
  timerify(f, options = {}) {
    require('internal/validators').validateFunction(f, 'fn');
    return function timerified(...args) {
      const start = now();
      const result = new.target ? Reflect.construct(f, args, f) : Reflect.apply(f, this, args);
      if (options.histogram) options.histogram.record(Math.max(1, Math.ceil((now() - start) * 1e6)));
      return result;
    };
  }
  eventLoopUtilization() {
    return { idle: 0, active: 0, utilization: 0 };
  }
  setResourceTimingBufferSize() {}
  clearResourceTimings() {}
  markResourceTiming() {}
  toJSON() {
    return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
  }
}
const origin = timeOrigin();
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { configurable: true, value: 'Performance' });

const performance = new Performance();

class RecordableHistogram {
  #values = [];
  record(value) {
    this.#values.push(Number(value));
  }
  reset() {
    this.#values = [];
  }
  get count() { return this.#values.length; }
  get min() { return this.#values.length ? Math.min(...this.#values) : 9223372036854776000; }
  get max() { return this.#values.length ? Math.max(...this.#values) : 0; }
  get mean() { return this.#values.reduce((a, b) => a + b, 0) / this.#values.length; }
  get stddev() {
    const { mean } = this;
    return Math.sqrt(this.#values.reduce((a, b) => a + (b - mean) ** 2, 0) / this.#values.length);
  }
  get exceeds() { return 0; }
  percentile(p) {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted.length ? sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] : 0;
  }
}

module.exports = {
  performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
  eventLoopUtilization: () => performance.eventLoopUtilization(),
  timerify: (f, options) => performance.timerify(f, options),
  createHistogram: () => new RecordableHistogram(),
  monitorEventLoopDelay: () => Object.assign(new RecordableHistogram(), { enable: () => true, disable: () => true }),
  constants: { __proto__: null, NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16 },
};
