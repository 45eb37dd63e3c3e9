// SPDX-License-Identifier: MIT
// What the pools of this folder let their workers do: arithmetic, buffers, errors of many kinds, and work that never ends.
'use strict';

// How many primes are below n.
function primes(n) {
  const composite = new Uint8Array(n);
  let count = 0;
  for (let i = 2; i < n; i++) {
    if (composite[i]) continue;
    count++;
    for (let j = i * i; j < n; j += i) composite[j] = 1;
  }
  return count;
}

// The longest Collatz chain that begins in [from, to): its start and length.
function collatz({from, to}) {
  let best = [0, 0];
  for (let start = from; start < to; start++) {
    let length = 1;
    for (let n = start; n !== 1; length++) n = n % 2 ? 3 * n + 1 : n / 2;
    if (length > best[1]) best = [start, length];
  }
  return best;
}

function queens(n, row = 0, columns = 0, left = 0, right = 0) {
  if (row === n) return 1;
  let count = 0;
  for (let free = ~(columns | left | right) & ((1 << n) - 1); free; free &= free - 1) {
    const bit = free & -free;
    count += queens(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}

// Multiplies every byte in place; the caller moves the buffer here and back.
function scale(bytes, factor) {
  for (let i = 0; i < bytes.length; i++) bytes[i] *= factor;
  return bytes;
}

class CustomError extends RangeError {
  constructor(message, detail) {
    super(message);
    this.name = 'CustomError';
    this.code = 'E_CUSTOM';
    this.detail = detail;
  }
}

// Fails in the way that `kind` says.
function fail(kind) {
  switch (kind) {
    case 'type': throw new TypeError('a type error');
    case 'range': throw new RangeError('a range error');
    case 'custom': throw new CustomError('a custom error', {place: [1, 2]});
    case 'code': throw Object.assign(new Error('with a code'), {code: 'E_CODE', errno: -7});
    case 'cause': throw new Error('outer', {cause: new SyntaxError('inner')});
    case 'node': return Buffer.alloc('x');
    case 'file': return require('fs').readFileSync('/does/not/exist');
    default: throw new Error(`kind ${kind}`);
  }
}

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function forever() {
  for (;;);
}

module.exports = {primes, collatz, queens, scale, fail, sleep, forever, CustomError};
