// process.addUncaughtExceptionCaptureCallback: the newest first, until one returns true; then the event. One that was set comes before all.
const util = require('util');
for (const f of [() => process.addUncaughtExceptionCaptureCallback(1), () => process.dlopen()]) {
  try {
    console.log(f());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
process.addUncaughtExceptionCaptureCallback((e) => {
  console.log('first', e.message);
  return e.message === '1';
});
process.addUncaughtExceptionCaptureCallback((e) => {
  console.log('second', e.message);
  return e.message === '2' || 'yes';
});
console.log(process.hasUncaughtExceptionCaptureCallback());
process.on('uncaughtException', (e) => console.log('event', e.message));
process.on('uncaughtExceptionMonitor', (e) => console.log('monitor', e.message));
let delay = 0;
for (const message of ['1', '2', '3']) setTimeout(() => { throw new Error(message); }, delay += 5);
setTimeout(() => {
  process.setUncaughtExceptionCaptureCallback((e) => console.log('set', e.message));
  throw new Error('1');
}, delay += 5);
setTimeout(() => { throw new Error('4'); }, delay += 5);

// Small exports of other modules
console.log(['1', 'a b', '{a:1}', 'function f(){', 'await 1', 'var x = `', '({})', 'const a = 1;', 'if (1)', 'foo('].map((s) => require('repl').isValidSyntax(s)));
console.log(util.inspect([require('fs').lchmod, require('events').kMaxEventTargetListeners, DOMException.INUSE_ATTRIBUTE_ERR, DOMException.VALIDATION_ERR]));
console.log(Object.getOwnPropertyNames(DOMException).join());
const constants = require('constants');
console.log(Object.keys(constants).filter((name) => !/^(SSL_|ENGINE_|defaultCipherList|OPENSSL_)/.test(name)).sort().map((name) => `${name}=${constants[name]}`).join(' '));
console.log(Object.keys(require('os').constants.errno).length, Object.isFrozen(constants));
