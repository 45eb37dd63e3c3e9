// Errors: stack, name, further properties, causes, aggregated errors.
'use strict';
const { inspect } = require('util');

function make(error, properties, frames = ['at f (g.js:1:1)']) {
  error.stack = [error.stack.split('\n    at')[0], ...frames.map((frame) => `    ${frame}`)].join('\n');
  return Object.assign(error, properties);
}
class MyError extends Error {}
class Named extends Error {
  constructor(message) {
    super(message);
    this.name = 'Named';
    this.code = 'E_X';
  }
}
class FooError extends TypeError {}
const inner = make(new Error('deep'), {}, ['at A (f:1)', 'at B (f:2)', 'at C (f:3)', 'at D (f:4)', 'at E (f:5)']);
const noStack = new Error('none');
noStack.stack = undefined;
const emptyStack = new Error('empty');
emptyStack.stack = '';
const errors = [
  make(new Error('plain')), make(new MyError('my')), make(new Named('named')), make(new FooError('foo')), make(new (class extends Error {})('anonymous')),
  make(new RangeError('r'), { code: 'C', info: { a: 1 } }), noStack, emptyStack, make(new Error('')), make(new Error('x'), { name: 'Changed' }),
  make(new Error('x'), { message: 'new' }), make(new Error('outer', { cause: inner })), make(new Error('c', { cause: 'string' })),
  make(new Error('wrap', { cause: inner }), {}, ['at Z (f:0)', 'at A (f:1)', 'at B (f:2)', 'at C (f:3)', 'at D (f:4)', 'at E (f:5)']),
  make(new AggregateError([1, make(new Error('two'))], 'several')), make(new Error('own'), { errors: [1] }), make(new Error('x'), { stack: 'no error at all' }),
  make(new SyntaxError('multi\nline\n    at fake')), Object.setPrototypeOf(make(new Error('n')), null), [make(new Error('in array'))],
  { e: make(new Error('in object')), f: [make(new TypeError('t'), { a: 1 })] }, Object.create(Error.prototype, { message: { value: 'fake', enumerable: true } }),
];
for (const error of errors) {
  console.log(inspect(error));
  console.log(inspect(error, { depth: 0 }));
  console.log(inspect(error, { compact: false, showHidden: false, colors: true }));
}
