// SPDX-License-Identifier: MIT
// process.report: what the process is, has and uses, as one object or a JSON file, in Node's form. Native stacks are not told.
// Tests: tests/node/process/report.js.
'use strict';

const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { codes } = require('internal/errors');

const settings = {
  directory: '', filename: '', compact: false, excludeNetwork: false, signal: 'SIGUSR2', reportOnFatalError: false, reportOnSignal: false,
  reportOnUncaughtException: false, excludeEnv: false,
};

// ---- Parts ----

function textOfFile(path) {
  try {
    return require('fs').readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

// /proc/self/limits by Node's names.
function userLimits() {
  const names = {
    core_file_size_blocks: 'Max core file size', data_seg_size_bytes: 'Max data size', file_size_blocks: 'Max file size',
    max_locked_memory_bytes: 'Max locked memory', max_memory_size_bytes: 'Max resident set', open_files: 'Max open files',
    stack_size_bytes: 'Max stack size', cpu_time_seconds: 'Max cpu time', max_user_processes: 'Max processes',
    virtual_memory_bytes: 'Max address space',
  };
  const text = textOfFile('/proc/self/limits'), limits = {};
  const number = (word) => (word === 'unlimited' ? word : Number(word));
  for (const [name, label] of Object.entries(names)) {
    const found = new RegExp(`^${label} +(\\S+) +(\\S+)`, 'm').exec(text);
    if (found !== null) limits[name] = { soft: number(found[1]), hard: number(found[2]) };
  }
  return limits;
}

function sharedObjects() {
  const paths = textOfFile('/proc/self/maps').matchAll(/ (\/\S*\.so(?:\.\S*)?)$/gm);
  return [...new Set(Array.from(paths, (match) => match[1]))];
}

function networkInterfaces() {
  const list = [];
  for (const [name, entries] of Object.entries(require('os').networkInterfaces())) {
    for (const { internal, mac, address, netmask, family } of entries) list.push({ name, internal, mac, address, netmask, family });
  }
  return list;
}

function header(trigger, event, filename, now) {
  const os = require('os');
  const { glibcVersion } = internalBinding('os').libraries();
  return {
    reportVersion: 5, event, trigger, filename,
    dumpEventTime: `${now.toISOString().slice(0, 19)}Z`,
    dumpEventTimeStamp: `${now.getTime()}`,
    processId: process.pid,
    threadId: require('worker_threads').threadId,
    cwd: process.cwd(),
    commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    nodejsVersion: process.version,
    ...(glibcVersion === undefined ? {} : { glibcVersionRuntime: glibcVersion }),
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: os.type(), osRelease: os.release(), osVersion: os.version(), osMachine: os.machine(),
    cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
    ...(settings.excludeNetwork ? {} : { networkInterfaces: networkInterfaces() }),
    host: os.hostname(),
  };
}

function stackOf(error) {
  const { stack, message, ...errorProperties } = error;
  const lines = `${error.stack}`.split('\n');
  const first = lines.findIndex((line) => line.startsWith('    at '));
  return {
    message: (first < 0 ? lines : lines.slice(0, first)).join('\n'),
    stack: first < 0 ? ['Unavailable.'] : lines.slice(first).map((line) => line.trim()),
    errorProperties: Object.fromEntries(Object.entries(errorProperties).map(([key, value]) => [key, `${value}`])),
  };
}

function heapFacts() {
  const v8 = require('v8');
  const h = v8.getHeapStatistics(), heapSpaces = {};
  for (const space of v8.getHeapSpaceStatistics()) {
    heapSpaces[space.space_name] = {
      memorySize: space.space_size, committedMemory: space.physical_space_size, capacity: space.space_used_size + space.space_available_size,
      used: space.space_used_size, available: space.space_available_size,
    };
  }
  return {
    totalMemory: h.total_heap_size, executableMemory: h.total_heap_size_executable, totalCommittedMemory: h.total_physical_size,
    availableMemory: h.total_available_size, totalGlobalHandlesMemory: h.total_global_handles_size,
    usedGlobalHandlesMemory: h.used_global_handles_size, usedMemory: h.used_heap_size, memoryLimit: h.heap_size_limit,
    mallocedMemory: h.malloced_memory, externalMemory: h.external_memory, peakMallocedMemory: h.peak_malloced_memory,
    nativeContextCount: h.number_of_native_contexts, detachedContextCount: h.number_of_detached_contexts, doesZapGarbage: h.does_zap_garbage,
    heapSpaces,
  };
}

function processorTime(user, system) {
  const percent = (seconds) => (100 * seconds) / process.uptime();
  return {
    userCpuSeconds: user, kernelCpuSeconds: system, cpuConsumptionPercent: percent(user + system), userCpuConsumptionPercent: percent(user),
    kernelCpuConsumptionPercent: percent(system),
  };
}

function resourceUsage() {
  const os = require('os'), usage = process.resourceUsage();
  return {
    free_memory: os.freemem(), total_memory: os.totalmem(), rss: process.memoryUsage.rss(), constrained_memory: process.constrainedMemory(),
    available_memory: process.availableMemory(),
    ...processorTime(usage.userCPUTime / 1e6, usage.systemCPUTime / 1e6),
    maxRss: usage.maxRSS * 1024,
    pageFaults: { IORequired: usage.majorPageFault, IONotRequired: usage.minorPageFault },
    fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
  };
}

function makeReport(error, trigger, event, filename, now) {
  const { user, system } = process.threadCpuUsage();
  return {
    header: header(trigger, event, filename, now),
    javascriptStack: stackOf(error),
    javascriptHeap: heapFacts(),
    nativeStack: [],
    resourceUsage: resourceUsage(),
    uvthreadResourceUsage: processorTime(user / 1e6, system / 1e6),
    libuv: process.getActiveResourcesInfo().map((type) => ({ type, is_active: true })),
    workers: [],
    ...(settings.excludeEnv ? {} : { environmentVariables: { ...process.env } }),
    userLimits: userLimits(),
    sharedObjects: sharedObjects(),
  };
}

// ---- process.report ----

function callHere(f) {
  const error = new Error('JavaScript Callstack');
  Object.defineProperty(error, 'name', { value: 'Error [ERR_SYNTHETIC]', configurable: true });
  error.code = 'ERR_SYNTHETIC';
  Error.captureStackTrace(error, f);
  return error;
}

let written = 0;

function fileName(now) {
  const two = (n) => `${n}`.padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `report.${day}.${time}.${process.pid}.${require('worker_threads').threadId}.${`${++written}`.padStart(3, '0')}.json`;
}

// The file's name, or '' when it cannot be written.
function write(given, error, trigger, event) {
  const fs = require('fs'), path = require('path');
  const now = new Date(), name = given || settings.filename || fileName(now);
  const whole = settings.directory === '' ? name : path.join(settings.directory, name);
  const text = JSON.stringify(makeReport(error, trigger, event, name, now), null, settings.compact ? undefined : 2);
  let fd;
  try {
    fd = fs.openSync(whole, 'w');
  } catch (failure) {
    process._rawDebug(`\nFailed to open Node.js report file: ${name}${settings.directory && ` directory: ${settings.directory}`} (errno: ${-failure.errno})`);
    return '';
  }
  process._rawDebug(`\nWriting Node.js report to file: ${name}`);
  try {
    fs.writeFileSync(fd, `${text}\n`);
  } finally {
    fs.closeSync(fd);
  }
  process._rawDebug('Node.js report completed');
  return name;
}

const report = {
  writeReport(file, err) {
    if (typeof file === 'object' && file !== null) {
      err = file;
      file = undefined;
    } else if (file !== undefined) {
      validateString(file, 'file');
    }
    if (err !== undefined && (typeof err !== 'object' || err === null)) throw new codes.ERR_INVALID_ARG_TYPE('err', 'Object', err);
    return write(file, err ?? callHere(report.writeReport), 'API', 'JavaScript API');
  },
  getReport(err) {
    if (err !== undefined) validateObject(err, 'err');
    return makeReport(err ?? callHere(report.getReport), 'GetReport', 'JavaScript API', null, new Date());
  },
};

function onSignal() {
  write(undefined, callHere(onSignal), 'Signal', settings.signal);
}

for (const name of Object.keys(settings)) {
  const validate = typeof settings[name] === 'boolean' ? validateBoolean : validateString;
  Object.defineProperty(report, name, {
    configurable: true,
    enumerable: true,
    get: () => settings[name],
    set(value) {
      validate(value, name.startsWith('reportOn') ? 'trigger' : name);
      if (settings.reportOnSignal) process.removeListener(settings.signal, onSignal);
      settings[name] = value;
      if (settings.reportOnSignal) process.on(settings.signal, onSignal);
    },
  });
}

function uncaught(error) {
  if (!settings.reportOnUncaughtException) return;
  write(undefined, typeof error === 'object' && error !== null ? error : callHere(uncaught), 'Exception', `${error?.message ?? error}`);
}

module.exports = { report, uncaught };
