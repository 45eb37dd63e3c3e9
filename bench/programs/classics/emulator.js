// SPDX-License-Identifier: MIT
// An eight-bit processor of our own in a loop over typed arrays, with an assembler, running a sieve, a checksum and a
// bubble sort.
const SIZE = 400;

const [HALT, LDI, LD, ST, LDX, STX, MOV, ADD, SUB, AND, XOR, SHL, CMP, JMP, JZ, JNZ, JC, CALL, RET, PUSH, POP, INC, DEC,
  OUT] = Array(24).keys();
const ZERO = 1, CARRY = 2;

class Machine {
  constructor(program) {
    this.memory = new Uint8Array(65536);
    this.registers = new Uint8Array(8);
    this.output = 0;
    this.memory.set(program, 0);
  }
  run(limit) {
    const memory = this.memory, registers = this.registers;
    let pc = 0, sp = 0xffff, flags = 0, cycles = 0;
    while (cycles < limit) {
      cycles++;
      const op = memory[pc], a = memory[pc + 1], b = memory[pc + 2];
      pc += 3;
      switch (op) {
        case HALT:
          return cycles;
        case LDI:
          registers[a] = b;
          break;
        case LD:
          registers[a] = memory[0x8000 | b];
          break;
        case ST:
          memory[0x8000 | b] = registers[a];
          break;
        case LDX:
          registers[a] = memory[0x9000 | registers[b]];
          break;
        case STX:
          memory[0x9000 | registers[b]] = registers[a];
          break;
        case MOV:
          registers[a] = registers[b];
          break;
        case ADD: {
          const sum = registers[a] + registers[b];
          registers[a] = sum;
          flags = ((sum & 0xff) === 0 ? ZERO : 0) | (sum > 255 ? CARRY : 0);
          break;
        }
        case SUB: {
          const difference = registers[a] - registers[b];
          registers[a] = difference;
          flags = (difference === 0 ? ZERO : 0) | (difference < 0 ? CARRY : 0);
          break;
        }
        case AND:
          registers[a] &= registers[b];
          flags = registers[a] === 0 ? ZERO : 0;
          break;
        case XOR:
          registers[a] ^= registers[b];
          flags = registers[a] === 0 ? ZERO : 0;
          break;
        case SHL: {
          const shifted = registers[a] << b;
          registers[a] = shifted;
          flags = ((shifted & 0xff) === 0 ? ZERO : 0) | (shifted > 255 ? CARRY : 0);
          break;
        }
        case CMP:
          flags = (registers[a] === registers[b] ? ZERO : 0) | (registers[a] < registers[b] ? CARRY : 0);
          break;
        case JMP:
          pc = a | (b << 8);
          break;
        case JZ:
          if (flags & ZERO) pc = a | (b << 8);
          break;
        case JNZ:
          if (!(flags & ZERO)) pc = a | (b << 8);
          break;
        case JC:
          if (flags & CARRY) pc = a | (b << 8);
          break;
        case CALL:
          memory[sp--] = pc & 0xff;
          memory[sp--] = pc >> 8;
          pc = a | (b << 8);
          break;
        case RET:
          pc = (memory[++sp] << 8) | memory[++sp];
          break;
        case PUSH:
          memory[sp--] = registers[a];
          break;
        case POP:
          registers[a] = memory[++sp];
          break;
        case INC:
          registers[a]++;
          flags = registers[a] === 0 ? ZERO : 0;
          break;
        case DEC:
          registers[a]--;
          flags = registers[a] === 0 ? ZERO : 0;
          break;
        case OUT:
          this.output = (this.output * 31 + registers[a]) | 0;
          break;
        default:
          throw new Error('illegal instruction ' + op);
      }
    }
    return cycles;
  }
}

const OPERATIONS = {HALT, LDI, LD, ST, LDX, STX, MOV, ADD, SUB, AND, XOR, SHL, CMP, JMP, JZ, JNZ, JC, CALL, RET, PUSH,
  POP, INC, DEC, OUT};

function assemble(source) {
  const lines = source.trim().split('\n').map((line) => line.trim().split(/\s+/));
  const labels = {};
  let at = 0;
  for (const [first] of lines) {
    if (first.endsWith(':')) labels[first.slice(0, -1)] = at;
    else at += 3;
  }
  const bytes = [];
  for (const [operation, ...operands] of lines) {
    if (operation.endsWith(':')) continue;
    const code = OPERATIONS[operation];
    if (code === undefined) throw new Error('no such operation: ' + operation);
    if (operands[0] in labels) {
      bytes.push(code, labels[operands[0]] & 0xff, labels[operands[0]] >> 8);
      continue;
    }
    const values = operands.map((text) => Number(text.replace('r', '')));
    bytes.push(code, values[0] || 0, values[1] || 0);
  }
  return bytes;
}

const PROGRAM = assemble(`
  CALL fill
  CALL sieve
  CALL sort
  HALT
fill:
  LDI r0 0
  LDI r1 7
fill_next:
  STX r1 r0
  ADD r1 r1
  LDI r2 29
  XOR r1 r2
  ADD r1 r0
  INC r0
  JNZ fill_next
  RET
sieve:
  LDI r0 2
sieve_next:
  MOV r1 r0
  ADD r1 r0
  JC sieve_skip
sieve_mark:
  LDX r3 r1
  INC r3
  STX r3 r1
  ADD r1 r0
  JC sieve_skip
  JMP sieve_mark
sieve_skip:
  OUT r1
  INC r0
  LDI r4 64
  CMP r0 r4
  JNZ sieve_next
  RET
sort:
  LDI r7 24
sort_pass:
  LDI r0 0
sort_step:
  MOV r1 r0
  INC r1
  LDX r2 r0
  LDX r3 r1
  CMP r3 r2
  JC sort_swap
  JMP sort_kept
sort_swap:
  STX r3 r0
  STX r2 r1
sort_kept:
  OUT r2
  INC r0
  CMP r0 r7
  JNZ sort_step
  PUSH r7
  DEC r7
  JZ sort_done
  POP r6
  JMP sort_pass
sort_done:
  POP r6
  RET
`);

function run(n) {
  let cycles = 0, output = 0;
  for (let i = 0; i < n; i++) {
    const machine = new Machine(PROGRAM);
    cycles += machine.run(100000);
    output = (output ^ machine.output) + i | 0;
  }
  return cycles + ',' + output;
}
