// SPDX-License-Identifier: MIT
// What the manual of worker_threads promises of ports: taking messages synchronously, order, closing, circular values, shared and moved
// memory, ports sent through ports, what becomes of Buffers and of instances of classes, marks.
'use strict';
const {
  MessageChannel, Worker, isMarkedAsUntransferable, markAsUncloneable, markAsUntransferable, moveMessagePortToContext, receiveMessageOnPort,
} = require('node:worker_threads');
const { once } = require('node:events');
const vm = require('node:vm');

const take = (port) => receiveMessageOnPort(port)?.message;

(async () => {
  {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage({ first: 1 });
    port1.postMessage('second');
    console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2), receiveMessageOnPort(port2));
    const log = [];
    port2.on('message', (message) => log.push(message));
    port2.on('close', () => log.push('port2 closed'));
    port1.on('close', () => log.push('port1 closed'));
    port1.postMessage('before the end');
    port1.close();
    await once(port2, 'close');
    await new Promise(setImmediate);
    console.log(log[0], log.slice(1).sort());
  }
  {
    const { port1, port2 } = new MessageChannel();
    const circle = { name: 'circle' };
    circle.self = circle;
    circle.list = [circle, new Set([circle])];
    port1.postMessage(circle);
    const copy = take(port2);
    console.log(copy !== circle, copy.self === copy, copy.list[0] === copy, copy.list[1].has(copy));

    const own = new Uint8Array([1, 2, 3, 4]), shared = new Uint8Array(new SharedArrayBuffer(4));
    port1.postMessage([own, shared]);
    const [copied, same] = take(port2);
    copied[0] = 100;
    same[0] = 100;
    console.log(own, shared);
    port1.postMessage(own, [own.buffer]);
    console.log(own.length, own.buffer.detached, take(port2));
    const twice = new ArrayBuffer(8);
    port1.postMessage({ a: new Uint8Array(twice, 0, 2), b: new Uint8Array(twice, 2, 2) }, { transfer: [twice] });
    const views = take(port2);
    console.log(views.a.buffer === views.b.buffer, views.a.buffer.byteLength, twice.byteLength);

    const inner = new MessageChannel();
    inner.port1.postMessage('waits inside');
    port1.postMessage({ port: inner.port2 }, [inner.port2]);
    const { port } = take(port2);
    console.log(take(port));
    port.postMessage('back');
    console.log(take(inner.port1));
    for (const bad of [() => port1.postMessage(inner.port1), () => port1.postMessage(port1, [port1]), () => port1.postMessage(() => 1), () => port1.postMessage(1, [twice, twice])]) {
      try {
        bad();
        console.log('posted');
      } catch (error) {
        console.log(error.name, error.code, error.message);
      }
    }

    inner.port1.close();

    class Account {
      #secret = 1;
      constructor() { this.open = 2; }
      get sum() { return this.#secret + this.open; }
    }
    Object.prototype.inherited = 'not sent';
    port1.postMessage([new Account(), Buffer.from('bytes'), Object.assign(() => {}, {}) && 1, new URLSearchParams('a=b').toString()]);
    delete Object.prototype.inherited;
    const [account, buffer] = take(port2);
    console.log(account, account instanceof Account, account.sum, buffer instanceof Buffer, buffer.constructor.name, String.fromCharCode(...buffer));

    const kept = new ArrayBuffer(4);
    markAsUntransferable(kept);
    try {
      port1.postMessage(kept, [kept]);
    } catch (error) {
      console.log(error.name, kept.byteLength, isMarkedAsUntransferable(kept), isMarkedAsUntransferable(new ArrayBuffer(4)));
    }
    const lonely = { a: 1 };
    markAsUncloneable(lonely);
    try {
      port1.postMessage(lonely);
    } catch (error) {
      console.log(error.name);
    }
    port1.close();
  }
  {
    const { port1, port2 } = new MessageChannel();
    const context = vm.createContext({ console });
    const moved = moveMessagePortToContext(port2, context);
    vm.runInContext('(port) => { port.onmessage = ({ data }) => { console.log(data, data instanceof Object); port.close(); }; }', context)(moved);
    port1.postMessage({ into: 'a context' });
    await once(port1, 'close');
  }
  {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(`
      const { parentPort } = require('worker_threads');
      parentPort.once('message', ({ port }) => {
        port.on('message', (n) => { port.postMessage(n * 2); if (n === 3) port.close(); });
      });`, { eval: true });
    worker.postMessage({ port: port1 }, [port1]);
    const got = [];
    port2.on('message', (n) => got.push(n));
    for (const n of [1, 2, 3]) port2.postMessage(n);
    console.log(await Promise.all([once(port2, 'close'), once(worker, 'exit')]), got);
  }
  {
    const { port1, port2 } = new MessageChannel();
    console.log(port1.hasRef(), port1.on('message', () => {}).hasRef(), (port1.unref(), port1.hasRef()), (port1.ref(), port1.hasRef()));
    port2.close();
  }
})();
