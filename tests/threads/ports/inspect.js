// How ports, channels and events print. Output as of Node 26.
'use strict';
const { MessageChannel, BroadcastChannel } = require('worker_threads');
const channel = new MessageChannel();
console.log(channel.port1);
channel.port2.on('message', () => {});
channel.port2.onclose = 1;
console.log(channel.port2);
console.log(channel);
console.log([[[channel.port1]]]);
channel.port1.close();
const b = new BroadcastChannel('x');
console.log(b, [[[b]]]);
b.close();
console.log(b);
const e = new MessageEvent('m', { data: 1 });
console.log(Object.keys(e), String(e), e.data, e.origin, e.lastEventId, e.source, e.ports, e.cancelable);
for (const init of [{ source: 1 }, { ports: 1 }, { ports: [1] }, { origin: 5 }, 1, 'x', null]) {
  try {
    console.log(new MessageEvent('x', init).origin);
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
setTimeout(() => console.log(channel.port1), 20);
