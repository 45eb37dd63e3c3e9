// SPDX-License-Identifier: MIT
// Typed arrays: reading and writing bytes, integers and floats; views of one buffer; set, subarray, fill.
const SIZE = 10000;

function run(n) {
  const bytes = new Uint8Array(1024);
  const words = new Int32Array(bytes.buffer);
  const floats = new Float64Array(256);
  const clamped = new Uint8ClampedArray(64);
  const view = new DataView(bytes.buffer);
  let hash = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 1024; j++) bytes[j] = bytes[j] + j + i;
    for (let j = 0; j < 256; j++) hash = (hash ^ (words[j] + (hash << 5))) | 0;
    for (let j = 0; j < 256; j++) floats[j] = floats[j] * 0.5 + j;
    for (let j = 0; j < 64; j++) clamped[j] = floats[j] + i - 20;
    hash = (hash + view.getUint16(i % 1000) + view.getInt32((i * 4) % 1000, true)) | 0;
    bytes.set(bytes.subarray(0, 100), 300);
    bytes.fill(i, 900, 910);
    hash = (hash + clamped[i & 63]) | 0;
  }
  let sum = 0;
  for (const value of floats) sum += value;
  return hash + ',' + Math.round(sum * 1000);
}
