// Errors in Web workers: who hears of them, what ends, what goes on.
'use strict';
const { hear, runAll } = require('./lib/web.js');

const place = (script, options) => hear(script, options, (worker, lines) => worker.addEventListener('error', (e) => {
  lines.push(`${e.filename.slice(0, 20)} ${e.lineno} ${e.colno} ${e.cancelable} ${e.bubbles}`);
}));

runAll({
  'in the script': () => place('postMessage(1);\nthrow new RangeError("now")'),
  'later': () => place('setTimeout(() => { throw new TypeError("later"); }, 1); setTimeout(() => postMessage("never"), 5);'),
  'in a listener': () => hear('onmessage = () => { throw new Error("in a listener"); }; addEventListener("message", () => postMessage("second"));', undefined,
    (worker) => worker.postMessage(0)),
  'of syntax': () => hear('let let = 1'),
  'a rejection': () => place('Promise.reject(new Error("rejected"));'),
  'of a module': () => hear('await 1; throw new Error("of a module");', { type: 'module' }),
  'no errors': async () => [await hear('throw "text"'), await hear('throw { a: 1 }'), await hear('throw undefined'), await hear('Promise.reject(5)')].flat(),
  'with properties': () => hear('throw Object.assign(new Error("more"), { code: "E_MORE", cause: new Error("inner") })'),
  'onerror that handles': () => hear(`onerror = function(message, file, line, column, error) {
    postMessage([this === self, message, typeof file, line, column > 0, error.name]); return true; };
    setTimeout(() => { throw new RangeError('handled'); }, 1); setTimeout(() => { postMessage('goes on'); postMessage('end'); }, 10);`),
  'onerror that does not': () => hear('onerror = () => { postMessage("seen"); }; setTimeout(() => { throw new RangeError("not handled"); });'),
  'a listener that handles': () => hear(`addEventListener('error', (e) => { postMessage([e.constructor.name, e.message]); e.preventDefault(); });
    setTimeout(() => postMessage('end'), 5); throw new Error('handled');`),
  'onerror that throws': () => hear('onerror = () => { throw new Error("of onerror"); }; throw new Error("first");'),
  'unhandledrejection': () => hear(`onunhandledrejection = (e) => { postMessage([e.type, String(e.reason), e.promise === p, e.cancelable]); e.preventDefault(); };
    onrejectionhandled = (e) => { postMessage([e.type, String(e.reason), e.promise === p]); postMessage('end'); };
    const p = Promise.reject(new Error('nobody')); setTimeout(() => p.catch(() => {}), 10);`),
  "process's handlers": () => hear(`process.on('uncaughtException', (e) => { postMessage('caught ' + e.message); postMessage('end'); }); throw new Error('x');`),
}).then(() => {
  // Nobody listens: it is printed, and that worker is over.
  new Worker('data:text/javascript,throw new Error("nobody listens")');
});
