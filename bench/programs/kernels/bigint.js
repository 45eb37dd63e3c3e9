// SPDX-License-Identifier: MIT
// BigInt arithmetic with small and large values: factorials, Fibonacci, modular powers, shifts, printing.
const SIZE = 9500;

function power(base, exponent, modulus) {
  let result = 1n;
  base %= modulus;
  while (exponent > 0n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
    exponent >>= 1n;
  }
  return result;
}

function run(n) {
  const modulus = (1n << 127n) - 1n;
  let state = 1n;
  let digits = 0;
  for (let i = 0; i < n; i++) {
    let factorial = 1n;
    for (let j = 2n; j <= 60n; j++) factorial *= j;
    let a = 0n;
    let b = 1n;
    for (let j = 0; j < 200; j++) [a, b] = [b, a + b];
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    const result = power(state, state ^ 0x5555555555n, modulus);
    digits += (factorial / (b - a)).toString().length + result.toString(16).length;
    if (BigInt.asIntN(64, state) < 0n) digits++;
  }
  return digits + ',' + state;
}
