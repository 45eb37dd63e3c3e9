// SPDX-License-Identifier: MIT
// pako deflates and inflates with every level and strategy, in one piece and in chunks; broken input.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, small} = require('./lib/harness.js');
const {script, random_from} = require('./lib/inputs.js');

function digest(bytes) {
  let a = 1, b = 0;
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return `${bytes.length}:${(b * 65536 + a).toString(16)}`;
}

run('pako', (pako) => {
  const text = script(true), bytes = new TextEncoder().encode(small ? text.slice(0, 30000) : text);
  const random = random_from(3), noise = Uint8Array.from({length: 20000}, () => random(256));
  const inputs = {text: bytes, noise, zeros: new Uint8Array(50000), empty: new Uint8Array(0), one: Uint8Array.of(7), ramp: Uint8Array.from({length: 3000}, (_, i) => i >> 3)};
  for (const name of Object.keys(inputs)) {
    for (const level of [0, 1, 3, 6, 9]) {
      const packed = pako.deflate(inputs[name], {level});
      show(`${name} level ${level}`, [digest(packed), digest(pako.inflate(packed)) === digest(inputs[name])]);
    }
    for (let strategy = 0; strategy < 5; strategy++) {
      const packed = pako.deflateRaw(inputs[name], {strategy, memLevel: 1 + strategy * 2, windowBits: 9 + strategy});
      show(`${name} strategy ${strategy}`, [digest(packed), digest(pako.inflateRaw(packed))]);
    }
    const zipped = pako.gzip(inputs[name], {header: {hcrc: true, time: 1234567, os: 3, name: 'näme', comment: 'c', extra: [1, 2]}});
    show(`${name} gzip`, [digest(zipped), digest(pako.ungzip(zipped))]);
  }
  const pieces = new pako.Deflate({level: 5, chunkSize: 512, dictionary: new TextEncoder().encode('function return this')});
  for (let i = 0; i < bytes.length; i += 7000) pieces.push(bytes.subarray(i, i + 7000), i + 7000 >= bytes.length);
  show('chunks', [digest(pieces.result), pieces.err, pieces.msg]);
  const out = new pako.Inflate({chunkSize: 777, dictionary: new TextEncoder().encode('function return this')});
  const sizes = [];
  out.onData = (chunk) => { sizes.push(chunk.length); out.chunks.push(chunk); };
  for (let i = 0; i < pieces.result.length; i += 1000) out.push(pieces.result.subarray(i, i + 1000));
  show('chunks back', [digest(out.result), out.err, sizes.length]);
  show('strings', [pako.inflate(pako.deflate('Zażółć \u{1F600} text'), {toText: true, to: 'string'}), pako.deflate('abc').toString(), pako.deflateRaw('aaaaaaaaaa').toString()]);
  const good = pako.deflate(bytes.subarray(0, 5000));
  for (const [name, change] of Object.entries({truncated: (b) => b.subarray(0, 200), 'bad header': (b) => { b[0] = 1; return b; }, 'bad check': (b) => { b[b.length - 1] ^= 1; return b; }, 'bad code': (b) => { b[3] = 255; b[4] = 255; return b; }, empty: () => new Uint8Array(0)})) {
    show(name, () => { const r = pako.inflate(change(good.slice())); return r && digest(r); });
  }
  show('bad level', () => pako.deflate('x', {level: 99}));
  show('constants', pako.constants && Object.keys(pako.constants).sort());
});
