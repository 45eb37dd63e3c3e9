// Moving buffers and ports; ports keep their messages and their order over any number of hops. Output as of Node 26.
'use strict';
const { MessageChannel, MessagePort, receiveMessageOnPort, markAsUntransferable, isMarkedAsUntransferable, markAsUncloneable } = require('worker_threads');
const say = (...a) => console.log(...a);
const attempt = (label, f) => {
  try {
    say(label, f());
  } catch (e) {
    say(label, e.name, e.code, e.message);
  }
};
const { port1, port2 } = new MessageChannel();

const buffer = new ArrayBuffer(8);
new Uint8Array(buffer)[3] = 7;
port1.postMessage(buffer, [buffer]);
say(buffer.byteLength, new Uint8Array(receiveMessageOnPort(port2).message).join());
attempt('detached', () => port1.postMessage(buffer, [buffer]));
attempt('twice', () => {
  const b = new ArrayBuffer(1);
  port1.postMessage(b, [b, b]);
});
attempt('list of options', () => {
  const b = new ArrayBuffer(4);
  port1.postMessage(1, { transfer: [b] });
  receiveMessageOnPort(port2);
  return b.byteLength;
});

// A port with what waits in it, over two hops.
const inner = new MessageChannel();
inner.port1.postMessage('first');
inner.port1.postMessage('second');
attempt('not listed', () => port1.postMessage({ p: inner.port2 }));
port1.postMessage({ p: inner.port2 }, [inner.port2]);
inner.port1.postMessage('third');
const { message: { p } } = receiveMessageOnPort(port2);
say(p instanceof MessagePort, p !== inner.port2);
port2.postMessage([p, 'x'], [p]);
const moved = receiveMessageOnPort(port1).message[0];
inner.port1.postMessage('fourth');
for (let m; (m = receiveMessageOnPort(moved)) !== undefined;) say(m.message);
moved.postMessage('back');
say(receiveMessageOnPort(inner.port1));
attempt('moved already', () => port1.postMessage(p, [p]));
attempt('over itself', () => port1.postMessage(port1, [port1]));

// Events name the ports of the list.
port2.onmessage = (e) => {
  say(e.ports.length, e.ports[0] === e.data.q, e.data.n);
  port2.onmessage = null;
  marks();
};
const other = new MessageChannel();
port1.postMessage({ q: other.port1, n: 1 }, [other.port1]);

function marks() {
  const b = new ArrayBuffer(2);
  say(isMarkedAsUntransferable(b), isMarkedAsUntransferable(1), markAsUntransferable(1));
  markAsUntransferable(b);
  say(isMarkedAsUntransferable(b));
  attempt('marked', () => port1.postMessage(b, [b]));
  port1.postMessage(b);
  say(receiveMessageOnPort(port2).message.byteLength, b.byteLength);
  const o = { a: 1 };
  markAsUncloneable(o);
  attempt('uncloneable', () => port1.postMessage(o));
  const c = new ArrayBuffer(3);
  markAsUncloneable(c);
  attempt('uncloneable buffer', () => structuredClone(c).byteLength);

  // A port over its own channel is lost.
  const { port1: x, port2: y } = new MessageChannel();
  process.on('warning', (w) => say(w.name, w.message));
  x.on('close', () => {
    say('lost');
    port1.close();
  });
  x.postMessage(y, [y]);
}
