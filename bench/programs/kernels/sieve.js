// SPDX-License-Identifier: MIT
// The sieve of Eratosthenes over an ordinary array: filling, strided writes, reading back.
var SIZE = 1500;

function count_primes(limit) {
  var composite = [], count = 0, i, j;
  for (i = 0; i <= limit; i++) composite.push(false);
  for (i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    count++;
    for (j = i * 2; j <= limit; j += i) composite[j] = true;
  }
  return count;
}

function run(n) {
  var sum = 0;
  for (var i = 0; i < n; i++) sum += count_primes(2000 + i);
  return sum;
}
