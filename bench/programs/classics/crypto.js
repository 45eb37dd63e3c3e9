// SPDX-License-Identifier: MIT
// RSA with numbers as arrays of 15-bit digits (schoolbook multiplication, Knuth's division) and again with BigInt; both
// must agree.
const SIZE = 50;

const BITS = 15, BASE = 1 << BITS, MASK = BASE - 1;

function trim(a) {
  while (a.length > 1 && a[a.length - 1] === 0) a.pop();
  return a;
}

function from_big(value) {
  const digits = [];
  do {
    digits.push(Number(value & BigInt(MASK)));
    value >>= BigInt(BITS);
  } while (value > 0n);
  return digits;
}

function to_hex(digits) {
  let value = 0n;
  for (let i = digits.length - 1; i >= 0; i--) value = (value << BigInt(BITS)) | BigInt(digits[i]);
  return value.toString(16);
}

function compare(a, b) {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

function multiply(a, b) {
  const result = new Array(a.length + b.length).fill(0);
  for (let i = 0; i < a.length; i++) {
    let carry = 0;
    const digit = a[i];
    if (digit === 0) continue;
    for (let j = 0; j < b.length; j++) {
      const sum = result[i + j] + digit * b[j] + carry;
      result[i + j] = sum & MASK;
      carry = sum >>> BITS;
    }
    result[i + b.length] = carry;
  }
  return trim(result);
}

function shift_left(a, count) {
  const result = [];
  let carry = 0;
  for (let i = 0; i < a.length; i++) {
    const value = (a[i] << count) | carry;
    result.push(value & MASK);
    carry = value >>> BITS;
  }
  result.push(carry);
  return result;
}

function shift_right(a, count) {
  const result = new Array(a.length);
  let carry = 0;
  for (let i = a.length - 1; i >= 0; i--) {
    result[i] = (a[i] >>> count) | ((carry << (BITS - count)) & MASK);
    carry = a[i] & ((1 << count) - 1);
  }
  return trim(result);
}

function remainder(a, b) {
  if (compare(a, b) < 0) return a.slice();
  let count = 0;
  while ((b[b.length - 1] << count) < BASE / 2) count++;
  const divisor = trim(shift_left(b, count)), rest = shift_left(a, count), size = divisor.length;
  const top = divisor[size - 1], second = size > 1 ? divisor[size - 2] : 0;
  for (let j = rest.length - size - 1; j >= 0; j--) {
    const front = rest[j + size] * BASE + rest[j + size - 1];
    let guess = Math.floor(front / top), left = front - guess * top;
    const third = size > 1 ? rest[j + size - 2] : 0;
    while (guess >= BASE || guess * second > left * BASE + third) {
      guess--;
      left += top;
      if (left >= BASE) break;
    }
    let borrow = 0, carry = 0;
    for (let i = 0; i < size; i++) {
      const product = guess * divisor[i] + carry;
      carry = product >>> BITS;
      const value = rest[i + j] - (product & MASK) - borrow;
      rest[i + j] = value & MASK;
      borrow = value < 0 ? 1 : 0;
    }
    const value = rest[j + size] - carry - borrow;
    rest[j + size] = value & MASK;
    if (value >= 0) continue;
    carry = 0;
    for (let i = 0; i < size; i++) {
      const sum = rest[i + j] + divisor[i] + carry;
      rest[i + j] = sum & MASK;
      carry = sum >>> BITS;
    }
    rest[j + size] = (rest[j + size] + carry) & MASK;
  }
  rest.length = size;
  return shift_right(trim(rest), count);
}

function power(base, exponent, modulus) {
  let result = [1];
  base = remainder(base, modulus);
  for (let i = 0; i < exponent.length; i++) {
    for (let bit = 0; bit < BITS; bit++) {
      if ((exponent[i] >>> bit) & 1) result = remainder(multiply(result, base), modulus);
      base = remainder(multiply(base, base), modulus);
    }
  }
  return result;
}

function power_big(base, exponent, modulus) {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return x < 0n ? x + modulus : x;
}

function run(n) {
  // Two Mersenne primes make the key.
  const p = (1n << 89n) - 1n, q = (1n << 107n) - 1n, modulus = p * q;
  const public_key = 65537n, private_key = inverse(public_key, (p - 1n) * (q - 1n));
  const digits = from_big(modulus), public_digits = from_big(public_key), private_digits = from_big(private_key);
  let message = 0x576566742072756e73n, text = '';
  for (let i = 0; i < n; i++) {
    const secret = power(from_big(message), public_digits, digits);
    const clear = power(secret, private_digits, digits);
    const secret_big = power_big(message, public_key, modulus);
    const clear_big = power_big(secret_big, private_key, modulus);
    if (to_hex(secret) !== secret_big.toString(16) || to_hex(clear) !== clear_big.toString(16)) return 'wrong at ' + i;
    if (clear_big !== message) return 'lost at ' + i;
    text = to_hex(secret);
    message = (message * 31n + BigInt(i)) % modulus;
  }
  return text;
}
