// SPDX-License-Identifier: MIT
// The kernel of a small operating system, simulated: tasks of several classes with priorities exchange packets
// through queues, wait for devices and are scheduled by the most urgent that is ready.
const SIZE = 850;

const READY = 0, WAITING = 1, HELD = 2;
const WORK = 0, DISK = 1, NETWORK = 2;

class Packet {
  constructor(kind, owner) {
    this.kind = kind;
    this.owner = owner;
    this.link = null;
    this.cursor = 0;
    this.data = [0, 0, 0, 0];
  }
}

class Queue {
  constructor() {
    this.head = null;
    this.tail = null;
    this.length = 0;
  }
  put(packet) {
    packet.link = null;
    if (this.head === null) this.head = packet;
    else this.tail.link = packet;
    this.tail = packet;
    this.length++;
  }
  take() {
    const packet = this.head;
    if (packet === null) return null;
    this.head = packet.link;
    if (this.head === null) this.tail = null;
    packet.link = null;
    this.length--;
    return packet;
  }
}

class Task {
  constructor(kernel, id, priority) {
    this.kernel = kernel;
    this.id = id;
    this.priority = priority;
    this.state = READY;
    this.inbox = new Queue();
  }
  receive(packet) {
    this.inbox.put(packet);
    if (this.state === WAITING) this.state = READY;
  }
  wait() {
    if (this.inbox.head === null) this.state = WAITING;
  }
  step() {
    throw new Error('a task must define step');
  }
}

class Idle extends Task {
  constructor(kernel, id, turns) {
    super(kernel, id, 0);
    this.turns = turns;
    this.register = 1;
  }
  step() {
    if (--this.turns <= 0) {
      this.state = HELD;
      this.kernel.stop();
      return;
    }
    // A shift register with feedback decides which device finishes first.
    const bit = this.register & 1;
    this.register = bit ? (this.register >> 1) ^ 0xd008 : this.register >> 1;
    this.kernel.release(bit ? DISK : NETWORK);
  }
}

class Worker extends Task {
  constructor(kernel, id, handlers) {
    super(kernel, id, 1000);
    this.handlers = handlers;
    this.turn = 0;
    this.letter = 0;
  }
  step() {
    const packet = this.inbox.take();
    if (packet === null) return this.wait();
    this.turn = (this.turn + 1) % this.handlers.length;
    packet.owner = this.id;
    packet.cursor = 0;
    for (let i = 0; i < 4; i++) {
      this.letter = this.letter === 26 ? 1 : this.letter + 1;
      packet.data[i] = 64 + this.letter;
    }
    this.kernel.send(this.handlers[this.turn], packet);
  }
}

class Handler extends Task {
  constructor(kernel, id, device) {
    super(kernel, id, 2000 + id);
    this.device = device;
    this.pending = new Queue();
    this.free = new Queue();
  }
  step() {
    const arrived = this.inbox.take();
    if (arrived !== null) (arrived.kind === WORK ? this.pending : this.free).put(arrived);
    const work = this.pending.head;
    if (work === null) return this.wait();
    if (work.cursor === work.data.length) {
      this.pending.take();
      this.kernel.send(work.owner, work);
      return;
    }
    const carrier = this.free.take();
    if (carrier === null) return this.wait();
    carrier.data[0] = work.data[work.cursor++];
    carrier.owner = this.id;
    this.kernel.send(this.device, carrier);
  }
}

class Device extends Task {
  constructor(kernel, id, kind) {
    super(kernel, id, 4000 + id);
    this.kind = kind;
    this.current = null;
    this.checksum = 0;
  }
  step() {
    if (this.current === null) {
      this.current = this.inbox.take();
      if (this.current === null) return this.wait();
      this.checksum = (this.checksum * 31 + this.current.data[0]) & 0xffffff;
      this.state = HELD;
      return;
    }
    const packet = this.current;
    this.current = null;
    this.kernel.send(packet.owner, packet);
  }
}

class Kernel {
  constructor(turns) {
    this.tasks = [];
    this.sent = 0;
    this.steps = 0;
    this.running = true;
    this.add(new Idle(this, 0, turns));
    this.add(new Worker(this, 1, [2, 3]));
    this.add(new Handler(this, 2, 4));
    this.add(new Handler(this, 3, 5));
    this.add(new Device(this, 4, DISK));
    this.add(new Device(this, 5, NETWORK));
    for (let i = 0; i < 2; i++) this.tasks[1].receive(new Packet(WORK, 1));
    for (let i = 0; i < 3; i++) {
      this.tasks[2].receive(new Packet(DISK, 2));
      this.tasks[3].receive(new Packet(NETWORK, 3));
    }
    this.order = this.tasks.slice().sort((a, b) => b.priority - a.priority);
  }
  add(task) {
    this.tasks.push(task);
  }
  send(id, packet) {
    this.sent++;
    this.tasks[id].receive(packet);
  }
  release(kind) {
    for (const task of this.tasks) {
      if (task instanceof Device && task.kind === kind && task.state === HELD) task.state = READY;
    }
  }
  stop() {
    this.running = false;
  }
  schedule() {
    const order = this.order;
    while (this.running) {
      let at = 0;
      while (order[at].state !== READY) at++;
      this.steps++;
      order[at].step();
    }
  }
}

function run(n) {
  let result = '';
  for (let i = 0; i < n; i++) {
    const kernel = new Kernel(300);
    kernel.schedule();
    result = kernel.steps + ',' + kernel.sent + ',' + kernel.tasks[4].checksum + ',' + kernel.tasks[5].checksum;
  }
  return result;
}
