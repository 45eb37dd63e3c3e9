// SPDX-License-Identifier: MIT
// Writes pictures as PNG without compression, so that a program that makes a picture needs no library.
'use strict';

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function adler32(bytes) {
  let a = 1, b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

const bigEndian = (n) => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

// A zlib stream of stored blocks, each of at most 65,535 bytes.
function store(bytes) {
  const parts = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < bytes.length; at += 65535) {
    const block = bytes.subarray(at, at + 65535), n = block.length;
    parts.push(Uint8Array.of(at + n === bytes.length ? 1 : 0, n, n >> 8, ~n, ~n >> 8), block);
  }
  return Buffer.concat([...parts, bigEndian(adler32(bytes))]);
}

// pixels: red, green, blue of each pixel, row by row. Returns the bytes of the file.
function png(width, height, pixels) {
  const rows = new Uint8Array(height * (1 + width * 3)); // each row starts with a 0: not filtered
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  const header = Buffer.concat([bigEndian(width), bigEndian(height), Uint8Array.of(8, 2, 0, 0, 0)]); // 8 bits, RGB
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header), chunk('IDAT', store(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}

module.exports = { png, crc32 };
