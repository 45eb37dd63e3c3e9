// node:repl without a terminal: values, errors, several lines, await, commands, options.
'use strict';
const EventEmitter = require('events');
const repl = require('repl');

function session(lines, options) {
  return new Promise((resolve) => {
    let text = '';
    const input = new EventEmitter();
    const server = repl.start({ prompt: '> ', input, output: { write: (chunk) => { text += chunk; } }, terminal: false, ...options });
    server.on('exit', () => resolve(text));
    input.emit('data', lines.join('\n') + '\n');
    input.emit('end');
  });
}

(async () => {
  console.log(await session(['1 + 1', '{a: 1}', '{ let b = 2; b }', 'let x = 5', 'x *', '2', '_ + 1', 'function f() {', '  return [1,', '2] }', 'f()', '`a', 'b`', '']));
  console.log(await session(['throw new Error("boo")', 'missing', 'let 5', 'throw 1', 'throw { a: 1 }', '_error.a', '(function g() { null.x })()']));
  console.log(await session(['await Promise.resolve(7)', 'const q = await 8', 'q', 'await Promise.reject(new Error("no"))', '"after"']));
  console.log(await session(['typeof fs.readFileSync', 'require("path").basename("/a/b")', 'typeof module', 'undefined', 'x + 1']));
  console.log(await session(['if (true) {', '.break', '2', '.nothing', '.help', '.exit', 'never']));
  console.log(await session(['undefined', '"v"', 'var u'], { ignoreUndefined: true, prompt: '$ ', writer: (value) => `<${typeof value}>` }));
  console.log(await session(['anything', 'else'], { eval: (text, context, file, callback) => callback(null, text.trim().toUpperCase()) }));
})();
