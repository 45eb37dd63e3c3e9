// Ports: what they are, sending, order, both kinds of listeners, closing. Output as of Node 26.
'use strict';
const { MessageChannel, MessagePort, MessageEvent: ME, receiveMessageOnPort } = { ...require('worker_threads'), MessageEvent };
const say = (...a) => console.log(...a);
const attempt = (label, f) => {
  try {
    say(label, f());
  } catch (e) {
    say(label, e.name, e.code, e.message);
  }
};

say(globalThis.MessageChannel === MessageChannel, globalThis.MessagePort === MessagePort);
attempt('new', () => new MessagePort());
attempt('call', () => MessagePort());
attempt('channel call', () => MessageChannel());
say(MessagePort.name, MessagePort.length, MessageChannel.name, MessageChannel.length);
const NodeEventTarget = Object.getPrototypeOf(MessagePort.prototype);
say(NodeEventTarget.constructor.name, Object.getPrototypeOf(NodeEventTarget) === EventTarget.prototype);
say(Object.getOwnPropertyNames(NodeEventTarget).sort().join());
say(Object.keys(MessagePort.prototype).sort().join());

const { port1, port2 } = new MessageChannel();
say(String(port1), port1 instanceof EventTarget, port1.hasRef(), port1.constructor === MessagePort);
for (const list of [1, 'x', true, Symbol('a'), () => 1, 5n, { transfer: 1 }, { transfer: null }, { transfer: undefined }, {}, null, undefined, [],
  new Map(), [1], [{}], [port1], [new ArrayBuffer(1), 'a']]) {
  attempt(`list ${typeof list}`, () => port1.postMessage('m', list));
}
attempt('none', () => port1.postMessage());
attempt('this', () => port1.postMessage.call({}, 1));
attempt('uncloneable', () => port1.postMessage(() => 1));

// Nothing was delivered so far: it waits.
let count = 0;
while (receiveMessageOnPort(port2) !== undefined) count++;
say('waiting', count, receiveMessageOnPort(port2));
attempt('not a port', () => receiveMessageOnPort({}));
attempt('not a port', () => receiveMessageOnPort());
port1.postMessage({ a: [1, 'x'] });
port1.postMessage(undefined);
say(receiveMessageOnPort(port2), receiveMessageOnPort(port2));

const order = [];
const log = (...a) => order.push(a.map(String).join(' '));
port2.on('message', (v) => {
  log('on', v);
  process.nextTick(() => log('tick', v));
  Promise.resolve().then(() => log('micro', v));
});
port2.addEventListener('message', (e) => log('event', e.data, e.type, e.ports.length, e.isTrusted, e.origin === '', e.lastEventId === '', e.source,
  e.target === port2, e instanceof ME));
port2.onmessage = (e) => log('onmessage', e.data);
say(port2.hasRef(), port2.listenerCount('message'), port2.eventNames().join(), typeof port2.onmessage, port2.onmessageerror);
port2.once('message', (v) => log('once', v));
port1.postMessage(1);
port1.postMessage(2);
port1.on('close', () => log('close 1'));
port2.on('close', function(e) {
  log('close 2', this === port2, e.type);
});
setTimeout(() => {
  for (const line of order.splice(0)) say(line);
  port2.removeAllListeners('message');
  say(port2.hasRef(), port2.listenerCount('message'));
  say(port1.close((e) => log('callback', e.type)));
  setTimeout(() => {
    for (const line of order.splice(0)) say(line);
    say(port1.postMessage(5), port1.ref(), port1.hasRef(), port1.close(), port2.postMessage(5), receiveMessageOnPort(port1));
    last();
  }, 20);
}, 20);

function last() {
  // A listener that throws, one that rejects.
  const { port1: a, port2: b } = new MessageChannel();
  const errors = [];
  process.on('uncaughtException', (e, origin) => {
    errors.push(`${e} ${origin}`);
    if (errors.length < 2) return;
    say(errors.join(', '));
    a.close();
  });
  b.on('message', (v) => {
    if (v === 1) throw new Error('thrown');
    return Promise.reject(new Error('rejected'));
  });
  a.postMessage(1);
  a.postMessage(2);
}
