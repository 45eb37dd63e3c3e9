// SPDX-License-Identifier: MIT
// A mutex, a condition variable and a bounded queue in shared memory. Each lives in a few words of a SharedArrayBuffer, so it can be
// sent to any thread as `workerData` or in a message: `new Mutex(buffer, offset)` there is the same mutex as here.
//
// All waiting is done by Atomics.wait, which puts the thread to sleep in the kernel: a worker that waits needs no processor.
'use strict';

// ---- Mutex: one word ----
//
// 0: nobody holds it; 1: held; 2: held, and somebody may be asleep. A thread that has slept takes it with 2, because it cannot know
// whether others still sleep: at worst one unlock() too many notifies nobody. Without contention lock and unlock are one
// Atomics operation each, and nobody is notified.
const FREE = 0, HELD = 1, CONTENDED = 2;

class Mutex {
  static BYTES = 4;
  #word;
  constructor(buffer, offset = 0) {
    this.#word = new Int32Array(buffer, offset, 1);
  }
  lock() {
    if (Atomics.compareExchange(this.#word, 0, FREE, HELD) === FREE) return;
    while (Atomics.exchange(this.#word, 0, CONTENDED) !== FREE) Atomics.wait(this.#word, 0, CONTENDED);
  }
  tryLock() {
    return Atomics.compareExchange(this.#word, 0, FREE, HELD) === FREE;
  }
  unlock() {
    const was = Atomics.exchange(this.#word, 0, FREE);
    if (was === FREE) throw new Error('unlock() of a mutex that nobody holds');
    if (was === CONTENDED) Atomics.notify(this.#word, 0, 1);
  }
  // Runs f while holding the mutex.
  hold(f) {
    this.lock();
    try {
      return f();
    } finally {
      this.unlock();
    }
  }
}

// ---- Condition: one word ----
//
// The word counts the notifications. wait() reads it while it still holds the mutex: whoever notifies after that has changed the word,
// so Atomics.wait does not fall asleep and no notification is lost. A wait() may end for no reason: always wait in a loop that tests
// what you wait for.
class Condition {
  static BYTES = 4;
  #word;
  constructor(buffer, offset = 0) {
    this.#word = new Int32Array(buffer, offset, 1);
  }
  wait(mutex) {
    const seen = Atomics.load(this.#word, 0);
    mutex.unlock();
    Atomics.wait(this.#word, 0, seen);
    mutex.lock();
  }
  notifyOne() {
    Atomics.add(this.#word, 0, 1);
    Atomics.notify(this.#word, 0, 1);
  }
  notifyAll() {
    Atomics.add(this.#word, 0, 1);
    Atomics.notify(this.#word, 0);
  }
}

// ---- BoundedQueue: a ring of integers ----
//
//   byte  0  mutex      4  not empty      8  not full
//        12  first: where the oldest item is      16  length      20  closed      24  the items
const FIRST = 0, LENGTH = 1, CLOSED = 2, HEADER = 24;

class BoundedQueue {
  #mutex;
  #notEmpty;
  #notFull;
  #state;
  #items;
  static bytesFor(capacity) {
    return HEADER + capacity * Int32Array.BYTES_PER_ELEMENT;
  }
  constructor(buffer) {
    this.#mutex = new Mutex(buffer, 0);
    this.#notEmpty = new Condition(buffer, 4);
    this.#notFull = new Condition(buffer, 8);
    this.#state = new Int32Array(buffer, 12, 3);
    this.#items = new Int32Array(buffer, HEADER);
  }
  // Waits while the queue is full.
  push(item) {
    const state = this.#state, items = this.#items;
    this.#mutex.hold(() => {
      while (state[LENGTH] === items.length && !state[CLOSED]) this.#notFull.wait(this.#mutex);
      if (state[CLOSED]) throw new Error('push() to a closed queue');
      items[(state[FIRST] + state[LENGTH]++) % items.length] = item;
    });
    this.#notEmpty.notifyOne();
  }
  // Waits while the queue is empty; undefined when it is empty for good.
  shift() {
    const state = this.#state, items = this.#items;
    const item = this.#mutex.hold(() => {
      while (state[LENGTH] === 0 && !state[CLOSED]) this.#notEmpty.wait(this.#mutex);
      if (state[LENGTH] === 0) return undefined;
      const first = items[state[FIRST]];
      state[FIRST] = (state[FIRST] + 1) % items.length;
      state[LENGTH]--;
      return first;
    });
    if (item !== undefined) this.#notFull.notifyOne();
    return item;
  }
  // No more items will come: what is in the queue can still be taken.
  close() {
    this.#mutex.hold(() => { this.#state[CLOSED] = 1; });
    this.#notEmpty.notifyAll();
    this.#notFull.notifyAll();
  }
}

module.exports = { Mutex, Condition, BoundedQueue };
