// join of ints, which are written in place.
const assert = require('../lib/assert.js');

// Ints between other things, at every width of number and of text.
{
  const ints = [0, 9, 10, 99, 100, 999, 1000, -1, -10, 2147483647, -2147483648, 12345678];
  const slowly = (list, separator) => list.reduce((text, x, i) => text + (i ? separator : '') + (x == null ? '' : String(x)), '');
  for (const separator of ['', ',', '\u00ff', '\u0100', '; ', '\u2014-']) {
    for (const list of [ints, [...ints, 'x', ...ints], ['\u4e00', ...ints], [null, 1, undefined, 2, , 3], [1, -0, 1.5, NaN, 7]]) {
      assert.equal(list.join(separator), slowly(Array.from(list), separator));
    }
    const long = Array.from({ length: 3000 }, (_, i) => i * 7 - 500);
    assert.equal(long.join(separator), slowly(long, separator));
  }
  for (let i = 0; i < 2000; i++) assert.equal(String(i) + -i, `${Math.floor(i / 10) || ''}${i % 10}` + (i ? '-' : '') + `${Math.floor(i / 10) || ''}${i % 10}`);
  const shrinks = [1, { toString() { shrinks.length = 1; return 'gone'; } }, 3, 4];
  assert.equal(shrinks.join(), '1,gone,,');
}
