// SPDX-License-Identifier: MIT
// Solves sudoku by trying, in parallel: the first empty cells are filled in every possible way, which makes a list of boards, and
// workers take boards from that list. Whoever finds a solution says so in a shared word, and all others stop looking.
//
//   ./dev run examples/sudoku.js [81 digits, row by row, 0 for an empty cell]
'use strict';
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const PUZZLE = '000000010400000000020000000000050407008000300001090000300400200050100000000806000';
const THREADS = 4;
const NEXT = 0, SOLVED = 1; // the shared words

// A board is 81 digits; beside it, the digits used in each row, column and box, as bits.
class Board {
  constructor(cells) {
    this.cells = Uint8Array.from(cells);
    this.rows = new Uint16Array(9);
    this.columns = new Uint16Array(9);
    this.boxes = new Uint16Array(9);
    this.cells.forEach((digit, cell) => digit && this.flip(cell, digit));
  }
  flip(cell, digit) {
    const row = Math.floor(cell / 9), column = cell % 9;
    this.rows[row] ^= 1 << digit;
    this.columns[column] ^= 1 << digit;
    this.boxes[Math.floor(row / 3) * 3 + Math.floor(column / 3)] ^= 1 << digit;
  }
  choices(cell) { // the digits that may stand there, as bits
    const row = Math.floor(cell / 9), column = cell % 9;
    return 0b1111111110 & ~(this.rows[row] | this.columns[column] | this.boxes[Math.floor(row / 3) * 3 + Math.floor(column / 3)]);
  }
  // The empty cell with the fewest choices; -1: the board is full.
  tightest() {
    let best = -1, fewest = 10;
    for (let cell = 0; cell < 81; cell++) {
      if (this.cells[cell]) continue;
      let count = 0;
      for (let bits = this.choices(cell); bits; bits &= bits - 1) count++;
      if (count < fewest) [best, fewest] = [cell, count];
      if (count < 2) break;
    }
    return best;
  }
  // Calls visit() with every digit that fits into the cell; ends when visit() gives true.
  try(cell, visit) {
    const choices = this.choices(cell);
    for (let digit = 1; digit <= 9; digit++) {
      if (!(choices & (1 << digit))) continue;
      this.cells[cell] = digit;
      this.flip(cell, digit);
      if (visit()) return true;
      this.flip(cell, digit);
      this.cells[cell] = 0;
    }
    return false;
  }
}

// All boards that follow from this one, until there are enough to share out.
function split(cells, enough) {
  let boards = [cells];
  while (boards.length > 0 && boards.length < enough) {
    const next = [];
    for (const cells of boards) {
      const board = new Board(cells), cell = board.tightest();
      if (cell < 0) return [cells];
      board.try(cell, () => { next.push(board.cells.slice()); });
    }
    boards = next;
  }
  return boards;
}

function solve(board, shared) {
  if (Atomics.load(shared, SOLVED)) return false; // somebody else was faster
  const cell = board.tightest();
  return cell < 0 || board.try(cell, () => solve(board, shared));
}

if (isMainThread) {
  const puzzle = process.argv[2] ?? PUZZLE;
  const boards = split([...puzzle].map(Number), 16 * THREADS);
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let running = THREADS;
  for (let i = 0; i < THREADS; i++) {
    const worker = new Worker(__filename, { workerData: { boards, shared } });
    worker.on('message', (cells) => {
      for (let row = 0; row < 9; row++) console.log(cells.subarray(row * 9, row * 9 + 9).join(' '));
    });
    worker.on('exit', () => {
      if (--running === 0 && !shared[SOLVED]) console.log('no solution');
    });
  }
} else {
  const { boards, shared } = workerData;
  for (let i; (i = Atomics.add(shared, NEXT, 1)) < boards.length;) {
    const board = new Board(boards[i]);
    // Of two that find a solution at the same time, the exchange names one.
    if (solve(board, shared) && Atomics.exchange(shared, SOLVED, 1) === 0) parentPort.postMessage(board.cells);
  }
}
