// SPDX-License-Identifier: MIT
// What all isolates of one storm share, in one SharedArrayBuffer: who lives, who is whose child, which channels went over which.
'use strict';

const MAX_ACTORS = 24, MAX_CHANNELS = 62, MAX_BUFFERS = 2048, LOCKS = 3, CELLS = 8, LIMIT = 50;
const ENDED = 0, PARENT = 1, THREAD = 2, SENT = 3, FIELDS = 4; // of an actor
const SIZE = { actors: MAX_ACTORS * FIELDS, arrived: MAX_BUFFERS, holders: LOCKS, cells: CELLS, counts: 16 };
const COUNTS = { actors: 0, channels: 1, buffers: 2, failed: 3, messages: 4, longest: 5, stops: 6, stopped: 7, broadcasts: 8, mails: 9, moves: 10, late: 11 };

class Tables {
  constructor(memory = new SharedArrayBuffer(16384)) {
    this.memory = memory;
    let at = 0;
    for (const name in SIZE) {
      this[name] = new Int32Array(memory, at, SIZE[name]);
      at += SIZE[name] * 4;
    }
    at = Math.ceil(at / 8) * 8;
    this.owners = new BigInt64Array(memory, at, MAX_CHANNELS); // of a channel: a bit for every actor that has had one of its ends
    this.carriers = new BigInt64Array(memory, at + MAX_CHANNELS * 8, MAX_CHANNELS); // a bit for every channel that one of its ends went over
  }
  // A new number, or -1: there are enough.
  take(what, max) {
    const n = Atomics.add(this.counts, COUNTS[what], 1);
    return n < max ? n : -1;
  }
  takeActor(parent) {
    const id = this.take('actors', MAX_ACTORS);
    if (id >= 0) {
      this.set(id, PARENT, parent);
      this.set(id, THREAD, -1);
    }
    return id;
  }
  takeChannel() {
    return this.take('channels', MAX_CHANNELS);
  }
  takeBuffer() {
    return this.take('buffers', MAX_BUFFERS);
  }
  get(actor, field) {
    return Atomics.load(this.actors, actor * FIELDS + field);
  }
  set(actor, field, value) {
    Atomics.store(this.actors, actor * FIELDS + field, value);
  }
  add(actor, field) {
    Atomics.add(this.actors, actor * FIELDS + field, 1);
  }
  // Has it, or one that it lives in, ended or been told to?
  hasEnded(actor) {
    for (; actor >= 0; actor = this.get(actor, PARENT)) if (this.get(actor, ENDED)) return true;
    return false;
  }
  own(channel, actor) {
    Atomics.or(this.owners, channel, 1n << BigInt(actor));
  }
  carry(channel, over) {
    Atomics.or(this.carriers, channel, 1n << BigInt(over));
  }
  // May an end of the channel be gone without a farewell?
  mayBeLost(channel, seen = new Set()) {
    if (seen.has(channel)) return false;
    seen.add(channel);
    const owners = Atomics.load(this.owners, channel), carriers = Atomics.load(this.carriers, channel);
    for (let i = 0; i < MAX_ACTORS; i++) if (owners & (1n << BigInt(i)) && this.hasEnded(i)) return true;
    for (let i = 0; i < MAX_CHANNELS; i++) if (carriers & (1n << BigInt(i)) && this.mayBeLost(i, seen)) return true;
    return false;
  }
  count(what, n = 1) {
    Atomics.add(this.counts, COUNTS[what], n);
  }
  counted(what) {
    return Atomics.load(this.counts, COUNTS[what]);
  }
  noteStop(ms) {
    this.count('stopped');
    const us = Math.round(ms * 1000);
    let old = this.counted('longest');
    while (us > old) {
      const seen = Atomics.compareExchange(this.counts, COUNTS.longest, old, us);
      if (seen === old) break;
      old = seen;
    }
    if (ms > LIMIT) this.count('late');
  }
}
module.exports = { Tables, ENDED, PARENT, THREAD, SENT, MAX_ACTORS, LOCKS, CELLS };
