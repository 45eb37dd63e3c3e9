// SPDX-License-Identifier: MIT
// A pool of workers: run(task) gives the task to a worker that has nothing to do, or keeps it until one has.
//
// Answers arrive in the 'message' event of some worker, far from where run() was called. An AsyncResource per task remembers the
// place, so that an AsyncLocalStorage of the caller says in the callback what it said at the call, whichever worker did the task.
'use strict';
const { AsyncResource } = require('node:async_hooks');
const { Worker } = require('node:worker_threads');

class Task extends AsyncResource {
  constructor(value, callback) {
    super('Task');
    this.value = value;
    this.callback = callback;
  }
  done(error, result) {
    this.runInAsyncScope(this.callback, null, error, result);
    this.emitDestroy();
  }
}

class WorkerPool {
  #file;
  #idle = [];
  #waiting = [];
  #workers = new Set();
  #closing = false;

  // file: a program that answers every message of its parent with one message.
  constructor(file, size) {
    this.#file = file;
    for (let i = 0; i < size; i++) this.#addWorker();
  }

  // callback(error, result)
  run(value, callback) {
    this.#waiting.push(new Task(value, callback));
    this.#next();
  }

  // Ends the workers when all tasks are done.
  close() {
    this.#closing = true;
    this.#next();
  }

  get size() {
    return this.#workers.size;
  }

  #addWorker() {
    const worker = new Worker(this.#file);
    worker.on('message', (result) => this.#finished(worker, null, result));
    // The worker has thrown: it is over. Its task fails, another worker takes its place.
    worker.on('error', (error) => {
      this.#workers.delete(worker);
      this.#addWorker();
      this.#finished(worker, error);
    });
    this.#workers.add(worker);
    this.#idle.push(worker);
  }

  #finished(worker, error, result) {
    const task = worker.task;
    worker.task = null;
    if (this.#workers.has(worker)) this.#idle.push(worker);
    task?.done(error, result);
    this.#next();
  }

  #next() {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const worker = this.#idle.pop();
      worker.task = this.#waiting.shift();
      worker.postMessage(worker.task.value);
    }
    if (!this.#closing || this.#idle.length < this.#workers.size) return;
    for (const worker of this.#workers) worker.terminate();
    this.#workers.clear();
    this.#idle = [];
  }
}

module.exports = { WorkerPool };
