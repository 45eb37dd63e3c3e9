// SPDX-License-Identifier: MIT
// Four threads draw the Mandelbrot set into one shared buffer, then filter it: a soft glow, made of a blurred copy. The threads take
// rows as they come; between the passes they meet at a barrier, because a blurred pixel needs the pixels of its neighbours' rows.
//
//   ./dev run examples/picture.js [mandelbrot.png]
//
// Look at it with any viewer or browser: `xdg-open mandelbrot.png`.
'use strict';
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const WIDTH = 240, HEIGHT = 180, THREADS = 4, STEPS = 48, RADIUS = 3;
const ARRIVED = 0, PASS = 1, ROWS = 2; // the shared words: the barrier's two, then a counter of rows for each pass

// How many steps the point takes to leave the circle of radius 2.
function steps(re, im) {
  for (let x = 0, y = 0, n = 0; n < STEPS; n++) {
    const xx = x * x, yy = y * y;
    if (xx + yy > 4) return n;
    y = 2 * x * y + im;
    x = xx - yy + re;
  }
  return STEPS;
}

function drawRow(y, picture) {
  for (let x = 0, at = y * WIDTH * 3; x < WIDTH; x++, at += 3) {
    const n = steps((x / WIDTH) * 3.2 - 2.3, (y / HEIGHT - 0.5) * 2.4);
    const light = n === STEPS ? 0 : n / STEPS;
    picture[at] = 255 * Math.min(1, light * 3);
    picture[at + 1] = 255 * light;
    picture[at + 2] = 255 * (n === STEPS ? 0 : Math.sqrt(light) * 0.6 + 0.2);
  }
}

// to = the mean of from's 2 * RADIUS + 1 pixels around each, in steps of `stride` bytes: 3 is along the row, a row's bytes down the column.
function blurRow(y, from, to, stride) {
  for (let at = y * WIDTH * 3, end = at + WIDTH * 3; at < end; at++) {
    let sum = 0, count = 0;
    for (let i = at - RADIUS * stride; i <= at + RADIUS * stride; i += stride) {
      if (i < 0 || i >= from.length) continue;
      sum += from[i];
      count++;
    }
    to[at] = sum / count;
  }
}

function glowRow(y, picture, blurred) {
  for (let at = y * WIDTH * 3, end = at + WIDTH * 3; at < end; at++) picture[at] = Math.min(255, picture[at] + blurred[at] * 0.7);
}

// Waits until all threads are here. The last one opens the barrier by counting the pass.
function meet(words) {
  const pass = Atomics.load(words, PASS);
  if (Atomics.add(words, ARRIVED, 1) === THREADS - 1) {
    Atomics.store(words, ARRIVED, 0);
    Atomics.add(words, PASS, 1);
    Atomics.notify(words, PASS);
  }
  while (Atomics.load(words, PASS) === pass) Atomics.wait(words, PASS, pass);
}

function work({ words, picture, across, blurred }) {
  const passes = [
    (y) => drawRow(y, picture),
    (y) => blurRow(y, picture, across, 3),
    (y) => blurRow(y, across, blurred, WIDTH * 3),
    (y) => glowRow(y, picture, blurred),
  ];
  passes.forEach((pass, number) => {
    for (let y; (y = Atomics.add(words, ROWS + number, 1)) < HEIGHT;) pass(y);
    meet(words);
  });
}

function main() {
  const { png, crc32 } = require('./lib/png.js');
  const file = process.argv[2] ?? 'mandelbrot.png';
  const plane = () => new Uint8Array(new SharedArrayBuffer(WIDTH * HEIGHT * 3));
  const shared = { words: new Int32Array(new SharedArrayBuffer(24)), picture: plane(), across: plane(), blurred: plane() };

  let running = THREADS;
  const end = () => {
    if (--running > 0) return;
    const bytes = png(WIDTH, HEIGHT, shared.picture);
    require('node:fs').writeFileSync(file, bytes);
    console.log(`${file}: ${WIDTH} x ${HEIGHT}, ${bytes.length} bytes, checksum ${crc32(bytes).toString(16)}`);
  };
  for (let i = 0; i < THREADS; i++) new Worker(__filename, { workerData: shared }).on('exit', end);
}

if (isMainThread) main();
else work(workerData);
