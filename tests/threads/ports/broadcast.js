// BroadcastChannel within and across threads. Output as of Node 26.
'use strict';
const { Worker, BroadcastChannel, receiveMessageOnPort } = require('worker_threads');
const say = (...a) => console.log(...a);
const attempt = (label, f) => {
  try {
    say(label, f());
  } catch (e) {
    say(label, e.name, e.code, e.message);
  }
};
attempt('no name', () => new BroadcastChannel());
say(new BroadcastChannel(5).unref().name, globalThis.BroadcastChannel === BroadcastChannel, BroadcastChannel.length);
const a = new BroadcastChannel('c'), b = new BroadcastChannel('c'), c = new BroadcastChannel('c'), d = new BroadcastChannel('other');
d.onmessage = () => say('wrong');
attempt('nothing', () => a.postMessage());
attempt('transfer', () => a.postMessage(() => 1));
attempt('this', () => BroadcastChannel.prototype.close.call({}));
say(a.ref() === a, a.unref() === a, a.ref() === a, String(a), a.onmessage);
a.onmessage = () => say('to itself');
a.postMessage({ x: 1 });
say(receiveMessageOnPort(c), receiveMessageOnPort(c));
c.close();
c.close();
attempt('closed', () => c.postMessage(1));
b.onmessage = (e) => {
  say(e.constructor.name, e.data, e.target === b);
  b.onmessage = null;
  a.onmessage = null;
  across();
};

function across() {
  const names = [];
  const source = `const { BroadcastChannel, workerData } = require('worker_threads');
    const c = new BroadcastChannel('c');
    c.onmessage = ({ data }) => { if (data === "end") c.close(); else if (data === "hello") c.postMessage(workerData + ":" + data); };
    const r = new BroadcastChannel('ready'); r.postMessage(workerData); r.close();`;
  const ready = new BroadcastChannel('ready');
  let waiting = 2;
  ready.onmessage = () => {
    if (--waiting > 0) return;
    ready.close();
    a.onmessage = ({ data }) => {
      names.push(data);
      if (names.length < 2) return;
      // Each worker also hears the other's answer; the first two are the answers to us.
      say(names.filter((n) => n === 'w0:hello' || n === 'w1:hello').length > 0);
      a.postMessage('end');
      a.close();
      b.close();
      d.close();
    };
    a.postMessage('hello');
  };
  let ended = 0;
  for (const i of [0, 1]) {
    new Worker(source, { eval: true, workerData: `w${i}` }).on('exit', (code) => {
      if (++ended === 2) say('ended', code);
    });
  }
}
