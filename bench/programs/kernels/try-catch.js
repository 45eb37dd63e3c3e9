// SPDX-License-Identifier: MIT
// try blocks that do not throw, throws caught near and far, finally, and Error objects.
var SIZE = 35000;

function check(value) {
  if (value % 16 === 0) throw new RangeError('value ' + value);
  return value;
}

function guarded(value) {
  try {
    return check(value);
  } catch (error) {
    return error instanceof RangeError ? error.message.length : -1;
  } finally {
    finished++;
  }
}

function deep(depth, value) {
  if (depth === 0) throw value;
  return deep(depth - 1, value) + 1;
}

var finished = 0;

function run(n) {
  var sum = 0;
  finished = 0;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 64; j++) sum = (sum + guarded(i + j)) | 0;
    for (j = 0; j < 4; j++) {
      try {
        deep(8, j);
      } catch (value) {
        sum += value;
      }
    }
  }
  return sum + ',' + finished;
}
