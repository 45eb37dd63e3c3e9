// SPDX-License-Identifier: MIT
// class Worker, the parent's view of a thread. Making one does as little as possible: streams, statistics and the like come when they are asked
// for. Output, errors and answers of the worker come as mail (onMail), its messages through a port, its end last of all.
'use strict';

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { listen } = require('internal/worker/io');
const binding = internalBinding('worker');
const messaging = internalBinding('messaging');
const { forNewWorker } = require('internal/worker/environment_data');

// Kinds of programs, failures: as in node/worker.h, threads/worker.h.
const KIND_FILE = 0, KIND_TEXT = 1, KIND_MODULE_TEXT = 2, KIND_URL = 3;
const INIT_FAILED = 1, OUT_OF_MEMORY = 2;
// Mail: see internal/worker/child.js.
const MAIL_ERROR = 3, MAIL_NOT_SERIALIZABLE = 4, MAIL_ANSWER = 5, MAIL_INPUT_TAKEN = 6;
const MAIL_STDIN = 0, MAIL_OUTPUT_TAKEN = 2;
const OUT = 1;

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const ENVIRONMENT_COPY = 0, ENVIRONMENT_SHARED = 1;

// ---- Options ----

function invalidType(name, expected, value) {
  return new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
}

function environmentOf(env) {
  if (env === undefined || env === null) return ENVIRONMENT_COPY;
  if (env === SHARE_ENV) return ENVIRONMENT_SHARED;
  if (typeof env !== 'object') {
    throw invalidType('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  }
  const pairs = [];
  for (const name of Object.keys(env)) pairs.push(name, `${env[name]}`);
  return pairs;
}

const HAS_NODE_OPTIONS = binding.facts()[7];

// What the worker's NODE_OPTIONS say; undefined: neither they nor those of the process say anything.
function nodeOptionsOf(env) {
  const own = typeof env === 'object' && env !== null;
  if (!HAS_NODE_OPTIONS && (!own || env.NODE_OPTIONS === undefined)) return undefined;
  const { parse, split } = require('internal/worker/options');
  const parsed = parse(split(`${(own ? env : require('process').env).NODE_OPTIONS ?? ''}`));
  if (own && parsed.bad.length > 0) {
    throw new codes.ERR_WORKER_INVALID_EXEC_ARGV([`${parsed.bad[0]} is not allowed in NODE_OPTIONS`], 'NODE_OPTIONS env variable');
  }
  return parsed;
}

// What C reads as settings; undefined: a copy of the environment and the parent's options. In the order of bindings/worker.c.
function settingsOf(env, options, parsed) {
  const { argv, execArgv } = options;
  if (env === ENVIRONMENT_COPY && argv === undefined && parsed === undefined) return undefined;
  const settings = [env, argv === undefined ? undefined : argv.map((x) => `${x}`)];
  if (parsed !== undefined) {
    settings.push((execArgv ?? internalBinding('process').facts().execArgv).map(String), parsed.requires, parsed.imports, parsed.conditions, parsed.unhandledRejections, parsed.flags);
  }
  return settings;
}

function limitsOf(limits) {
  if (limits === null || typeof limits !== 'object') return undefined;
  const { maxYoungGenerationSizeMb: young, maxOldGenerationSizeMb: old, codeRangeSizeMb: code, stackSizeMb: stack } = limits;
  const number = (n) => (typeof n === 'number' ? n : undefined);
  return [number(young), typeof old === 'number' ? Math.max(old, 2) : undefined, number(code), number(stack)];
}

const plainPath = /^\/(?!.*(?:\/\/|\/\.\.?(?:\/|$))).*[^/]$/s;

function pathOf(filename) {
  if (plainPath.test(filename)) return filename;
  if (filename[0] === '/' || /^\.\.?\//.test(filename)) return require('path').resolve(filename);
  throw new codes.ERR_WORKER_PATH(filename);
}

// [kind, label, text]
function programOf(filename, options, parsed) {
  if (typeof filename !== 'string') {
    if (options.eval) {
      const error = new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
      throw error;
    }
    const { isURL, fileURLToPath } = require('internal/url');
    if (!isURL(filename)) throw invalidType('filename', ['string', 'URL'], filename);
    if (filename.protocol === 'data:') return [KIND_URL, filename.href, undefined];
    return [KIND_FILE, fileURLToPath(filename), undefined];
  }
  if (options.eval) return [parsed?.inputType === 'module' ? KIND_MODULE_TEXT : KIND_TEXT, '[worker eval]', filename];
  return [KIND_FILE, pathOf(filename), undefined];
}

function nameOf(name) {
  if (!name) return 'WorkerThread';
  require('internal/validators').validateString(name, 'options.name');
  return name.trim();
}

// ---- Worker ----

const kWeb = Symbol('kWeb'); // option of the global Worker: { program, source: its text, relay(type, value, ports): what its port hears }
const noOptions = { __proto__: null };
const resolvedNothing = () => Promise.resolve(undefined);

let channel;
function announce(worker) {
  channel ??= require('diagnostics_channel').channel('worker_threads');
  if (channel.hasSubscribers) channel.publish({ worker });
  const process = require('process');
  process.nextTick(emitWorker, process, worker);
}
function emitWorker(process, worker) {
  process.emit('worker', worker);
}

class Worker extends EventEmitter {
  #handle;
  #port;
  #streams; // [stdin, stdout, stderr] that were asked for
  #captured; // bits: 1 stdin, 2 stdout, 4 stderr are the parent's own business
  #owed = 0; // bits: 2 stdout, 4 stderr wait for an answer
  #mail; // for the worker, while it is not there
  #onlineSince = -1;
  #requests;
  #limits;
  #name;
  constructor(filename, options = noOptions) {
    super();
    const { execArgv, argv } = options;
    let parsed;
    if (execArgv !== undefined) {
      if (!Array.isArray(execArgv)) throw invalidType('options.execArgv', 'Array', execArgv);
      parsed = require('internal/worker/options').parse(execArgv);
    }
    if (argv !== undefined && !Array.isArray(argv)) throw invalidType('options.argv', 'Array', argv);
    const web = options[kWeb];
    const program = web === undefined ? programOf(filename, options, parsed) : web.program;
    const env = environmentOf(options.env), nodeOptions = nodeOptionsOf(options.env);
    if (nodeOptions !== undefined) {
      const { parse, merge } = require('internal/worker/options');
      // The parent's own options are good, whether workers may be given them or not.
      parsed = merge(nodeOptions, parsed ?? { ...parse(internalBinding('process').facts().execArgv), bad: [] });
    }
    this.#name = nameOf(options.name);
    if (parsed !== undefined && parsed.bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(parsed.bad);
    this.#limits = limitsOf(options.resourceLimits);
    this.#captured = (options.stdin ? 1 : 0) | (options.stdout ? 2 : 0) | (options.stderr ? 4 : 0);
    this.#handle = binding.create(this.#name, this.#limits, program[0], program[1], program[2], this.#given(options),
      this.#transferList(options.transferList), settingsOf(env, options, parsed), this, Boolean(options.trackUnmanagedFds ?? true));
    const port = this.#port = binding.port(this.#handle);
    if (web === undefined) {
      messaging.setListener(port, (value) => this.emit('message', value));
      listen(port, (type, value) => {
        if (type !== 'close') this.emit(type, value);
      });
    } else {
      listen(port, web.relay);
    }
    this.performance = { eventLoopUtilization: (u1, u2) => this.#utilization(u1, u2) };
    if (!binding.start(this.#handle)) {
      this.#handle = null;
      throw new codes.ERR_WORKER_INIT_FAILED('ERR_WORKER_INIT_FAILED');
    }
    announce(this);
  }
  // What the worker gets at first: [workerData, environment data, has stdin, text of a Web worker's script].
  #given(options) {
    const { workerData } = options, environment = forNewWorker(), source = options[kWeb]?.source;
    if (source !== undefined) return [workerData, environment, Boolean(options.stdin), source];
    if (workerData === undefined && environment === undefined && !options.stdin && options.transferList === undefined) return undefined;
    return [workerData, environment, Boolean(options.stdin)];
  }
  #transferList(list) {
    if (list === undefined || list === null || Array.isArray(list)) return list ?? undefined;
    return typeof list === 'object' && typeof list[Symbol.iterator] === 'function' ? [...list] : undefined;
  }

  postMessage() {
    const port = this.#port;
    if (port !== null) port.postMessage.apply(port, arguments);
  }
  terminate(callback) {
    this.ref();
    if (typeof callback === 'function') {
      require('process').emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
        'DeprecationWarning', 'DEP0132');
      if (this.#handle === null) return resolvedNothing();
      this.once('exit', (code) => callback(null, code));
    }
    if (this.#handle === null) return resolvedNothing();
    binding.stop(this.#handle);
    return new Promise((resolve) => this.once('exit', resolve));
  }
  async [Symbol.asyncDispose]() {
    await this.terminate();
  }
  ref() {
    if (this.#handle !== null) binding.reference(this.#handle, true);
  }
  unref() {
    if (this.#handle !== null) binding.reference(this.#handle, false);
  }
  get threadId() {
    return this.#handle === null ? -1 : binding.threadId(this.#handle);
  }
  get threadName() {
    return this.#handle === null ? null : this.#name;
  }
  // ---- Streams ----
  get stdin() {
    if (!(this.#captured & 1)) return null;
    return this.#stream(0);
  }
  get stdout() {
    return this.#stream(1);
  }
  get stderr() {
    return this.#stream(2);
  }
  get resourceLimits() {
    if (this.#handle === null) return {};
    const { 0: young, 1: old, 2: codeRange, 3: stack } = this.#limits ?? [];
    const online = this.#onlineSince >= 0;
    return {
      maxYoungGenerationSizeMb: young ?? (online ? 96 : -1), maxOldGenerationSizeMb: old ?? (online ? 4096 : -1),
      codeRangeSizeMb: codeRange ?? (online ? 0 : -1), stackSizeMb: stack ?? 4,
    };
  }
  #stream(fd) {
    this.#streams ??= [];
    return (this.#streams[fd] ??= fd === 0 ? this.#makeStdin() : this.#makeOutput(fd));
  }
  #makeStdin() {
    const { WritableWorkerStdio } = require('internal/stdio_streams');
    return new WritableWorkerStdio((chunk, wantsAnswer) => {
      if (this.#handle !== null) this.#tell([MAIL_STDIN, chunk, wantsAnswer]);
      else if (wantsAnswer) require('process').nextTick(() => this.#inputTaken()); // nobody is there to read it
    });
  }
  #inputTaken() {
    const stream = this.#streams?.[0];
    if (stream !== undefined) require('internal/stdio_streams').taken(stream);
  }
  #makeOutput(fd) {
    const { ReadableWorkerStdio } = require('internal/stdio_streams');
    const stream = new ReadableWorkerStdio(() => this.#answerOutput(fd));
    if (this.#handle === null) stream.push(null);
    if (!(this.#captured & (1 << fd))) pipeWithoutWarning(stream, require('process')[fd === OUT ? 'stdout' : 'stderr']);
    return stream;
  }
  #output(fd, chunk, wantsAnswer) {
    const stream = this.#captured & (1 << fd) ? this.#stream(fd) : this.#streams?.[fd];
    if (wantsAnswer) this.#owed |= 1 << fd;
    if (stream === undefined) {
      if (chunk !== null) writeThrough(fd, chunk);
      this.#answerOutput(fd);
    } else if (stream.push(chunk)) {
      this.#answerOutput(fd);
    }
  }
  // The worker's writes wait until what they brought is read.
  #answerOutput(fd) {
    if (!(this.#owed & (1 << fd))) return;
    this.#owed &= ~(1 << fd);
    this.#tell([MAIL_OUTPUT_TAKEN, fd]);
  }

  #endOutput() {
    for (const fd of [1, 2]) {
      const stream = this.#streams?.[fd];
      if (stream !== undefined && !stream.readableEnded) stream.push(null);
    }
  }

  // ---- Questions ----
  #tell(mail) {
    if (this.#onlineSince < 0 && this.#handle !== null) (this.#mail ??= []).push(mail);
    else if (this.#handle !== null) binding.tellWorker(this.#handle, mail);
  }
  // Answered by an interrupt, however busy the worker is. question: a number of internal/profiles.js
  #askNow(question, ...args) {
    if (this.#handle === null || this.#onlineSince < 0) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    this.#requests ??= { last: 0, waiting: new Map() };
    const { promise, resolve, reject } = Promise.withResolvers();
    const number = ++this.#requests.last;
    if (internalBinding('profiles').ask(this.#handle, number, question, ...args)) this.#requests.waiting.set(number, { resolve, reject });
    else reject(new codes.ERR_WORKER_NOT_RUNNING());
    return promise;
  }
  #answered(number, value) {
    const { resolve } = this.#requests.waiting.get(number);
    this.#requests.waiting.delete(number);
    resolve(value);
  }
  getHeapSnapshot(options) {
    const { snapshotOptions, streamOf } = require('internal/heap_facts');
    snapshotOptions(options);
    return this.#askNow(profiles().SNAPSHOT).then((bytes) => {
      if (bytes === undefined) throw new codes.ERR_WORKER_NOT_RUNNING();
      return streamOf(bytes);
    });
  }
  getHeapStatistics() {
    return this.#askNow(profiles().HEAP_FIGURES).then((figures) => require('internal/heap_facts').statisticsOf(figures));
  }
  cpuUsage(previous) {
    if (previous !== undefined) {
      const { validateObject, validateNumber } = require('internal/validators');
      validateObject(previous, 'prev');
      validateNumber(previous.user, 'prev.user', 0, Number.MAX_SAFE_INTEGER);
      validateNumber(previous.system, 'prev.system', 0, Number.MAX_SAFE_INTEGER);
    }
    return this.#askNow(profiles().CPU).then((now) => (previous === undefined ? now
      : { user: now.user - previous.user, system: now.system - previous.system }));
  }
  startCpuProfile(options) {
    return profiles().startCpuProfileOf((...question) => this.#askNow(...question), options);
  }
  startHeapProfile(options) {
    return profiles().startHeapProfileOf((...question) => this.#askNow(...question), options);
  }
  #utilization(u1, u2) {
    if (this.#handle === null || this.#onlineSince < 0) return { idle: 0, active: 0, utilization: 0 };
    const share = (idle, active) => ({ idle, active, utilization: active / (idle + active) });
    if (u2) return share(u1.idle - u2.idle, u1.active - u2.active);
    const idle = Math.max(0, binding.idleTime(this.#handle));
    const active = Math.max(0, internalBinding('process').now() - this.#onlineSince - idle);
    return u1 ? share(idle - u1.idle, active - u1.active) : share(idle, active);
  }

  // ---- What C tells ----
  static online(worker) {
    worker.#onlineSince = internalBinding('process').now();
    const mail = worker.#mail;
    worker.#mail = undefined;
    if (mail !== undefined) for (const m of mail) binding.tellWorker(worker.#handle, m);
    worker.emit('online');
  }
  static mail(worker, mail) {
    switch (mail[0]) {
      case MAIL_ERROR: worker.emit('error', require('internal/error_serdes').deserializeError(mail[1])); break;
      case MAIL_NOT_SERIALIZABLE: worker.emit('error', new codes.ERR_WORKER_UNSERIALIZABLE_ERROR()); break;
      case MAIL_ANSWER: worker.#answered(mail[1], mail[2]); break;
      case MAIL_INPUT_TAKEN: worker.#inputTaken(); break;
      default: worker.#output(mail[0], mail[1], mail[2]);
    }
  }
  static ended(worker, code, failure) {
    messaging.close.call(worker.#port);
    worker.#handle = null;
    worker.#port = null;
    worker.#onlineSince = -1;
    if (worker.#requests !== undefined) {
      for (const { reject } of worker.#requests.waiting.values()) reject(new codes.ERR_WORKER_NOT_RUNNING());
      worker.#requests.waiting.clear();
    }
    try {
      if (failure === OUT_OF_MEMORY) worker.emit('error', new codes.ERR_WORKER_OUT_OF_MEMORY('JS heap out of memory'));
      else if (failure === INIT_FAILED) worker.emit('error', new codes.ERR_WORKER_INIT_FAILED('no memory'));
    } finally {
      worker.emit('exit', code);
      worker.#endOutput();
      worker.#inputTaken();
      worker.removeAllListeners();
    }
  }
}
const { online, mail, ended } = Worker;
delete Worker.online;
delete Worker.mail;
delete Worker.ended;
binding.setUp(online, mail, ended);

// Many workers may write to one stream.
function pipeWithoutWarning(source, target) {
  const most = target._maxListeners;
  target._maxListeners = Infinity;
  source.pipe(target);
  target._maxListeners = most;
}

const profiles = () => require('internal/profiles');

// Straight to the descriptor unless the program has its hands on the stream.
function writeThrough(fd, chunk) {
  const process = internalBinding('process');
  if (process.touchedStreams?.[fd]) require('process')[fd === OUT ? 'stdout' : 'stderr'].write(chunk);
  else process.write(fd, chunk);
}

module.exports = { Worker, kWeb };
