// SPDX-License-Identifier: MIT
// Typed arrays, ArrayBuffer, DataView.
var bytes = new Uint8Array(256), ints = new Int32Array(256), doubles = new Float64Array(256);
for (var i = 0; i < 256; i++) {
  bytes[i] = i * 7;
  ints[i] = (i * 7919) % 1000 - 300;
  doubles[i] = Math.sin(i) * 100;
}
var view = new DataView(new ArrayBuffer(64));

var CASES = {
  'read-write-u8': [3000, function (n) {
    var a = new Uint8Array(256);
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 256; i++) {
      a[i] = i + k;
      sum += a[i];
    }
    return sum;
  }],
  'read-write-f64': [3000, function (n) {
    var a = new Float64Array(256);
    for (var k = 0, sum = 0; k < n; k++) for (var i = 0; i < 256; i++) {
      a[i] = i * 0.5;
      sum += a[i];
    }
    return sum;
  }],
  'construct-length': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Uint8Array(16).length;
    return sum;
  }],
  'construct-array': [30000, function (n) {
    var list = Array.from(ints).slice(0, 30);
    for (var i = 0, sum = 0; i < n; i++) sum += new Float64Array(list).length;
    return sum;
  }],
  'construct-copy': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Uint8Array(bytes).length;
    return sum;
  }],
  'from': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Int32Array.from(ints, function (x) { return x + 1; })[5];
    return sum;
  }],
  'set': [150000, function (n) {
    var a = new Uint8Array(512);
    for (var i = 0; i < n; i++) a.set(bytes, i % 256);
    return a[300];
  }],
  'subarray': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bytes.subarray(i % 100, 200).length;
    return sum;
  }],
  'slice': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bytes.slice(i % 100, 200).length;
    return sum;
  }],
  'fill': [150000, function (n) {
    var a = new Int32Array(256);
    for (var i = 0; i < n; i++) a.fill(i);
    return a[255];
  }],
  'copyWithin': [150000, function (n) {
    var a = bytes.slice();
    for (var i = 0; i < n; i++) a.copyWithin(0, 100, 200);
    return a[0];
  }],
  'map': [2500, function (n) {
    for (var i = 0, a; i < n; i++) a = ints.map(function (x) { return x * 2; });
    return a[3];
  }],
  'forEach-reduce': [2000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) {
      doubles.forEach(function (x) { sum += x; });
      sum += ints.reduce(function (a, b) { return a + b; }, 0);
    }
    return sum.toFixed(6);
  }],
  'indexOf-includes': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bytes.indexOf(i & 255) + (ints.includes(i % 1500) ? 1 : 0);
    return sum;
  }],
  'find': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += ints.findIndex(function (x) { return x === 123456; });
    return sum;
  }],
  'sort-ints': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += ints.slice().sort()[100];
    return sum;
  }],
  'sort-doubles': [3000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += doubles.slice().sort()[100];
    return sum.toFixed(6);
  }],
  'sort-comparator': [500, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += ints.slice().sort(function (a, b) { return b - a; })[100];
    return sum;
  }],
  'join': [2500, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bytes.join(',').length;
    return sum;
  }],
  'reverse': [100000, function (n) {
    var a = ints.slice();
    for (var i = 0; i < n; i++) a.reverse();
    return a[0];
  }],
  'for-of': [4000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var x of bytes) sum += x;
    return sum;
  }],
  'spread': [8000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += [...bytes].length;
    return sum;
  }],
  'DataView.get': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += view.getUint8(i % 60) + view.getInt16(i % 60, true) + view.getUint32(i % 60) + view.getFloat64(8 * (i % 7), true);
    }
    return sum;
  }],
  'DataView.set': [100000, function (n) {
    var out = new DataView(new ArrayBuffer(64));
    for (var i = 0; i < n; i++) {
      out.setUint8(i % 60, i);
      out.setInt16(i % 60, i, true);
      out.setUint32(i % 60, i);
      out.setFloat64(8 * (i % 7), i, true);
    }
    return out.getUint8(7);
  }],
  'ArrayBuffer.slice': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += bytes.buffer.slice(0, i % 256).byteLength;
    return sum;
  }],
  'toBase64': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += btoa(atob('aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0')).length;
    return sum;
  }]
};
