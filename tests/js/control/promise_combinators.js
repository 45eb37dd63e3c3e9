// Promise combinators: plain values and promises beside thenables that misbehave.
// Expected output: what Node prints.
const log = [];
const say = (name) => [(v) => log.push(`${name} fulfilled ${JSON.stringify(v)}`), (e) => log.push(`${name} rejected ${e?.errors ? `[${e.errors}]` : e}`)];
const later = (v, n = 3) => { let p = Promise.resolve(v); while (n--) p = p.then((x) => x); return p; };
const fails = (v, n = 3) => later(v, n).then((x) => { throw x; });
const keep = {};
const twice = { then(f, r) { f('a'); f('b'); r('c'); keep.f = f; keep.r = r; } };
const hostile = { then(f, r) { r('early'); f('late'); } };
const throws = { then() { throw 'thrown'; } };
const afterwards = { then(f, r) { later(0, 8).then(() => { f('x'); r('y'); }); } };
class Sub extends Promise {}
Promise.all([1, later(2), twice, Sub.resolve(4), 'five']).then(...say('all'));
Promise.all([]).then(...say('all of none'));
Promise.all([1, hostile, fails('second', 1)]).then(...say('all hostile'));
Promise.all([fails('first', 1), fails('second', 0), afterwards]).then(...say('all fails'));
Promise.all([throws, 1]).then(...say('all throws'));
Promise.allSettled([1, fails(2), twice, hostile, throws, afterwards, Sub.reject(7)]).then(...say('settled'));
Promise.allSettled([]).then(...say('settled of none'));
Promise.any([fails(1), later(2), twice]).then(...say('any'));
Promise.any([fails(1), fails(2, 0), hostile, throws]).then(...say('any fails'));
Promise.any([later(5, 5), later(4, 1), 3]).then(...say('any plain'));
Promise.any([]).then(...say('any of none'));
Promise.race([later(1, 2), fails(2, 0), 3]).then(...say('race'));
Sub.all([1, later(2)]).then(...say('sub'));
Promise.all((function* () { yield 1; yield later(2); throw 'iterator'; })()).then(...say('iterator'));
Promise.all(7).catch((e) => log.push(e.constructor.name));
let reads = 0;
const thenable = [1, 2];
Object.defineProperty(Array.prototype, 'then', { configurable: true, get() { reads++; return undefined; } });
Promise.all([1, later(2)]).then((v) => { log.push('reads', reads); delete Array.prototype.then; }).then(() => {
  const then = Promise.prototype.then;
  let calls = 0;
  Promise.prototype.then = function (...args) { calls++; return then.apply(this, args); };
  const p = Promise.all([1, Promise.resolve(2), later(3, 0)]);
  Promise.prototype.then = then;
  log.push('calls', calls);
  return p;
}).then(...say('patched'));
const own = Promise.resolve('own');
own.constructor = Sub;
Promise.all([own, Object.assign(Promise.resolve('x'), { then(f) { f('own then'); } })]).then(...say('own'));
setTimeout(() => { keep.f('again'); keep.r('again'); console.log(log.join('\n')); }, 5);
