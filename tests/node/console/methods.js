// console: every method, on a Console over a stream of our own and with several options.
'use strict';
const { Console } = console;

function run(options) {
  let text = '';
  const stdout = { write: (chunk) => { text += chunk; }, on() {}, once() {}, removeListener() {}, listenerCount: () => 0 };
  const c = new Console({ stdout, ...options });
  c.log('a', 1, { b: 2 });
  c.log('%s is %d', 'x', 4, 'more');
  c.log('50%', 'x');
  c.log('100%%');
  c.log(null, undefined, true, -0, 1n, Symbol('x'));
  c.log();
  c.log('');
  c.error('e');
  c.info('i');
  c.debug([1]);
  c.warn('%c red', 'color: red');
  c.assert(false);
  c.assert(0, '%s x', 1);
  c.assert(1, 'never');
  c.group('G');
  c.log('a\nb');
  c.group();
  c.warn({ a: 1, b: [1, 2, 3] });
  c.groupEnd();
  c.groupEnd();
  c.groupEnd();
  c.groupCollapsed('gc', { x: 1 });
  c.log({ a: { b: 1 } });
  c.groupEnd();
  c.count();
  c.count('x');
  c.count();
  c.countReset();
  c.count();
  c.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
  c.dirxml({ a: 1 }, 2);
  const { log } = c;
  log('detached');
  return text;
}
for (const options of [{}, { colorMode: true }, { groupIndentation: 5 }, { inspectOptions: { depth: 0 } }, { inspectOptions: { colors: true, compact: false } }]) {
  console.log(run(options));
}
console.log(new Console(process.stdout) instanceof Console, Object.prototype.toString.call(console));
for (const wrong of [{}, { stdout: {} }, { stdout: process.stdout, colorMode: 1 }]) {
  try {
    new Console(wrong);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log('done');
