// SPDX-License-Identifier: MIT
// setuid and its relatives: arguments, and what anybody may do. Compared with Node.
'use strict';
const { Worker, isMainThread } = require('worker_threads');

function attempt(name, ...args) {
  try {
    console.log(name, process[name](...args));
  } catch (e) {
    console.log(name, e.name, e.code, e.message, e.syscall);
  }
}

if (isMainThread) {
  const own = { setuid: process.getuid(), seteuid: process.geteuid(), setgid: process.getgid(), setegid: process.getegid() };
  for (const name of Object.keys(own)) {
    for (const id of [undefined, 'no such credential', -1, 1.5, {}, 2 ** 32]) attempt(name, id);
    attempt(name, own[name]);
  }
  for (const groups of [undefined, ['no such group'], [-1], [{}]]) attempt('setgroups', groups);
  attempt('initgroups');
  attempt('initgroups', 'root');
  attempt('initgroups', 'root', 'no such group');
  console.log(process.getgroups().includes(process.getegid()));
  if (process.geteuid() === 0) {
    const before = process.getgroups();
    process.setgroups([...before, 12345]);
    console.log(process.getgroups().includes(12345));
    process.setgroups(before);
    process.setegid(12345);
    console.log(process.getegid());
    process.setegid(0);
  } else {
    console.log(true);
    console.log(12345);
  }
  new Worker(__filename);
} else {
  for (const name of ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups']) attempt(name, 0);
}
