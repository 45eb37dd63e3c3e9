// SPDX-License-Identifier: MIT
// process.getActiveResourcesInfo: what keeps the loop alive, by Node's names. Compared with Node.
'use strict';
const { MessageChannel } = require('worker_threads');
const fs = require('fs');
const show = (what) => console.log(what, process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY)Wrap$/.test(name)).sort().join());
show('start');
const timer = setTimeout(() => {}, 1000), interval = setInterval(() => {}, 1000), immediate = setImmediate(() => {});
setTimeout(() => {}, 1000).unref();
show('timers');
clearTimeout(timer);
clearInterval(interval);
clearImmediate(immediate);
show('cleared');
const { port1 } = new MessageChannel();
port1.on('message', () => {});
show('listening');
port1.unref();
show('unreferenced');
port1.close();
fs.open(__filename, 'r', (error, fd) => fs.closeSync(fd));
show('opening');
