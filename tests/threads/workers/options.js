// What new Worker accepts and refuses. Output as of Node 26.
'use strict';
const { Worker, MessageChannel, SHARE_ENV } = require('worker_threads');
const path = require('path');
process.chdir(__dirname);

function attempt(label, make) {
  return new Promise((resolve) => {
    let worker;
    try {
      worker = make();
    } catch (e) {
      console.log(label, '|', e.name, e.code, e.message);
      resolve();
      return;
    }
    worker.on('message', (m) => console.log(label, '|', m));
    worker.on('error', (e) => console.log(label, '|', e.name, e.code, e.message.split('\n')[0].replace(path.dirname(__dirname), '...')));
    worker.on('exit', (code) => {
      console.log(label, '| exit', code);
      resolve();
    });
  });
}
const text = (source, options) => () => new Worker(source, { eval: true, ...options });
const post = (expression) => `const wt = require('worker_threads'); wt.parentPort.postMessage(${expression})`;

(async () => {
  await attempt('bare', () => new Worker('bare.js'));
  await attempt('https', () => new Worker('https://x/y'));
  await attempt('data string', () => new Worker('data:text/javascript,1'));
  await attempt('file string', () => new Worker('file:///x.js'));
  for (const bad of [5, null, {}, undefined, true]) await attempt(`${bad}`, () => new Worker(bad));
  await attempt('http URL', () => new Worker(new URL('https://x/y')));
  await attempt('URL and eval', () => new Worker(new URL('file:///x.js'), { eval: true }));
  await attempt('number and eval', () => new Worker(5, { eval: true }));
  await attempt('no such file', () => new Worker('/nowhere/x.js'));
  await attempt('no such module', text('require("./nowhere")'));
  await attempt('relative', () => new Worker('../fixtures/post-argv.js'));
  await attempt('dot', () => new Worker('./../fixtures/post-argv.js', { argv: [1, {}, 'x', null] }));
  await attempt('URL', () => new Worker(require('url').pathToFileURL(path.resolve('../fixtures/post-argv.js'))));
  await attempt('module', () => new Worker('../fixtures/module.mjs', { workerData: { a: [1n] } }));
  await attempt('data URL', () => new Worker(new URL('data:text/javascript,import {parentPort} from "worker_threads"; parentPort.postMessage(["data", typeof require, this])')));
  await attempt('workerData', text(post('wt.workerData'), { workerData: new Map([[1, { d: new Date(0) }]]) }));
  await attempt('no workerData', text(post('[wt.workerData === undefined]')));
  await attempt('null workerData', text(post('[wt.workerData]'), { workerData: null }));
  await attempt('bad workerData', text('1', { workerData: () => 1 }));
  await attempt('port in workerData', text('1', { workerData: new MessageChannel().port1 }));
  const { port1, port2 } = new MessageChannel();
  port2.once('message', (m) => console.log('from the port', m));
  await attempt('port moved', text('require("worker_threads").workerData.p.postMessage("hi")', { workerData: { p: port1 }, transferList: [port1] }));
  port2.close();
  await attempt('transferList 5', text('1', { transferList: 5 }));
  await attempt('transferList of 1', text('1', { workerData: 1, transferList: [1] }));
  await attempt('argv text', text('1', { argv: 'x' }));
  await attempt('execArgv text', text('1', { execArgv: 'x' }));
  for (const execArgv of [['--title=x'], ['--foo'], ['--max-old-space-size=100'], ['--expose-gc'], ['--foo', '--bar=1'], ['--require'],
    ['--stack-trace-limit=5']]) {
    await attempt(execArgv.join(), text('1', { execArgv }));
  }
  await attempt('good execArgv', text(post('process.execArgv'), { execArgv: ['--no-warnings', '--conditions=x', '-C', 'y', '--trace-uncaught'] }));
  await attempt('inherited execArgv', text(post('process.execArgv')));
  await attempt('preload', text(post('globalThis.preloaded'), { execArgv: ['-r', '../fixtures/preload.cjs'] }));
  await attempt('import', () => new Worker('../fixtures/post-imported.js', { execArgv: ['--import', './../fixtures/preload.mjs'] }));
  await attempt('input type', text('import { parentPort } from "worker_threads"; parentPort.postMessage(typeof require)', { execArgv: ['--input-type=module'] }));
  await attempt('module text', text('import { parentPort } from "worker_threads"; parentPort.postMessage([import.meta.url.endsWith("/[eval1]"), this, await 5])'));
  await attempt('script text', text('var g = 1; require("worker_threads").parentPort.postMessage([globalThis.g, this === globalThis, typeof arguments, __filename, __dirname, typeof module, typeof exports, typeof fs, process.argv[1]])'));
  for (const env of ['x', 5]) await attempt(`env ${env}`, text('1', { env }));
  await attempt('env null', text(post('[1]'), { env: null }));
  await attempt('NODE_OPTIONS', text('1', { env: { NODE_OPTIONS: '--foo --title=x' } }));
  await attempt('name 5', text('1', { name: 5 }));
  await attempt('name', text(post('wt.threadName'), { name: '  two words ' }));
  await attempt('no name', text(post('wt.threadName'), { name: '' }));
  await attempt('limits', text(post('wt.resourceLimits'), { resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 3, codeRangeSizeMb: 5, stackSizeMb: 2 } }));
  await attempt('bad limits', text(post('[1]'), { resourceLimits: 5 }));
  await attempt('bad limit', text(post('wt.resourceLimits.stackSizeMb'), { resourceLimits: { maxOldGenerationSizeMb: 'x' } }));
  await attempt('syntax', text('let let = 1'));
  console.log(SHARE_ENV === Symbol.for('nodejs.worker_threads.SHARE_ENV'));
  try {
    Worker('x');
  } catch (e) {
    console.log(e.name, e.message);
  }
})();
