// SPDX-License-Identifier: MIT
// Integer arithmetic and bit operations in nested loops over local variables.
var SIZE = 15000;

function run(n) {
  var x = 123456789, y = 362436069, bits = 0, sum = 0;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 500; j++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      y = (y + 0x9e3779b + (i & j)) & 0x3fffffff;
      if ((x & 7) === 3) bits++;
      sum = (sum + (x ^ y)) | 0;
      sum = (sum + (j * 3) % 7) | 0;
    }
  }
  return (sum ^ bits) >>> 0;
}
