// SPDX-License-Identifier: MIT
// fs.watch (the system tells), fs.watchFile (stat again and again, on libuv's pool) and fs.promises.watch.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('fs_watch');
const { nextTick } = internalBinding('process');
const { toPath, getOptions, encodeText, Stats, BigIntStats } = require('internal/fs_utils');
const { validateAbortSignal, validateBoolean, validateFunction, validateObject, validateInteger, validateUint32 } = require('internal/validators');
const { errnoException, codes, AbortError } = require('internal/errors');

function watchError(status, path) {
  const error = errnoException(status, 'watch', undefined);
  error.message = `${error.code}: ${require('util').getSystemErrorMessage(status)}, watch '${path}'`;
  const { errno, syscall, code } = error;
  for (const name of ['errno', 'syscall', 'code']) delete error[name];
  return Object.assign(error, { errno, syscall, code, path, filename: path });
}

// ---- fs.watch ----

class FSWatcher extends EventEmitter {
  #path;
  #options;
  #handles = new Map(); // folder, relative to the path: its handle
  #isReferenced;
  constructor(path, options) {
    super();
    this.#path = path;
    this.#options = options;
    this.#isReferenced = options.persistent;
    const status = this.#add('');
    if (status < 0) throw watchError(status, path);
    if (options.recursive) this.#addBelow('', (steps) => require('internal/fs_steps').runNow(steps));
  }
  #full(name) {
    return name === '' ? this.#path : require('path').join(String(this.#path), name);
  }
  // 0, or the system's error.
  #add(folder) {
    if (this.#handles.has(folder)) return 0;
    const handle = binding.watch(this.#full(folder), (status, isRename, name) => this.#happened(folder, status, isRename, name));
    if (typeof handle === 'number') return handle;
    this.#handles.set(folder, handle);
    if (!this.#isReferenced) binding.unref(handle);
    return 0;
  }
  #drop(folder) {
    for (const [name, handle] of this.#handles) {
      if (name !== folder && !name.startsWith(`${folder}/`)) continue;
      binding.close(handle);
      this.#handles.delete(name);
    }
  }
  // Watches what lies in a folder too. Folders that go away meanwhile are not errors.
  #addBelow(folder, run) {
    const watcher = this;
    run((function* walk(name) {
      let entries;
      try {
        entries = yield* require('internal/fs_steps').readdir(watcher.#full(name), { withFileTypes: true });
      } catch {
        return;
      }
      for (const entry of entries) {
        const below = name === '' ? entry.name : `${name}/${entry.name}`;
        if (entry.isDirectory() && watcher.#handles.size > 0 && watcher.#add(below) === 0) yield* walk(below);
      }
    })(folder));
  }
  #happened(folder, status, isRename, name) {
    if (status < 0) {
      const error = watchError(status, this.#path);
      this.close();
      this.emit('error', error);
      return;
    }
    if (folder !== '') {
      if (name === null || !this.#handles.has(folder)) return;
      name = `${folder}/${name}`;
    }
    if (isRename && this.#options.recursive && name !== null) this.#looksAfter(name);
    if (name !== null && this.#isIgnored(name)) return;
    this.emit('change', isRename ? 'rename' : 'change', name === null ? null : encodeText(name, this.#options));
  }
  // A name has come or gone.
  #looksAfter(name) {
    internalBinding('fs_async').lstat((error, numbers) => {
      if (this.#handles.size === 0) return;
      if (error) this.#drop(name);
      else if (new Stats(numbers).isDirectory() && this.#add(name) === 0) {
        this.#addBelow(name, (steps) => require('internal/fs_steps').runOnPool(steps, () => {}));
      }
    }, this.#full(name), false, true);
  }
  #isIgnored(name) {
    const { ignore } = this.#options;
    if (ignore === undefined || ignore === null) return false;
    return (Array.isArray(ignore) ? ignore : [ignore]).some((one) => {
      if (typeof one === 'function') return one(name);
      if (typeof one === 'string') return require('internal/glob').matchGlob(one.includes('/') ? name : require('path').basename(name), one);
      return RegExp.prototype.exec.call(one, name) !== null;
    });
  }
  close() {
    if (this.#handles.size === 0) return;
    for (const handle of this.#handles.values()) binding.close(handle);
    this.#handles.clear();
    nextTick(() => this.emit('close'));
  }
  ref() {
    this.#isReferenced = true;
    for (const handle of this.#handles.values()) binding.ref(handle);
    return this;
  }
  unref() {
    this.#isReferenced = false;
    for (const handle of this.#handles.values()) binding.unref(handle);
    return this;
  }
}

function validateIgnore(ignore) {
  if (ignore === undefined || ignore === null) return;
  for (const one of Array.isArray(ignore) ? ignore : [ignore]) {
    if (typeof one === 'string' || typeof one === 'function' || one instanceof RegExp) continue;
    throw new codes.ERR_INVALID_ARG_TYPE('options.ignore', ['string', 'RegExp', 'Function', 'Array'], ignore);
  }
}

function checkOptions(options) {
  options = { ...getOptions(options, { persistent: true, recursive: false, encoding: 'utf8' }) };
  options.persistent ??= true;
  if (options.recursive !== undefined && options.recursive !== null) validateBoolean(options.recursive, 'options.recursive');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  validateIgnore(options.ignore);
  return options;
}

function watch(path, options, listener) {
  if (typeof options === 'function') [listener, options] = [options, undefined];
  options = checkOptions(options);
  path = toPath(path);
  const watcher = new FSWatcher(path, options);
  if (listener) watcher.on('change', listener);
  const { signal } = options;
  if (signal?.aborted) {
    nextTick(() => watcher.close());
  } else if (signal) {
    const onAbort = () => watcher.close();
    signal.addEventListener('abort', onAbort, { once: true });
    watcher.once('close', () => signal.removeEventListener('abort', onAbort));
  }
  return watcher;
}

// ---- fs.promises.watch ----

async function* watchEvents(path, options = {}) {
  validateObject(options, 'options');
  options = checkOptions(options);
  const { maxQueue = 2048, overflow = 'ignore', signal } = options;
  validateInteger(maxQueue, 'options.maxQueue', 1);
  if (overflow !== 'ignore' && overflow !== 'throw') throw new codes.ERR_INVALID_ARG_VALUE('options.overflow', overflow, "must be one of: 'ignore', 'throw'");
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const watcher = new FSWatcher(toPath(path), options);
  const events = [];
  let failure, wake = () => {};
  const fail = (error) => {
    failure ??= error;
    wake();
  };
  const onAbort = () => fail(new AbortError(undefined, { cause: signal.reason }));
  signal?.addEventListener('abort', onAbort, { once: true });
  watcher.on('error', fail);
  watcher.on('change', (eventType, filename) => {
    if (events.length >= maxQueue) {
      if (overflow === 'throw') fail(new codes.ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue));
      else require('process').emitWarning('fs.watch maxQueue exceeded');
      return;
    }
    events.push({ __proto__: null, eventType, filename });
    wake();
  });
  try {
    for (;;) {
      if (failure) throw failure;
      if (events.length > 0) yield events.shift();
      else await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    watcher.close();
  }
}

// ---- fs.watchFile ----

const NOTHING = new Array(14).fill(0);

class StatWatcher extends EventEmitter {
  #timer = null;
  #before; // numbers as BigInts
  #isReferenced;
  #path;
  #options;
  constructor(path, options) {
    super();
    this.#path = path;
    this.#options = options;
    this.#isReferenced = options.persistent;
    this.#look(true);
  }
  #stats(numbers) {
    if (this.#options.bigint) return new BigIntStats(numbers);
    return new Stats(numbers.map((n, i) => (i < 10 ? Number(n) : Number(n) / 1e6)));
  }
  // callback and event only when something other than the time of access differs
  #look(isFirst) {
    internalBinding('fs_async').stat((error, numbers) => {
      if (this.#timer === undefined) return; // stopped
      const now = error ? NOTHING.map(BigInt) : numbers;
      const before = this.#before ?? now;
      this.#before = now;
      this.#timer = setTimeout(() => this.#look(false), this.#options.interval);
      if (!this.#isReferenced) this.#timer.unref();
      if ((isFirst && error) || now.some((n, i) => i !== 10 && n !== before[i])) this.emit('change', this.#stats(now), this.#stats(before));
    }, this.#path, true, true);
  }
  stop() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    nextTick(() => this.emit('stop'));
  }
  ref() {
    this.#isReferenced = true;
    this.#timer?.ref();
    return this;
  }
  unref() {
    this.#isReferenced = false;
    this.#timer?.unref();
    return this;
  }
}

const statWatchers = new Map();

function watchFile(path, options, listener) {
  if (options === null || typeof options !== 'object') [listener, options] = [options, undefined];
  path = require('path').resolve(String(toPath(path)));
  options = { interval: 5007, persistent: true, bigint: false, ...options };
  validateFunction(listener, 'listener');
  validateUint32(options.interval, 'interval');
  let watcher = statWatchers.get(path);
  if (!watcher) statWatchers.set(path, watcher = new StatWatcher(path, options));
  watcher.on('change', listener);
  return watcher;
}

function unwatchFile(path, listener) {
  path = require('path').resolve(String(toPath(path)));
  const watcher = statWatchers.get(path);
  if (!watcher) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') > 0) return;
  watcher.stop();
  statWatchers.delete(path);
}

module.exports = { watch, watchEvents, watchFile, unwatchFile };
