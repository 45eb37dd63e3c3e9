// SPDX-License-Identifier: MIT
// One end read in both ways: receiveMessageOnPort takes from the head of the queue that the listener gets the rest of, also from within the
// listener, after a pause, when the end moves on in between, and when the other side closes.
'use strict';
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
const take = (port) => receiveMessageOnPort(port)?.message;
const tick = () => new Promise((resolve) => setImmediate(resolve));

function filled(count, object = (i) => i) {
  const { port1, port2 } = new MessageChannel();
  for (let i = 0; i < count; i++) port1.postMessage(object(i));
  return { port1, port2 };
}

(async () => {
  {
    const { port1, port2 } = filled(5);
    const seen = [take(port2), take(port2)];
    port2.on('message', (m) => seen.push(`heard ${m}`, `took ${take(port2)}`));
    await tick(); await tick();
    console.log('taken, then heard', seen);
    port1.close();
  }
  {
    const { port1, port2 } = filled(6);
    const seen = [take(port2)];
    const { port1: a, port2: b } = new MessageChannel();
    a.postMessage(port2, [port2]);
    port1.postMessage('later');
    const moved = take(b);
    seen.push(take(moved), take(moved));
    moved.on('message', (m) => {
      seen.push(`heard ${m}`);
      if (m === 4) moved.removeAllListeners('message');
    });
    await tick(); await tick();
    seen.push('paused');
    port1.postMessage('more');
    await tick();
    seen.push(take(moved), take(moved), take(moved), take(moved));
    console.log('moved', seen);
    port1.close(); a.close();
  }
  {
    const { port1, port2 } = filled(4);
    const seen = [take(port2)];
    port2.on('close', () => seen.push('closed'));
    port1.close();
    await tick(); await tick();
    seen.push(take(port2));
    port2.on('message', (m) => seen.push(`heard ${m}`));
    await tick(); await tick(); await tick();
    console.log('closed by the other', seen);
  }
  {
    const shapes = (i) => Object.fromEntries(Array.from({ length: i % 7 + 1 }, (_, k) => [`key${i % 50}_${k}`, i % 3 ? i * k : `text ${i}`]));
    let wrong = 0;
    const rounds = process.env.WEFT_PRESET === 'gc-stress' ? 4 : 20; // that preset collects without garbage too
    for (let round = 0; round < rounds; round++) {
      const { port1, port2 } = filled(200, shapes);
      if (round % 4 === 3 && rounds > 4) globalThis.garbage = Array.from({ length: 200000 }, (_, i) => ({ i })); // full collections come in between
      for (let i = 0; i < 200; i++) {
        const got = take(port2);
        if (JSON.stringify(got) !== JSON.stringify(shapes(i)) || Object.getPrototypeOf(got) !== Object.prototype) wrong++;
        got.own = 1;
      }
      if (take(port2) !== undefined) wrong++;
      port1.close();
    }
    console.log('shapes that come back', wrong);
  }
})();
