// SPDX-License-Identifier: MIT
// Histograms of positive integers after Gil Tene's HdrHistogram: values are counted in buckets whose width doubles with every power of two, so
// that each value is known to a number of decimal figures. Counts are kept by bucket number, as only few of the thousands are ever met.
// Tests: tests/node/perf/histogram.js.
'use strict';

const { codes } = require('internal/errors');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');
const cloning = require('internal/clone_symbols');
const custom = Symbol.for('nodejs.util.inspect.custom');

const kMake = Symbol('make');
const EMPTY_MIN = 2 ** 63; // what is said of nothing
const EMPTY_MIN_BIG = 2n ** 63n - 1n;

// ---- Buckets ----

const bitLength = (n) => (n >= 2 ** 32 ? 64 - Math.clz32(Math.floor(n / 2 ** 32)) : 32 - Math.clz32(n));

class Counts {
  constructor(lowest, highest, figures) {
    this.lowest = lowest;
    this.highest = highest;
    this.figures = figures;
    this.unit = bitLength(lowest) - 1; // log2 of the smallest width
    const halfBits = Math.ceil(Math.log2(2 * 10 ** figures)) - 1;
    this.half = 2 ** halfBits; // buckets of one width, but for the first
    let buckets = 1;
    for (let end = 2 * this.half * 2 ** this.unit; end <= highest && end < Number.MAX_SAFE_INTEGER; end *= 2) buckets++;
    this.length = (buckets + 1) * this.half;
    this.clear();
  }
  clear() {
    this.byIndex = new Map();
    this.total = 0;
    this.exceeds = 0;
    this.min = EMPTY_MIN;
    this.max = 0;
    this.sorted = undefined;
  }
  // log2 of the width of a value's bucket, above the unit
  #scale(value) {
    return Math.max(0, bitLength(value) - this.unit - (bitLength(this.half)));
  }
  index(value) {
    const scale = this.#scale(value);
    return scale * this.half + Math.floor(value / 2 ** (scale + this.unit));
  }
  valueAt(index) {
    const scale = Math.max(0, Math.floor(index / this.half) - 1);
    return (index - scale * this.half) * 2 ** (scale + this.unit);
  }
  width(value) {
    return 2 ** (this.#scale(value) + this.unit);
  }
  low(value) {
    const width = this.width(value);
    return Math.floor(value / width) * width;
  }
  high(value) {
    return this.low(value) + this.width(value) - 1;
  }
  middle(value) {
    return this.low(value) + Math.floor(this.width(value) / 2);
  }
  add(value, count) {
    const index = this.index(value);
    if (index >= this.length) {
      this.exceeds += count;
      return;
    }
    this.byIndex.set(index, (this.byIndex.get(index) ?? 0) + count);
    this.total += count;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
    this.sorted = undefined;
  }
  // [value, count] in order
  entries() {
    return (this.sorted ??= [...this.byIndex].sort((a, b) => a[0] - b[0]).map(({ 0: index, 1: count }) => [this.valueAt(index), count]));
  }
  // What remains after other's counts are taken away: no count falls below nothing.
  subtract(other) {
    const rest = new Counts(this.lowest, this.highest, this.figures);
    const taken = new Map();
    for (const { 0: value, 1: count } of other.entries()) {
      const index = this.index(value);
      taken.set(index, (taken.get(index) ?? 0) + count);
    }
    for (const { 0: index, 1: count } of this.byIndex) {
      const left = count - (taken.get(index) ?? 0);
      if (left > 0) rest.add(this.valueAt(index), left);
    }
    rest.exceeds = Math.max(0, this.exceeds - other.exceeds);
    return rest;
  }
  mean() {
    let sum = 0;
    for (const { 0: value, 1: count } of this.entries()) sum += this.middle(value) * count;
    return sum / this.total;
  }
  moment(mean, power) {
    let sum = 0;
    for (const { 0: value, 1: count } of this.entries()) sum += (this.middle(value) - mean) ** power * count;
    return sum / this.total;
  }
  percentile(p) {
    let left = Math.max(1, Math.floor((p / 100) * this.total + 0.5));
    for (const { 0: value, 1: count } of this.entries()) {
      left -= count;
      if (left <= 0) return this.high(value);
    }
    return 0;
  }
  // At 0, 50, 75, 87.5 ...: half of the way to 100 each time.
  percentiles() {
    const found = new Map();
    let seen = 0, next = 0, last = 0;
    for (const { 0: value, 1: count } of this.entries()) {
      seen += count;
      last = value;
      while (next <= (100 * seen) / this.total && next < 100) {
        found.set(next, value);
        const halvings = Math.floor(Math.log2(100 / (100 - next))) + 1;
        next += 100 / 2 ** halvings;
        if (seen === this.total) break; // of the last bucket one is said, besides 100
      }
    }
    found.set(100, last);
    return found;
  }
}

