// What 'error' carries. Output as of Node 26.
'use strict';
const { Worker } = require('worker_threads');
const custom = Symbol.for('nodejs.util.inspect.custom');

function run(label, source, options) {
  return new Promise((resolve) => {
    const worker = new Worker(source, { eval: true, ...options });
    worker.on('error', (e) => {
      const isObject = e !== null && typeof e === 'object';
      console.log(label, typeof e, isObject ? [e.constructor?.name, e.name, e.message, e.code, e instanceof Error] : e);
      if (e instanceof Error) console.log(' ', typeof e.stack, Object.keys(e).filter((k) => k !== 'name'), 'cause' in e ? String(e.cause) : '-', e.errors?.map(String));
      if (e instanceof Error && label.startsWith('props')) console.log(' ', e.extra, e.got, e.f, e.meth);
      if (isObject && e[custom]) console.log(' ', e[custom]());
    });
    worker.on('exit', (code) => {
      console.log(label, 'exit', code);
      resolve();
    });
    if (options?.message) worker.postMessage(1);
  });
}

(async () => {
  await run('error', 'throw new RangeError("x")');
  await run('props', `class MyErr extends TypeError {
    constructor(m) { super(m); this.name = 'MyErr'; this.extra = { a: 1 }; this.f = () => 1; this.code = 'E_X'; }
    meth() {}
  } throw new MyErr('boo')`);
  await run('cause', 'throw new Error("a", { cause: new RangeError("b", { cause: 5 }) })');
  await run('aggregate', 'throw new AggregateError([new Error("x"), 5], "agg")');
  await run('symbol', 'throw Symbol("a")');
  await run('function', 'throw function foo() {}');
  await run('text', 'throw "text"');
  await run('number', 'throw 5');
  await run('bigint', 'throw 5n');
  await run('null', 'throw null');
  await run('undefined', 'throw undefined');
  await run('object', 'throw { a: 1 }');
  await run('custom', 'throw { [Symbol.for("nodejs.util.inspect.custom")]() { return "CUSTOM"; } }');
  await run('impossible', 'throw { get x() { throw 1; }, [Symbol.for("nodejs.util.inspect.custom")]() { throw 2; } }');
  await run('rejection', 'Promise.reject(new RangeError("x"))');
  await run('rejected text', 'Promise.reject("text")');
  await run('async listener', 'require("worker_threads").parentPort.once("message", async () => { throw 5; })', { message: true });
  await run('in a tick', 'process.nextTick(() => { throw new Error("nt"); })');
  await run('in a timer', 'setTimeout(() => { throw new Error("tm"); })');
  await run('in a worker of it', 'const { Worker } = require("worker_threads"); new Worker("throw new TypeError(\'deep\')", { eval: true })');
  await run('handled', 'process.on("uncaughtException", (e, o) => { if (e.message !== "q" || o !== "uncaughtException") process.exit(9); }); throw new Error("q")');
  await run('handled rejection', 'process.on("unhandledRejection", (e) => { if (e !== 5) process.exit(9); }); Promise.reject(5)');
  await run('handler throws', 'process.on("uncaughtException", () => { throw new Error("second"); }); throw new Error("first")');
  const worker = new Worker('throw new Error("nobody listens")', { eval: true });
  process.on('uncaughtException', (e, origin) => console.log('uncaught', e.message, origin));

})();
