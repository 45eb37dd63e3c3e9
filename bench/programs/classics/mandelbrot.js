// SPDX-License-Identifier: MIT
// The Mandelbrot set: rows of a picture, up to 60 iterations a point, a checksum of the bits.
var SIZE = 2000;

function run(n) {
  var width = 160, height = 100, check = 0, inside = 0;
  for (var row = 0; row < n; row++) {
    var ci = ((row % height) * 2) / height - 1, bits = 0;
    for (var column = 0; column < width; column++) {
      var cr = (column * 2.5) / width - 2, zr = 0, zi = 0, tr = 0, ti = 0, i = 0;
      while (i < 60 && tr + ti <= 4) {
        zi = 2 * zr * zi + ci;
        zr = tr - ti + cr;
        tr = zr * zr;
        ti = zi * zi;
        i++;
      }
      bits = (bits << 1) | (i === 60 ? 1 : 0);
      if (i === 60) inside++;
      if ((column & 7) === 7) {
        check = (check * 31 + (bits & 255)) & 0xffffff;
        bits = 0;
      }
    }
  }
  return inside + ',' + check;
}
