// The smaller functions of util: promisify, callbackify, inherits, deprecate, debuglog, text.
// env: NODE_DEBUG=foo,ba*
'use strict';
const util = require('util');
const attempt = (f) => {
  try {
    console.log(f());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};

// promisify
const plus = (a, callback) => callback(null, a + 1);
const promised = util.promisify(plus);
console.log(promised.name, promised.length, util.promisify(promised) === promised);
const withCustom = () => {};
withCustom[util.promisify.custom] = async () => 'custom';
util.promisify(withCustom)().then((value) => console.log(value));
promised(1).then((value) => console.log('plus', value));
util.promisify((callback) => callback(new Error('refused')))().catch((error) => console.log(error.message));
attempt(() => util.promisify(1));
console.log(util.promisify.custom === Symbol.for('nodejs.util.promisify.custom'));

// callbackify
util.callbackify(async (x) => x * 2)(4, (error, value) => console.log('callback', error, value));
util.callbackify(async () => { throw null; })((error) => console.log('falsy', error.code, error.message, error.reason));
util.callbackify(async () => { throw new Error('real'); })((error) => console.log(error.message));
console.log(util.callbackify(async function named(a, b) {}).name, util.callbackify(async (a, b) => {}).length);
attempt(() => util.callbackify(1));
attempt(() => util.callbackify(async () => {})(1));

// Classes
function Parent() {}
function Child() {}
util.inherits(Child, Parent);
console.log(new Child() instanceof Parent, Child.super_ === Parent);
attempt(() => util.inherits(1));
attempt(() => util.inherits(Child, {}));

// deprecate
process.on('warning', (warning) => console.log(warning.name, warning.code, warning.message));
const old = util.deprecate(function old(a) { return a; }, 'old() is old', 'DEP_X');
console.log(old(5), old(6));
class Thing {
  constructor(a) {
    this.a = a;
  }
}
const OldThing = util.deprecate(Thing, 'Thing is old');
console.log(new OldThing(1) instanceof Thing, new OldThing(2).a);

// Text
console.log(util.toUSVString('\ud800x') === '\ufffdx', util.stripVTControlCharacters('\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link'));
attempt(() => util.stripVTControlCharacters(1));
console.log(JSON.stringify(util.styleText('red', 'x', { validateStream: false })), JSON.stringify(util.styleText(['bold', 'underline'], 'x', { validateStream: false })));
console.log(util.debuglog('bar').enabled, util.debuglog('zzz').enabled);
console.log(util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.types.isDate(new Date()), typeof util.TextEncoder, typeof util.inspect);
console.log(Object.entries(util.parseEnv('A=1\nexport B = "x y" # c\nC=`multi\nline`\n#D=1\nE=a#b\nF=\'q"r\'\nG=\nH="a\\nb"\nI="unclosed\nJ= 5 \n')));
console.log(util.getSystemErrorName(-2), util.getSystemErrorMap().get(-2));
attempt(() => util.getSystemErrorName(1));
const controller = new AbortController();
const resource = {}; // held weakly: without it the promise may stay pending
util.aborted(controller.signal, resource).then(() => console.log('aborted', typeof resource));
setTimeout(() => controller.abort(), 5);
