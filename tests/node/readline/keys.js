// SPDX-License-Identifier: MIT
// emitKeypressEvents: what each sequence of a terminal is called.
'use strict';
const readline = require('readline');
const { PassThrough } = require('stream');

const say = (text, key) => console.log(JSON.stringify(text), JSON.stringify(key), Object.keys(key).join());

async function send(chunks, options) {
  const stream = new PassThrough();
  readline.emitKeypressEvents(stream, options);
  stream.on('keypress', say);
  for (const chunk of chunks) stream.write(chunk);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

(async () => {
  const finals = ['A', 'B', 'C', 'D', 'E', 'F', 'H', 'P', 'Q', 'R', 'S', 'Z', 'a', 'b', 'c', 'd', 'e', 'x'];
  await send(finals.map((c) => `\x1b[${c}`));
  await send(finals.map((c) => `\x1bO${c}`));
  await send(['A', 'B', 'C', 'D', 'E', '5~', '6~'].map((c) => `\x1b[[${c}`));
  for (const last of ['~', '^', '$']) await send([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 200, 201].map((n) => `\x1b[${n}${last}`));
  for (const modifier of [2, 3, 5, 6, 9]) await send([`\x1b[1;${modifier}A`, `\x1b[${modifier}D`, `\x1b[3;${modifier}~`, `\x1bO${modifier}P`, `\x1b\x1b[1;${modifier}C`]);
  await send(Array.from({ length: 33 }, (_, i) => String.fromCharCode(i)).filter((c) => c !== '\x1b'));
  await send(['a', 'Z', '0', '-', '.', '\x7f', '\u00e9', '\u20ac', '\ud83d\ude00', 'abc', '\r\n', 'x\x1b[Ay']);
  await send(['\x1ba', '\x1bA', '\x1b5', '\x1b-', '\x1b\r', '\x1b\n', '\x1b\t', '\x1b ', '\x1b\x7f', '\x1b\x01', '\x1b\x1ba', '\x1b\x1b[A', '\x1b\x1b\x1b[A']);
  await send(['\x1b[', 'A', '\x1b', '[B', Buffer.from([0xe2, 0x82]), Buffer.from([0xac]), '\x1b[1', ';5', 'C']);
  await send(['\x1b'], { escapeCodeTimeout: 5 });
  await send(['\x1b', '\x1b'], { escapeCodeTimeout: 5 });
  await send(['a\x1b'], { escapeCodeTimeout: 5 });
  {
    // Only while somebody listens.
    const stream = new PassThrough();
    readline.emitKeypressEvents(stream);
    readline.emitKeypressEvents(stream);
    console.log(stream.listenerCount('data'), stream.listenerCount('newListener'));
    stream.on('keypress', say);
    console.log(stream.listenerCount('data'), stream.listenerCount('newListener'));
    stream.write('a');
    await new Promise((resolve) => setImmediate(resolve));
    stream.removeListener('keypress', say);
    stream.write('b');
    await new Promise((resolve) => setImmediate(resolve));
    console.log(stream.listenerCount('data'), stream.listenerCount('newListener'));
  }
})();
