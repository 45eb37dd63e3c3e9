// SPDX-License-Identifier: MIT
// exec, execFile and the synchronous forms: output, encodings, limits, time limits, errors and their properties.
'use strict';
const { exec, execFile, execFileSync, execSync, spawnSync } = require('child_process');
const { promisify, inspect } = require('util');

const print = (...all) => console.log(...all);
const called = (f, ...args) => new Promise((resolve) => { f(...args, (...results) => resolve(results)); });
const show = (error) => error && { name: error.name, message: error.message, code: error.code, errno: error.errno, killed: error.killed, signal: error.signal, cmd: error.cmd, syscall: error.syscall, path: error.path, spawnargs: error.spawnargs, status: error.status };
const thrown = (label, f) => {
  try {
    print(label, 'gave', f());
  } catch (error) {
    print(label, show(error), error.stdout === undefined ? '' : inspect(String(error.stdout)), error.output === undefined ? '' : inspect(error.output && error.output.map(String)));
  }
};

(async () => {
  const ran = async (label, ...args) => {
    const [error, stdout, stderr] = await called(...args);
    print(label, show(error), stdout, stderr);
  };
  await ran('exec', exec, 'echo out; echo err >&2');
  await ran('exec fails', exec, 'echo out; echo err >&2; exit 3');
  await ran('exec not found', exec, 'no-such-command-here 2>/dev/null');
  await ran('exec buffer', exec, 'echo bytes', { encoding: 'buffer' });
  await ran('exec hex', exec, 'printf abc', { encoding: 'hex' });
  await ran('exec odd encoding', exec, 'printf abc', { encoding: 'nothing' });
  await ran('exec env', exec, 'echo $X', { env: { X: 'y' }, cwd: '/' });
  await ran('exec killed', exec, 'kill -9 $$');
  await ran('exec timeout', exec, 'exec sleep 60', { timeout: 20 });
  await ran('exec timeout signal', exec, 'exec sleep 60', { timeout: 20, killSignal: 'SIGKILL' });
  await ran('exec maxBuffer', exec, 'printf 0123456789; exec sleep 60', { maxBuffer: 4 });
  await ran('exec maxBuffer stderr', exec, 'printf 0123456789 >&2; exec sleep 60', { maxBuffer: 4, encoding: 'buffer' });
  await ran('exec maxBuffer infinite', exec, 'printf 0123456789', { maxBuffer: Infinity });
  await ran('execFile', execFile, 'echo', ['a b', '$HOME']);
  await ran('execFile missing', execFile, '/no/such/program', ['x']);
  await ran('execFile shell', execFile, 'echo "a   b"', { shell: true });
  await ran('execFile abort', execFile, 'sleep', ['60'], { signal: AbortSignal.timeout(10) });
  print(await promisify(exec)('echo promised'));
  const promise = promisify(execFile)('sh', ['-c', 'echo o; exit 2']);
  print(typeof promise.child.pid);
  print(await promise.catch((error) => [show(error), error.stdout, error.stderr]));
  for (const bad of [[5], ['a\0b'], ['a', { timeout: -1 }], ['a', { maxBuffer: -1 }], ['a', { killSignal: {} }]]) thrown(`exec ${inspect(bad)}`, () => exec(...bad));
  thrown('execFile callback', () => execFile('a', [], {}, 5));

  const strip = (result) => ({ ...result, pid: typeof result.pid });
  print(strip(spawnSync('sh', ['-c', 'echo out; echo err >&2; exit 4'])));
  print(strip(spawnSync('sh', ['-c', 'echo text'], { encoding: 'utf8' })));
  print(strip(spawnSync('cat', { input: 'given\n', encoding: 'utf8' })));
  print(strip(spawnSync('cat', { input: Buffer.from('bytes') })));
  print(spawnSync('cat', { input: 'y'.repeat(2000000), encoding: 'latin1', maxBuffer: Infinity }).stdout.length);
  print(strip(spawnSync('sh', ['-c', 'kill -TERM $$'])));
  const shown = ({ error, ...rest }) => [show(error), strip({ ...rest, output: rest.output && rest.output.map((o) => o && o.length), stdout: rest.stdout && rest.stdout.length, stderr: rest.stderr && rest.stderr.length })];
  print(shown(spawnSync('/no/such/program', ['q'])));
  print(shown(spawnSync('sleep', ['60'], { timeout: 20 })));
  print(shown(spawnSync('sleep', ['60'], { timeout: 20, killSignal: 'SIGKILL' })));
  print(shown(spawnSync('sh', ['-c', 'printf 0123456789; exec sleep 60'], { maxBuffer: 4 })));
  print(strip(spawnSync('sh', ['-c', 'echo 3 >&3'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], encoding: 'utf8' })));
  print(strip(spawnSync('echo', ['to the terminal'], { stdio: 'inherit' })));
  print(execSync('echo sync'), execSync('echo sync', { encoding: 'utf8' }), execFileSync('echo', ['file', 'sync'], { encoding: 'utf8' }));
  thrown('execSync fails', () => execSync('echo o; echo e >&2; exit 5', { stdio: 'pipe' }));
  thrown('execFileSync fails', () => execFileSync('sh', ['-c', 'exit 6']));
  thrown('execFileSync missing', () => execFileSync('/no/such/program'));
  thrown('execSync timeout', () => execSync('exec sleep 60', { timeout: 20 }));
  thrown('sync channel', () => spawnSync('a', { stdio: ['ipc'] }));
  thrown('sync input', () => spawnSync('cat', { input: 5 }));
})();
