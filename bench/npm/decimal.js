// SPDX-License-Identifier: MIT
// decimal.js: a long sum, square roots, exponentials and pi to many places.
const Decimal = require('decimal.js');
const SIZE = 90;

const Long = Decimal.clone({precision: 60});

function run(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    let sum = new Long(0);
    for (let k = 1; k <= 200; k++) sum = sum.plus(new Long(1).div(k).times('1.000000000000000000001'));
    // Gauss and Legendre's iteration for pi.
    let a = new Long(1), b = new Long(1).div(new Long(2).sqrt()), t = new Long('0.25'), p = new Long(1);
    for (let k = 0; k < 6; k++) {
      const next = a.plus(b).div(2);
      b = a.times(b).sqrt();
      t = t.minus(p.times(a.minus(next).pow(2)));
      a = next;
      p = p.times(2);
    }
    text = sum.toString() + ' ' + a.plus(b).pow(2).div(t.times(4)).toFixed(50) + ' ' + Long.exp(2).toString();
  }
  return text;
}
