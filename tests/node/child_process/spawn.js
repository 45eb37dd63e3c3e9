// SPDX-License-Identifier: MIT
// spawn: streams, exit codes, signals, events in order, errors, options.
'use strict';
const { spawn, ChildProcess } = require('child_process');
const { once } = require('events');
const path = require('path');

const print = (...all) => console.log(...all);
const collect = async (stream) => {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += chunk;
  return text;
};
function trace(child, events) {
  for (const name of ['spawn', 'exit', 'close', 'error', 'disconnect']) child.on(name, (...all) => events.push([name, ...all.map((v) => (v instanceof Error ? `${v.name} ${v.code} ${v.message}` : v))].join(' ')));
  return events;
}
const thrown = (label, f) => {
  try {
    f();
    print(label, 'did not throw');
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};

(async () => {
  {
    const child = spawn('sh', ['-c', 'echo out; echo err >&2; exit 7']);
    const events = trace(child, []);
    print(child instanceof ChildProcess, typeof child.pid, child.spawnfile, child.spawnargs, child.connected, child.exitCode, child.signalCode, child.killed);
    print(child.stdin.writable, child.stdin.readable, child.stdout.readable, child.stdout.writable, child.stdio.length, child.stdio[1] === child.stdout);
    const [out, err] = await Promise.all([collect(child.stdout), collect(child.stderr), once(child, 'close')]);
    print(JSON.stringify(out), JSON.stringify(err), events, child.exitCode, child.signalCode);
  }
  {
    const child = spawn('cat');
    const done = collect(child.stdout);
    child.stdin.write('one\n');
    child.stdin.write(Buffer.from('two\n'));
    child.stdin.write('dHdv', 'base64');
    child.stdin.end('end');
    print(...await Promise.all([done.then(JSON.stringify), once(child, 'close')]));
  }
  {
    const big = 'x'.repeat(3000000);
    const child = spawn('cat');
    const done = collect(child.stdout);
    const flushed = child.stdin.write(big);
    child.stdin.end();
    const [out] = await Promise.all([done, once(child, 'close')]);
    print('big', flushed, out.length, out === big);
  }
  for (const signal of [undefined, 'SIGKILL', 'sigint', 15]) {
    const child = spawn('sleep', ['60']);
    const events = trace(child, []);
    await once(child, 'spawn');
    print('kill', child.kill(0), child.kill(signal), child.killed);
    await once(child, 'close');
    print(events, child.signalCode, child.exitCode, child.kill());
  }
  {
    const child = spawn('/no/such/program', ['a', 'b']);
    const events = trace(child, []);
    const [error] = await once(child, 'error');
    print(error.errno, error.code, error.syscall, error.path, error.spawnargs, child.pid, child.exitCode);
    await once(child, 'close');
    print(events);
  }
  {
    const child = spawn('sh', ['-c', 'echo "$A-$B-$C"; pwd'], { env: { A: 1, B: undefined, C: 'c', PATH: process.env.PATH }, cwd: '/tmp' });
    print(JSON.stringify(await collect(child.stdout)));
  }
  {
    const child = spawn('sh', ['-c', 'echo $0'], { argv0: 'renamed' });
    print(JSON.stringify(await collect(child.stdout)));
    const shell = spawn('echo "a  b" | tr a-z A-Z', { shell: true });
    print(JSON.stringify(await collect(shell.stdout)), shell.spawnargs);
  }
  {
    const child = spawn('sh', ['-c', 'echo 1; echo 2 >&2; echo 3 >&3'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    print(child.stdin, child.stderr, child.stdio.map((s) => s && s.constructor.name), child.stdio[3].writable, child.stdio[3].readable);
    print(await Promise.all([collect(child.stdout), collect(child.stdio[3])]));
    const inherited = spawn('sh', ['-c', 'echo inherited'], { stdio: 'inherit' });
    print(await once(inherited, 'close'));
    const chained = spawn('sh', ['-c', 'echo to descriptor'], { stdio: ['ignore', 1, 2] });
    print(await once(chained, 'close'), chained.stdout);
  }
  {
    const controller = new AbortController();
    const child = spawn('sleep', ['60'], { signal: controller.signal });
    const events = trace(child, []);
    setTimeout(() => controller.abort(new Error('why')), 5);
    const [error] = await once(child, 'error');
    print(error.name, error.code, error.cause.message);
    await once(child, 'close');
    print(events);
    const early = spawn('sleep', ['60'], { signal: AbortSignal.abort('early') });
    const [second] = await once(early, 'error');
    print(second.name, second.cause);
    await once(early, 'close');
    const slow = spawn('sleep', ['60'], { timeout: 10, killSignal: 'SIGKILL' });
    print(await once(slow, 'exit'));
  }
  {
    using child = spawn('sleep', ['60']);
    child.on('exit', (code, signal) => print('disposed', code, signal));
  }
  thrown('no file', () => spawn());
  thrown('empty', () => spawn(''));
  thrown('null byte', () => spawn('a\0b'));
  thrown('null byte in args', () => spawn('a', ['b\0']));
  thrown('args', () => spawn('a', 5));
  thrown('options', () => spawn('a', [], null));
  thrown('cwd', () => spawn('a', { cwd: 5 }));
  thrown('detached', () => spawn('a', { detached: 1 }));
  thrown('uid', () => spawn('a', { uid: 'x' }));
  thrown('shell', () => spawn('a', { shell: 5 }));
  thrown('argv0', () => spawn('a', { argv0: 5 }));
  thrown('timeout', () => spawn('a', { timeout: -1 }));
  thrown('killSignal', () => spawn('a', { killSignal: 'SIGNONE' }));
  thrown('signal', () => spawn('a', { signal: 5 }));
  thrown('stdio', () => spawn('a', { stdio: 'none' }));
  thrown('stdio list', () => spawn('a', { stdio: ['x'] }));
  thrown('stdio object', () => spawn('a', { stdio: 5 }));
  thrown('serialization', () => spawn('a', { serialization: 'x' }));
  thrown('two channels', () => spawn('a', { stdio: ['ipc', 'ipc'] }));
  thrown('env', () => spawn('a', { env: { A: 'x\0' } }));
  thrown('kill', () => { const c = spawn('true'); c.kill('SIGNONE'); });
  print(Object.keys(require('child_process')), path.basename(process.execPath).length > 0);
})();
