// SPDX-License-Identifier: MIT
// The spectral norm of the infinite matrix with a(i, j) = 1 / ((i + j)(i + j + 1) / 2 + i + 1), by power iteration.
const SIZE = 1000;

function element(i, j) {
  return 1 / (((i + j) * (i + j + 1)) / 2 + i + 1);
}

function multiply(v, result, size) {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += element(i, j) * v[j];
    result[i] = sum;
  }
}

function multiply_transposed(v, result, size) {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += element(j, i) * v[j];
    result[i] = sum;
  }
}

function run(n) {
  const size = 60;
  let u = new Float64Array(size).fill(1), v = new Float64Array(size), w = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    multiply(u, w, size);
    multiply_transposed(w, v, size);
    [u, v] = [v, u];
    let length = 0;
    for (let j = 0; j < size; j++) length += u[j] * u[j];
    length = Math.sqrt(length);
    for (let j = 0; j < size; j++) u[j] /= length;
  }
  multiply(u, w, size);
  multiply_transposed(w, v, size);
  let uv = 0, uu = 0;
  for (let j = 0; j < size; j++) {
    uv += u[j] * v[j];
    uu += u[j] * u[j];
  }
  return Math.sqrt(uv / uu).toFixed(9);
}
