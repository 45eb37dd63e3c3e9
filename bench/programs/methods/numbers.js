// SPDX-License-Identifier: MIT
// Number, Math, BigInt: formatting, parsing, arithmetic kernels.
var ints = [], fractions = [], intTexts = [], fractionTexts = [];
for (var i = 0; i < 1000; i++) {
  ints.push((i * 7919) % 100003 * (i % 2 ? -1 : 1));
  fractions.push(Math.sqrt(i + 0.37) * Math.pow(10, i % 13 - 4));
  intTexts.push(String(ints[i]));
  fractionTexts.push(String(fractions[i]));
}
var big = 123456789012345678901234567890n, bigger = 3n ** 400n;

var CASES = {
  'toString-int': [200, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += ints[i].toString().length;
    return sum;
  }],
  'toString-fraction': [80, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += String(fractions[i]).length;
    return sum;
  }],
  'toString-16': [150, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += ints[i].toString(16).length;
    return sum;
  }],
  'toString-36-fraction': [5, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += (fractions[i] % 1).toString(36).length > 2 ? 1 : 0;
    return sum;
  }],
  'toFixed': [80, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += fractions[i].toFixed(2).length;
    return sum;
  }],
  'toPrecision-toExponential': [40, function (n) {
    for (var k = 0, sum = 0; k < n; k++) {
      for (var i = 0; i < 1000; i++) sum += fractions[i].toPrecision(6).length + fractions[i].toExponential(3).length;
    }
    return sum;
  }],
  'toLocaleString': [2000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (1234567 + i).toLocaleString('en-US').length;
    return sum;
  }],
  'parseInt': [200, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += parseInt(intTexts[i], 10);
    return sum;
  }],
  'parseInt-16': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += parseInt('7fe3a', 16) + parseInt('0xff');
    return sum;
  }],
  'parseFloat': [100, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += parseFloat(fractionTexts[i]);
    return sum;
  }],
  'Number-int': [200, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += Number(intTexts[i]);
    return sum;
  }],
  'Number-fraction': [100, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += +fractionTexts[i];
    return sum;
  }],
  'isNaN-isInteger': [200, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) {
      if (Number.isInteger(fractions[i]) || isNaN(fractions[i]) || !Number.isFinite(fractions[i])) sum++;
    }
    return sum;
  }],
  'Math.floor-round': [300, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) {
      sum += Math.floor(fractions[i] % 100) + Math.round(fractions[i] % 10) - Math.ceil(fractions[i] % 7);
    }
    return sum;
  }],
  'Math.min-max': [300, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum += Math.max(0, Math.min(ints[i], 255));
    return sum;
  }],
  'Math.max-spread': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Math.max(...ints) + Math.max.apply(null, ints);
    return sum;
  }],
  'Math.abs-sqrt-pow': [200, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) {
      sum += Math.abs(ints[i]) + Math.floor(Math.sqrt(fractions[i])) + Math.pow(i & 7, 2);
    }
    return sum;
  }],
  'Math.sin-log': [100, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) {
      sum += Math.floor(1000 * Math.sin(fractions[i] % 6)) + Math.floor(Math.log(fractions[i]) * 10);
    }
    return sum;
  }],
  'Math.imul-clz32': [300, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) sum = (sum + Math.imul(ints[i], 31) + Math.clz32(i)) | 0;
    return sum;
  }],
  'Math.random': [300000, function (n) {
    for (var i = 0, bad = 0; i < n; i++) if (Math.random() >= 1) bad++;
    return bad;
  }],
  'Math.trunc-sign-hypot': [100, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 1000; i++) {
      sum += Math.trunc(fractions[i] % 50) + Math.sign(ints[i]) + Math.floor(Math.hypot(i, 4));
    }
    return sum;
  }],
  'BigInt.add-multiply': [60000, function (n) {
    var a = 1n;
    for (var i = 0; i < n; i++) a = (a * 6364136223846793005n + 1442695040888963407n) & 0xFFFFFFFFFFFFFFFFn;
    return a;
  }],
  'BigInt.small': [200000, function (n) {
    var a = 0n;
    for (var i = 0; i < n; i++) a = a + 3n - 1n;
    return a;
  }],
  'BigInt.divide': [60000, function (n) {
    var sum = 0n;
    for (var i = 1; i < n; i++) sum += big / BigInt(i) % 97n;
    return sum;
  }],
  'BigInt.toString': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bigger.toString().length + big.toString(16).length;
    return sum;
  }],
  'BigInt.parse': [20000, function (n) {
    var sum = 0n;
    for (var i = 0; i < n; i++) sum += BigInt('123456789012345678901234567890') + BigInt(i);
    return sum;
  }],
  'BigInt.pow-big': [60, function (n) {
    for (var i = 0, sum = 0n; i < n; i++) sum += (3n ** 3000n * 7n ** 2000n) % 1000007n;
    return sum;
  }],
  'BigInt.asUintN-shift': [100000, function (n) {
    var a = 1n;
    for (var i = 0; i < n; i++) a = BigInt.asUintN(64, (a << 7n) ^ (a >> 3n) ^ 12345n);
    return a;
  }],
  'BigInt.compare': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (big > bigger || big === bigger || 5n < 7) sum++;
    return sum;
  }]
};