// ---- Classes ----

let countsOf, setCounts;

class Histogram {
  #counts;
  static {
    countsOf = (histogram) => {
      if (typeof histogram !== 'object' || histogram === null || !(#counts in histogram)) throw new codes.ERR_INVALID_THIS('Histogram');
      return histogram.#counts;
    };
    setCounts = (histogram, counts) => {
      histogram.#counts = counts;
      return histogram;
    };
  }
  constructor(token) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get count() { return countsOf(this).total; }
  get countBigInt() { return BigInt(countsOf(this).total); }
  get min() {
    const counts = countsOf(this);
    return counts.total ? counts.low(counts.min) : EMPTY_MIN;
  }
  get minBigInt() { return countsOf(this).total ? BigInt(this.min) : EMPTY_MIN_BIG; }
  get max() {
    const counts = countsOf(this);
    return counts.total ? counts.high(counts.max) : 0;
  }
  get maxBigInt() { return BigInt(this.max); }
  get mean() { return countsOf(this).mean(); }
  get exceeds() { return countsOf(this).exceeds; }
  get exceedsBigInt() { return BigInt(countsOf(this).exceeds); }
  get stddev() {
    const counts = countsOf(this);
    return Math.sqrt(counts.moment(counts.mean(), 2));
  }
  get skewness() { return this.#standardised(3, 3); }
  get kurtosis() {
    const counts = countsOf(this);
    return counts.total < 4 ? 0 : this.#standardised(4, 4) - (this.stddev === 0 ? 0 : 3);
  }
  #standardised(power, fewest) {
    const counts = countsOf(this);
    if (counts.total < fewest) return 0;
    const mean = counts.mean(), deviation = Math.sqrt(counts.moment(mean, 2));
    return deviation === 0 ? 0 : counts.moment(mean, power) / deviation ** power;
  }
  percentile(percentile) {
    const counts = countsOf(this);
    validateNumber(percentile, 'percentile');
    if (!(percentile > 0 && percentile <= 100)) throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
    return counts.percentile(percentile);
  }
  percentileBigInt(percentile) {
    return BigInt(this.percentile(percentile));
  }
  get percentiles() { return countsOf(this).percentiles(); }
  get percentilesBigInt() { return new Map([...countsOf(this).percentiles()].map(({ 0: p, 1: value }) => [p, BigInt(value)])); }
  reset() {
    countsOf(this).clear();
  }
  toJSON() {
    return { ...figuresOf(this), percentiles: Object.fromEntries(this.percentiles) };
  }
  [custom](depth, options) {
    if (depth < 0) return `[${this.constructor.name}]`;
    const { inspect } = require('internal/util/inspect');
    const { min, max, mean, exceeds, stddev, skewness, kurtosis, count } = figuresOf(this);
    const figures = { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles: this.percentiles };
    return `Histogram ${inspect(figures, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  [cloning.clone]() {
    const { lowest, highest, figures, byIndex, total, exceeds, min, max } = countsOf(this);
    return { data: [lowest, highest, figures, { byIndex, total, exceeds, min, max }], deserializeInfo: 'internal/histogram:ClonedHistogram' };
  }
  [cloning.deserialize]({ 0: lowest, 1: highest, 2: figures, 3: state }) {
    setCounts(this, Object.assign(new Counts(lowest, highest, figures), state));
  }
}

function figuresOf(histogram) {
  const { count, min, max, mean, exceeds, stddev, skewness, kurtosis } = histogram;
  return { count, min, max, mean, exceeds, stddev, skewness, kurtosis };
}

const isRecordable = (value) => value instanceof RecordableHistogram;

function checkOther(other) {
  if (!isRecordable(other)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
  return countsOf(other);
}

// A Number; BigInts beyond its whole numbers lose their last bits, which no bucket could tell apart.
function recorded(value) {
  if (typeof value === 'bigint') {
    if (value < 1n || value > EMPTY_MIN_BIG) {
      const error = new RangeError('value is out of range');
      error.code = 'ERR_OUT_OF_RANGE';
      throw error;
    }
    return Number(value);
  }
  validateInteger(value, 'val', 1);
  return value;
}

class RecordableHistogram extends Histogram {
  #previous; // of recordDelta, in nanoseconds
  record(value) {
    countsOf(this).add(recorded(value), 1);
  }
  recordDelta() {
    const now = process.hrtime.bigint(), counts = countsOf(this);
    if (this.#previous !== undefined) counts.add(Math.max(1, Number(now - this.#previous)), 1);
    this.#previous = now;
  }
  // Besides the value, those that were not taken while it lasted longer than the interval between two.
  recordCorrected(value, expectedInterval) {
    let n = recorded(value);
    validateInteger(expectedInterval, 'expectedInterval', 0);
    const counts = countsOf(this);
    counts.add(n, 1);
    if (expectedInterval === 0) return;
    while ((n -= expectedInterval) >= expectedInterval) counts.add(n, 1);
  }
  add(other) {
    const from = checkOther(other), counts = countsOf(this);
    for (const { 0: value, 1: count } of [...from.entries()]) counts.add(value, count);
    counts.exceeds += from.exceeds;
    if (from.total) {
      counts.min = Math.min(counts.min, from.min);
      if (counts.index(from.max) < counts.length) counts.max = Math.max(counts.max, from.max);
    }
  }
  subtract(other) {
    setCounts(this, countsOf(this).subtract(checkOther(other)));
  }
  [cloning.clone]() {
    return { ...super[cloning.clone](), deserializeInfo: 'internal/histogram:ClonedRecordableHistogram' };
  }
}

class ELDHistogram extends Histogram {
  #timer;
  #resolution;
  static make(resolution) {
    const histogram = setCounts(new ELDHistogram(kMake), new Counts(1, 3600e9, 3));
    histogram.#resolution = resolution;
    return histogram;
  }
  enable() {
    if (this.#timer !== undefined) return false;
    const { setInterval } = require('timers'), counts = countsOf(this);
    let previous; // the first time is only a beginning: the loop's clock may have been behind
    this.#timer = setInterval(() => {
      const now = process.hrtime.bigint();
      if (previous !== undefined) counts.add(Math.max(1, Number(now - previous)), 1);
      previous = now;
    }, this.#resolution).unref();
    return true;
  }
  disable() {
    if (this.#timer === undefined) return false;
    require('timers').clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }
  [Symbol.dispose]() {
    this.disable();
  }
}

// What messages make before they furnish it.
const ClonedHistogram = function() {
  return new Histogram(kMake);
};
const ClonedRecordableHistogram = function() {
  return new RecordableHistogram(kMake);
};

// ---- Making them ----

const whole = (value, name, min) => {
  if (typeof value !== 'bigint') validateInteger(value, name, min);
  else if (value < BigInt(min)) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${Number.MAX_SAFE_INTEGER}`, value);
};

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  whole(lowest, 'options.lowest', 1);
  if (typeof highest !== 'bigint') validateNumber(highest, 'options.highest');
  if (BigInt(Math.trunc(Number(highest))) < 2n * BigInt(lowest)) {
    throw new codes.ERR_OUT_OF_RANGE('options.highest', `>= 2 * options.lowest (${2n * BigInt(lowest)}n)`, highest);
  }
  if (typeof highest !== 'bigint') validateInteger(highest, 'options.highest', 2);
  validateInteger(figures, 'options.figures', 1, 5);
  return setCounts(new RecordableHistogram(kMake), new Counts(Number(lowest), Number(highest), figures));
}

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return ELDHistogram.make(resolution);
}

module.exports = { createHistogram, monitorEventLoopDelay, isRecordable, ClonedHistogram, ClonedRecordableHistogram };
