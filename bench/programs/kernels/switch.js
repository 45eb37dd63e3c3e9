// SPDX-License-Identifier: MIT
// switch over dense integers, sparse integers and strings, with fall-through and defaults.
var SIZE = 35000;

var NAMES = ['add', 'sub', 'mul', 'push', 'pop', 'jump', 'halt', 'nop'];

function dense(op, value) {
  switch (op) {
    case 0: return value + 1;
    case 1: return value - 1;
    case 2: return value << 1;
    case 3: return value >> 1;
    case 4: return value ^ 0x55;
    case 5: value += 3;
    case 6: return value & 0xfffff;
    case 7: return -value;
    case 8: return value | 1;
    case 9: return value % 1000;
    default: return value;
  }
}

function sparse(code) {
  switch (code) {
    case 3: return 1;
    case 70: return 2;
    case 900: return 3;
    case 1200: return 4;
    case 65000: return 5;
  }
  return 0;
}

function by_name(name) {
  switch (name) {
    case 'add': return 1;
    case 'sub': return 2;
    case 'mul': return 3;
    case 'push': return 4;
    case 'pop': return 5;
    case 'jump': return 6;
    case 'halt': return 7;
    default: return 0;
  }
}

function run(n) {
  var codes = [3, 5, 70, 71, 900, 1200, 1201, 65000], value = 1, sum = 0;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 120; j++) {
      value = dense((i + j) % 12, value) | 0;
      sum = (sum + sparse(codes[j & 7]) + by_name(NAMES[(i ^ j) & 7])) | 0;
    }
  }
  return value + ',' + sum;
}
