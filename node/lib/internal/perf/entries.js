// SPDX-License-Identifier: MIT
// What performance.mark(), measure() and timerify() leave behind: entries, the lists that keep them, and who observes them.
// Loaded when the first of them is asked for: a program that only reads the clock does without.
// Tests: tests/node/perf/.
'use strict';

const { now, loopTimes } = internalBinding('process');
const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateNumber, validateObject, validateString } = require('internal/validators');
const custom = Symbol.for('nodejs.util.inspect.custom');

const kMake = Symbol('make');

function makeEnumerable(prototype, names) {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, { configurable: true, value: prototype.constructor.name });
}

function showAs(object, depth, options, shown) {
  if (depth < 0) return `[${object.constructor.name}]`;
  const { inspect } = require('internal/util/inspect');
  return `${object.constructor.name} ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

// ---- Entries ----

class PerformanceEntry {
  #facts;
  constructor(token, name, type, start, duration) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#facts = [name, type, start, duration];
  }
  #fact(i) {
    if (!(#facts in this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return this.#facts[i];
  }
  get name() { return PerformanceEntry.#of(this, 0); }
  get entryType() { return PerformanceEntry.#of(this, 1); }
  get startTime() { return PerformanceEntry.#of(this, 2); }
  get duration() { return PerformanceEntry.#of(this, 3); }
  static #of(entry, i) {
    if (typeof entry !== 'object' || entry === null || !(#facts in entry)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return entry.#fact(i);
  }
  toJSON() {
    return { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration };
  }
  [custom](depth, options) {
    return showAs(this, depth, options, this.toJSON());
  }
}
makeEnumerable(PerformanceEntry.prototype, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);

const copyOfDetail = (detail) => (detail === undefined || detail === null ? null : require('internal/structured_clone').structuredClone(detail));

class PerformanceMark extends PerformanceEntry {
  #detail;
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (milestones.includes(name)) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) validateObject(options, 'options');
    const start = options?.startTime ?? now();
    validateNumber(start, 'startTime');
    if (start < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(start);
    super(kMake, name, 'mark', start, 0);
    this.#detail = copyOfDetail(options?.detail);
  }
  get detail() { return this.#detail; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
makeEnumerable(PerformanceMark.prototype, ['detail', 'toJSON']);

class PerformanceMeasure extends PerformanceEntry {
  #detail;
  constructor(token, name, start, duration, detail) {
    super(token, name, 'measure', start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
makeEnumerable(PerformanceMeasure.prototype, ['detail', 'toJSON']);

// Of what happens inside: calls of functions.
class PerformanceNodeEntry extends PerformanceEntry {
  #detail;
  constructor(token, name, type, start, duration, detail) {
    super(token, name, type, start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

const resourceFacts = {
  initiatorType: (r) => r.initiatorType,
  nextHopProtocol: (r) => r.timing.finalConnectionTimingInfo?.ALPNNegotiatedProtocol ?? '',
  workerStart: (r) => r.timing.finalServiceWorkerStartTime,
  redirectStart: (r) => r.timing.redirectStartTime,
  redirectEnd: (r) => r.timing.redirectEndTime,
  fetchStart: (r) => r.timing.postRedirectStartTime,
  domainLookupStart: (r) => r.timing.finalConnectionTimingInfo?.domainLookupStartTime,
  domainLookupEnd: (r) => r.timing.finalConnectionTimingInfo?.domainLookupEndTime,
  connectStart: (r) => r.timing.finalConnectionTimingInfo?.connectionStartTime,
  connectEnd: (r) => r.timing.finalConnectionTimingInfo?.connectionEndTime,
  secureConnectionStart: (r) => r.timing.finalConnectionTimingInfo?.secureConnectionStartTime,
  requestStart: (r) => r.timing.finalNetworkRequestStartTime,
  finalResponseHeadersStart: (r) => r.timing.finalNetworkResponseStartTime,
  firstInterimResponseStart: (r) => r.timing.firstInterimNetworkResponseStartTime ?? 0,
  responseStart: (r) => r.timing.finalNetworkResponseStartTime,
  responseEnd: (r) => r.timing.endTime,
  // Headers count as 300 bytes, so says the standard.
  transferSize: (r) => (r.cacheMode === 'local' ? 0 : r.cacheMode === 'validated' ? 300 : r.timing.encodedBodySize + 300),
  encodedBodySize: (r) => r.timing.encodedBodySize,
  decodedBodySize: (r) => r.timing.decodedBodySize,
  deliveryType: (r) => r.deliveryType,
  responseStatus: (r) => r.responseStatus,
  renderBlockingStatus: () => 'non-blocking',
  contentType: (r) => r.bodyInfo?.contentType ?? '',
  contentEncoding: (r) => r.bodyInfo?.contentEncoding ?? '',
};

class PerformanceResourceTiming extends PerformanceEntry {
  #resource;
  constructor(token, name, resource) {
    super(token, name, 'resource', resource?.timing.startTime, resource?.timing.endTime - resource?.timing.startTime);
    this.#resource = resource;
  }
  static factOf(entry, fact) {
    if (typeof entry !== 'object' || entry === null || !(#resource in entry)) throw new codes.ERR_INVALID_THIS('PerformanceResourceTiming');
    return resourceFacts[fact](entry.#resource);
  }
  toJSON() {
    const facts = super.toJSON();
    for (const fact of Object.keys(resourceFacts)) facts[fact] = this[fact];
    return facts;
  }
}
const { factOf } = PerformanceResourceTiming;
delete PerformanceResourceTiming.factOf;
for (const fact of Object.keys(resourceFacts)) {
  const get = { [`get ${fact}`]() {
    return factOf(this, fact);
  } }[`get ${fact}`];
  Object.defineProperty(PerformanceResourceTiming.prototype, fact, { configurable: true, enumerable: true, get });
}
makeEnumerable(PerformanceResourceTiming.prototype, ['toJSON']);

// ---- Milestones of the process ----

const milestones = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kMake, 'node', 'node', 0, 0);
    // loopTimes(): of the isolate, of the first turn of its loop or -1, of the loop's end or -1; how long it has slept
    const get = {
      name: () => 'node', entryType: () => 'node', startTime: () => 0, duration: now,
      nodeStart: () => loopTimes()[0], v8Start: () => loopTimes()[0], bootstrapComplete: () => loopTimes()[4], environment: () => loopTimes()[0],
      loopStart: () => loopTimes()[1], loopExit: () => loopTimes()[2], idleTime: () => loopTimes()[3],
    };
    for (const name of Object.keys(get)) Object.defineProperty(this, name, { configurable: true, enumerable: true, get: get[name] });
  }
  toJSON() {
    return { ...this };
  }
}

// ---- Who observes ----

const supported = Object.freeze(['function', 'mark', 'measure', 'resource']);
const lists = { __proto__: null, mark: [], measure: [], resource: [] }; // what is kept
let resourcesMax = 250;

const observers = new Set();
const pending = new Set();
let isScheduled = false;

function add(entry) {
  const kept = lists[entry.entryType];
  if (kept !== undefined && kept !== lists.resource) kept.push(entry);
  tellObservers(entry);
  return entry;
}

function tellObservers(entry) {
  for (const observer of observers) offer(observer, entry);
}

function schedule(observer) {
  pending.add(observer);
  if (isScheduled) return;
  isScheduled = true;
  require('timers').setImmediate(() => {
    isScheduled = false;
    const due = [...pending];
    pending.clear();
    for (const o of due) flush(o);
  });
}

const byStart = (a, b) => a.startTime - b.startTime;
const named = (entries, name, type) => entries.filter((e) => e.name === name && (type === undefined || e.entryType === type));
const required = (args, name) => {
  if (args.length === 0) throw new codes.ERR_MISSING_ARGS(name);
};

class PerformanceObserverEntryList {
  #list;
  constructor(token, list) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#list = list.sort(byStart);
  }
  getEntries() {
    return this.#list.slice();
  }
  getEntriesByType(type) {
    required(arguments, 'type');
    return this.#list.filter((e) => e.entryType === `${type}`);
  }
  getEntriesByName(name, type = undefined) {
    required(arguments, 'name');
    return named(this.#list, `${name}`, type);
  }
  [custom](depth, options) {
    return showAs(this, depth, options, this.#list);
  }
}
makeEnumerable(PerformanceObserverEntryList.prototype, ['getEntries', 'getEntriesByType', 'getEntriesByName']);
Object.defineProperty(PerformanceObserverEntryList.prototype.getEntriesByName, 'length', { value: 1 });

let offer, flush;

class PerformanceObserver {
  #callback;
  #types = new Set();
  #mode; // 'single': one type at a time; 'multiple'
  #buffer = [];
  static {
    offer = (observer, entry) => {
      if (!observer.#types.has(entry.entryType)) return;
      observer.#buffer.push(entry);
      schedule(observer);
    };
    flush = (observer) => {
      const entries = observer.takeRecords();
      if (entries.length > 0) observer.#callback.call(observer, new PerformanceObserverEntryList(kMake, entries), observer);
    };
  }
  static get supportedEntryTypes() {
    return supported;
  }
  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }
  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    const mode = entryTypes != null ? 'multiple' : 'single';
    if (this.#mode !== undefined && this.#mode !== mode) {
      const { DOMException } = require('internal/dom_exception');
      const change = mode === 'multiple' ? 'multiple' : 'single';
      throw new DOMException(`PerformanceObserver can not change to ${change} observation${change === 'multiple' ? 's' : ''}`, 'InvalidModificationError');
    }
    this.#mode = mode;
    if (mode === 'multiple') this.#observeMany(entryTypes);
    else this.#observeOne(type, buffered);
    if (this.#types.size > 0) observers.add(this);
    else if (mode === 'multiple') this.disconnect();
  }
  #observeMany(entryTypes) {
    if (!Array.isArray(entryTypes)) throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
    this.#types = new Set(entryTypes.filter((t) => supported.includes(t)));
  }
  #observeOne(type, buffered) {
    validateString(type, 'options.type');
    if (!supported.includes(type)) return;
    this.#types.add(type);
    if (!buffered || lists[type] === undefined) return;
    for (const entry of lists[type]) offer(this, entry);
  }
  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#mode = undefined;
  }
  takeRecords() {
    return this.#buffer.splice(0);
  }
  [custom](depth, options) {
    return showAs(this, depth, options, {
      connected: observers.has(this), pending: pending.has(this), entryTypes: [...this.#types], buffer: this.#buffer,
    });
  }
}
makeEnumerable(PerformanceObserver.prototype, ['observe', 'disconnect', 'takeRecords']);

// ---- timerify ----

function timerify(f, options = {}) {
  validateFunction(f, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && !require('internal/histogram').isRecordable(histogram)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  const finished = (args, start) => {
    const duration = now() - start;
    histogram?.record(Math.max(1, Math.ceil(duration * 1e6)));
    tellObservers(new PerformanceNodeEntry(kMake, f.name, 'function', start, duration, args));
  };
  function timerified(...args) {
    const start = now();
    const result = new.target ? Reflect.construct(f, args, f) : Reflect.apply(f, this, args);
    if (!new.target && typeof result?.finally === 'function') return result.finally(() => finished(args, start));
    finished(args, start);
    return result;
  }
  return Object.defineProperties(timerified, {
    length: { configurable: false, enumerable: true, value: f.length },
    name: { configurable: false, enumerable: true, value: `timerified ${f.name}` },
  });
}

// ---- Marks and measures ----

function timeOfMark(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  const name = `${mark}`;
  if (milestones.includes(name)) return nodeTiming()[name];
  const found = lists.mark.findLast((entry) => entry.name === name);
  if (found !== undefined) return found.startTime;
  const { DOMException } = require('internal/dom_exception');
  throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
}

// [start, end]
function spanOf(options, endMark) {
  const isDictionary = typeof options === 'object' && options !== null;
  const start = isDictionary ? options.start : typeof options === 'string' ? options : undefined, end = endMark ?? (isDictionary ? options.end : undefined);
  const duration = isDictionary ? options.duration : undefined;
  const last = end !== undefined ? timeOfMark(end) : start !== undefined && duration !== undefined ? timeOfMark(start) + duration : now();
  const first = start !== undefined && start !== null ? timeOfMark(start) : duration !== undefined && end !== undefined ? last - duration : 0;
  return [first, last];
}

function checkMeasure(options, endMark) {
  if (typeof options !== 'object' || options === null) return;
  const { start, end, duration } = options;
  if (start === undefined && end === undefined && duration === undefined) return;
  const bad = (what) => new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(what);
  if (endMark !== undefined) throw bad('endMark must not be specified');
  if (start === undefined && end === undefined) throw bad('One of options.start or options.end is required');
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw bad('Must not have options.start, options.end, and options.duration specified');
  }
}

function mark(name, options) {
  return add(new PerformanceMark(name, options));
}

function measure(name, options, endMark) {
  checkMeasure(options, endMark);
  const { 0: start, 1: end } = spanOf(options, endMark);
  const detail = typeof options === 'object' ? copyOfDetail(options?.detail) : null;
  return add(new PerformanceMeasure(kMake, `${name}`, start, end - start, detail));
}

// ---- What is kept ----

function clear(type, name) {
  lists[type] = name === undefined ? [] : lists[type].filter((entry) => entry.name !== `${name}`);
}

function entries() {
  return [...lists.mark, ...lists.measure, ...lists.resource].sort(byStart);
}

function setResourcesMax(max) {
  validateInteger(max, 'maxSize', 0);
  resourcesMax = max;
}

let isFull = false;

// tellFull: called in a later turn when an entry found no room
function markResource(timing, requestedUrl, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType, tellFull) {
  const entry = new PerformanceResourceTiming(kMake, requestedUrl, { timing, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType });
  tellObservers(entry);
  if (lists.resource.length < resourcesMax) {
    lists.resource.push(entry);
  } else if (!isFull) {
    isFull = true;
    require('timers').setImmediate(() => {
      isFull = false;
      tellFull();
    });
  }
  return entry;
}

let timing;
function nodeTiming() {
  return timing ??= new PerformanceNodeTiming();
}

module.exports = {
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming,
  clear,
  entries,
  makeEnumerable,
  mark,
  markResource,
  measure,
  named,
  nodeTiming,
  setResourcesMax,
  showAs,
  timerify,
};
