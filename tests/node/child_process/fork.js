// SPDX-License-Identifier: MIT
// fork: messages both ways in both serializations, options, references, disconnecting from either side, errors.
'use strict';
const { fork, spawn } = require('child_process');
const { once } = require('events');
const path = require('path');

const print = (...all) => console.log(...all);
const echo = path.join(__dirname, 'fixtures', 'echo.js');
const quiet = path.join(__dirname, 'fixtures', 'quiet.js');
const thrown = (label, f) => {
  try {
    print(label, f());
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};
const trace = (child) => {
  const events = [];
  for (const name of ['exit', 'close', 'disconnect', 'error']) child.on(name, (...all) => events.push([name, ...all.map((v) => (v instanceof Error ? `${v.code} ${v.message}` : v))].join(' ')));
  return events;
};

(async () => {
  for (const serialization of ['json', 'advanced']) {
    print('--', serialization);
    const child = fork(echo, ['one', 'two'], { serialization, env: { ...process.env, FORKED: 'yes' }, execArgv: ['--no-warnings'] });
    const events = trace(child);
    print(child.connected, typeof child.channel, child.stdin, child.stdout, child.stdio.length);
    child.send('facts');
    print((await once(child, 'message'))[0]);
    const values = [1, 'text \u{1f600}\n', true, null, [1, , 3], { a: { b: [] } }, new Date(0), 'x'.repeat(200000)];
    if (serialization === 'advanced') values.push(new Map([[1, new Set([2n])]]), new Uint8Array([1, 2]), Buffer.from('buffer'), /r/g, { u: undefined }, new RangeError('sent'), -0, NaN);
    for (const value of values) {
      child.send(value);
      const [{ echo: back }] = await once(child, 'message');
      print(typeof back === 'string' && back.length > 100 ? back === value : back instanceof Error ? [back.name, back.message] : back);
    }
    const order = [];
    child.on('message', (m) => order.push(m.echo));
    for (let i = 0; i < 500; i++) child.send(i);
    while (order.length < 500) await once(child, 'message');
    print('in order', order.every((v, i) => v === i));
    thrown('nothing', () => child.send());
    thrown('function', () => child.send(() => 1));
    thrown('symbol', () => child.send(Symbol('s')));
    thrown('handle', () => child.send('x', { not: 'a handle' }));
    thrown('options', () => child.send('x', undefined, 5));
    print('callback', await new Promise((resolve) => { child.send('called', resolve); }));
    child.send('stop');
    await once(child, 'close');
    print(events, child.connected, child.channel);
    child.send('late', (error) => print('late', error.code, error.message));
    child.once('error', (error) => print('event', error.code));
    print(child.send('later'));
    await new Promise(setImmediate);
    child.once('error', (error) => print('again', error.code, error.message));
    child.disconnect();
  }
  {
    const child = fork(quiet);
    const got = [];
    child.on('message', (m) => {
      got.push(m);
      if (got.length === 2) child.send('early');
    });
    print(await once(child, 'close'), got);
  }
  {
    const child = fork(echo, { silent: true });
    const events = trace(child);
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    await once(child, 'spawn');
    child.send('x');
    await once(child, 'message');
    child.disconnect();
    print(child.connected);
    await Promise.all([once(child, 'exit'), once(child.stdout, 'close')]);
    print(events, JSON.stringify(out));
  }
  {
    const child = fork(echo, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const events = trace(child);
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    child.send('throw');
    await once(child, 'close');
    print(events, /Error: thrown/.test(err));
    const exits = fork(echo);
    const told = trace(exits);
    exits.send('exit');
    await once(exits, 'close');
    print(told);
    const killed = fork(echo);
    const last = trace(killed);
    await once(killed, 'spawn');
    killed.kill();
    await once(killed, 'close');
    print(last, killed.killed);
  }
  {
    const child = spawn(process.execPath, [echo], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.send({ by: 'spawn' });
    print((await once(child, 'message'))[0]);
    child.unref();
    child.channel.unref();
    child.disconnect();
    await once(child, 'exit');
    const missing = fork(echo, { execPath: '/no/such/node' });
    const events = trace(missing);
    await new Promise((resolve) => { missing.on('close', resolve); });
    print(events);
  }
  thrown('path', () => fork());
  thrown('args', () => fork(echo, 'x'));
  thrown('options', () => fork(echo, [], 5));
  thrown('stdio', () => fork(echo, { stdio: ['pipe', 'pipe', 'pipe'] }));
  thrown('serialization', () => fork(echo, { serialization: 'xml' }));
  print(process.send, process.connected, process.channel);
})();
