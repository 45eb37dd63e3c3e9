// The global console before and after somebody touches process.stdout.
'use strict';
console.log('first', 1, { a: 1 });
console.log('%s-%s', 1, 2);
console.error('to stderr');
console.group('group');
console.log('inside\nof it');
console.groupEnd();
const { write } = process.stdout;
const seen = [];
process.stdout.write = (chunk) => {
  seen.push(chunk);
  return true;
};
console.log('caught');
console.log({ b: 2 });
process.stdout.write = write;
console.log(seen);
console.time('t');
console.timeEnd('missing');
process.on('warning', (warning) => console.log(warning.message));
[1, 2].forEach((value) => console.log(value));
Promise.resolve('then').then(console.log);
console.log(typeof console.Console, console instanceof console.Console);
