// SPDX-License-Identifier: MIT
// Interface on a terminal: what each key does to line, cursor and history, and what is drawn.
'use strict';
const readline = require('readline');
const { PassThrough, Writable } = require('stream');

const KEYS = {
  left: '\x1b[D', right: '\x1b[C', up: '\x1b[A', down: '\x1b[B', home: '\x1b[H', end: '\x1b[F', del: '\x1b[3~', back: '\x7f', enter: '\r', tab: '\t', wordLeft: '\x1b[1;5D',
  wordRight: '\x1b[1;5C', metaB: '\x1bb', metaF: '\x1bf', metaD: '\x1bd', metaBack: '\x1b\x7f', metaY: '\x1by', undo: '\x1f', redo: '\x1e', pageup: '\x1b[5~', esc: '\x1b\x1b[x',
  a: '\x01', b: '\x02', c: '\x03', d: '\x04', e: '\x05', f: '\x06', h: '\x08', k: '\x0b', l: '\x0c', n: '\x0e', p: '\x10', u: '\x15', w: '\x17', y: '\x19', delWord: '\x1b[3;5~',
  killLeft: '\x1b[8;6~', shiftDel: '\x1b[3;6~',
};

class Screen extends Writable {
  constructor(columns) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.text = '';
  }
  _write(chunk, encoding, callback) {
    this.text += chunk;
    callback();
  }
  take() {
    const { text } = this;
    this.text = '';
    return JSON.stringify(text);
  }
}

// Types what `keys` say: words, and names of KEYS after @.
async function session(label, keys, { columns = 20, ...options } = {}, then) {
  console.log(`== ${label}`);
  const input = new PassThrough(), output = new Screen(columns);
  const rl = readline.createInterface({ input, output, terminal: true, ...options });
  for (const name of ['line', 'history', 'close', 'pause', 'resume', 'SIGINT']) {
    if (name !== 'SIGINT' || options.listen) rl.on(name, (value) => console.log(' ', name, JSON.stringify(value)));
  }
  rl.prompt();
  console.log(' ', output.take());
  for (const key of keys) {
    const text = key[0] === '@' ? KEYS[key.slice(1)] : key;
    if (rl.closed) break;
    input.write(text);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    console.log(' ', key, output.take(), JSON.stringify(rl.line), rl.cursor, rl.prevRows, rl.closed ?? false);
  }
  await then?.(rl, input, output);
  if (!rl.closed) rl.close();
  console.log(' ', output.take(), input.listenerCount('keypress'), rl.terminal);
}

(async () => {
  await session('moving', ['hello world', '@left', '@left', '@right', '@home', '@right', '@end', '@right', '@a', '@left', '@f', '@b', '@e', '@wordLeft', '@wordLeft', '@wordLeft',
    '@wordRight', '@metaF', '@metaB', 'X', '@enter']);
  await session('deleting', ['one two  three', '@back', '@left', '@left', '@del', '@h', '@d', '@w', '@metaBack', '@metaD', 'a.b.c d', '@w', '@a', '@delWord', '@metaD', '@k', 'xyz', '@left', '@u',
    '@k', '@killLeft', '@shiftDel', '@d']);
  await session('killing', ['first', '@u', 'second', '@u', '@y', '@metaY', '@metaY', 'x', '@metaY', '@left', '@k', '@y', '@y', '@enter']);
  await session('undoing', ['a', 'b', 'c', '@undo', '@undo', '@redo', '@redo', '@redo', '@back', '@u', '@undo', '@undo', '@enter', '@undo']);
  await session('wrapping', ['abcdefghijklmnopqrst', 'uvwxyz', '@left', '@home', '@right', 'Z', '@end', '@back', '@w', '@l', '@enter']);
  await session('wide', ['\u4f60\u597d', '\ud83d\ude00', 'e\u0301', '@left', '@left', '@left', '@left', '@right', '@del', '@end', '@back', '@back', '@back', '@enter'], { columns: 10 });
  await session('history', ['one', '@enter', 'two', '@enter', 'two', '@enter', ' ', '@enter', '@enter', '@up', '@up', '@up', '@down', '@down', '@down', 'o', '@up', '@up', '@down', '@p', '@n', '@enter'],
    { history: ['old', 'older', 'once'] });
  await session('small history', ['a', '@enter', 'b', '@enter', 'c', '@enter', 'a', '@enter', '@up', '@up', '@up'], { historySize: 2, removeHistoryDuplicates: true });
  await session('no history', ['a', '@enter', '@up'], { historySize: 0 });
  await session('pasting', ['one\rtwo\nthree\r\nfour', '@enter', 'a\tb', '@pageup', '@esc', '\u2028x']);
  await session('interrupt', ['abc', '@c', 'd', '@c'], { listen: true });
  await session('interrupt closes', ['abc', '@c']);
  await session('end', ['a', '@d', '@back', '@d']);
  const words = ['apple', 'apricot', 'banana', 'b\u00e4r'];
  const completer = (line) => [words.filter((w) => w.startsWith(line)), line];
  await session('completion', ['a', '@tab', '@tab', 'r', '@tab', '@enter', 'x', '@tab', '@u', '@tab', '@tab', '@tab', '@enter'], { completer, columns: 30 });
  await session('slow completion', ['b', '@tab', '@tab'], { completer: (line, callback) => setImmediate(callback, null, completer(line)) });
  await session('promised completion', ['ba', '@tab'], { completer: async (line) => completer(line) });
  await session('failing completion', ['ba', '@tab'], { completer: (line, callback) => callback(new Error('no').message) });
  await session('groups', ['@tab', '@tab'], { completer: () => [['one', '', 'two', 'three', 'fourteen'], ''], columns: 15 });
  await session('other completion', ['foo.B', '@tab'], { completer: () => [['bar'], 'B'] });
  await session('prompt', ['abc'], { prompt: '\x1b[31mcolour\x1b[0m> ' }, async (rl, input, output) => {
    rl.setPrompt('new$ ');
    rl.prompt(true);
    console.log(' ', output.take(), rl.cursor, rl.getCursorPos());
    rl.prompt();
    console.log(' ', output.take(), rl.cursor, rl.getPrompt(), rl.columns);
    rl.write('more');
    rl.write(null, { ctrl: true, name: 'a' });
    rl.write('<', undefined);
    console.log(' ', output.take(), rl.line, rl.cursor);
    output.columns = 10;
    output.emit('resize');
    console.log(' ', output.take());
    rl.write(null, { name: 'return' });
    console.log(' ', output.take());
  });
  await session('question', [], {}, async (rl, input, output) => {
    rl.question('Who? ', (answer) => console.log('  answer', answer));
    console.log(' ', output.take());
    for (const c of 'me\r') input.write(c);
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(' ', output.take());
    rl._writeToOutput = (text) => output.write('*'.repeat(text.length));
    rl.question('Secret? ', (answer) => console.log('  answer', answer));
    input.write('pw\r');
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(' ', output.take());
    input.end('rest');
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
  process.env.TERM = 'dumb';
  await session('dumb', ['abc', '@left', '@enter', 'x', '@c']);
})();
