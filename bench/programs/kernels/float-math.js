// SPDX-License-Identifier: MIT
// Double arithmetic and the calls of Math that numeric programs make.
var SIZE = 15000;

function run(n) {
  var x = 0.5, y = 0.25, sum = 0, i, j;
  for (i = 0; i < n; i++) {
    for (j = 1; j <= 200; j++) {
      var t = x * 0.75 + y * 0.5 - 0.125;
      y = x - y * 0.25;
      x = t / (1 + t * t);
      sum += Math.sqrt(x * x + y * y) + Math.abs(x - y);
      if (x > y) sum -= Math.floor(sum * 0.001);
      sum += Math.max(x, y) * Math.min(x, 0.5) + 1 / j;
    }
  }
  return Math.round(sum * 1e6) / 1e6;
}
