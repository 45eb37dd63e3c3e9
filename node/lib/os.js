// SPDX-License-Identifier: MIT
// Facts about the system.
'use strict';

const binding = internalBinding('os');

const constants = {
  __proto__: null,
  UV_UDP_REUSEADDR: 4,
  dlopen: binding.dlopen,
  errno: binding.errno,
  signals: Object.freeze(binding.signals),
  priority: binding.priorities,
};

function cpus() {
  const data = binding.cpus();
  const out = [];
  for (let i = 0; i < data.length; i += 7) {
    out.push({
      model: data[i],
      speed: data[i + 1],
      times: { user: data[i + 2], nice: data[i + 3], sys: data[i + 4], idle: data[i + 5], irq: data[i + 6] },
    });
  }
  return out;
}

function maskBits(mask) {
  if (mask.includes(':')) {
    let bits = 0;
    for (const part of mask.split(':')) if (part) bits += parseInt(part, 16).toString(2).replaceAll('0', '').length;
    return bits;
  }
  return mask.split('.').reduce((n, part) => n + (+part).toString(2).replaceAll('0', '').length, 0);
}

function networkInterfaces() {
  const data = binding.interfaces();
  const out = {};
  for (let i = 0; i < data.length; i += 7) {
    const entry = {
      address: data[i + 1], netmask: data[i + 2], family: data[i + 3], mac: data[i + 4], internal: data[i + 5],
      cidr: `${data[i + 1]}/${maskBits(data[i + 2])}`,
    };
    if (data[i + 6] !== -1) entry.scopeid = data[i + 6];
    (out[data[i]] ??= []).push(entry);
  }
  return out;
}

function userInfo(options) {
  const data = binding.user();
  const wrap = options && options.encoding === 'buffer' ? (s) => require('buffer').Buffer.from(s) : (s) => s;
  return { uid: data[0], gid: data[1], username: wrap(data[2]), homedir: wrap(data[3]), shell: data[4] === null ? null : wrap(data[4]) };
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  require('internal/validators').validateInt32(pid, 'pid');
  return binding.priority(pid);
}

function setPriority(pid, priority) {
  const { validateInt32 } = require('internal/validators');
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  binding.priority(pid, priority);
}

function tmpdir() {
  let path = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
  if (path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
  return path;
}

const arch = () => process.arch;
const platform = () => process.platform;
const endianness = () => (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE');
const hostname = () => binding.hostname();
const type = () => binding.uname()[0];
const version = () => binding.uname()[1];
const release = () => binding.uname()[2];
const machine = () => binding.uname()[3];

const availableParallelism = () => binding.availableParallelism();
const freemem = () => binding.freemem();
const homedir = () => binding.homedir();
const totalmem = () => binding.totalmem();
const uptime = () => binding.uptime();
// In strings too, as in `${os.EOL}` and os.type + ''.
for (const f of [arch, availableParallelism, endianness, freemem, homedir, hostname, machine, platform, release, tmpdir, totalmem, type, uptime, version]) {
  f[Symbol.toPrimitive] = () => f();
}

module.exports = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg: () => binding.loadavg(),
  networkInterfaces,
  platform,
  release,
  setPriority,
  tmpdir,
  totalmem,
  type,
  userInfo,
  uptime,
  version,
  machine,
};
Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  EOL: { configurable: true, enumerable: true, writable: false, value: '\n' },
  devNull: { configurable: true, enumerable: true, writable: false, value: '/dev/null' },
});
