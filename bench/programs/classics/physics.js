// SPDX-License-Identifier: MIT
// A two-dimensional physics engine: circles under gravity in a box, a grid for the broad phase, impulses with
// restitution and friction, distance joints.
const SIZE = 2000;

const STEP = 1 / 60, CELL = 2.5, WIDTH = 40, HEIGHT = 30;

class Vec {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  set(x, y) {
    this.x = x;
    this.y = y;
    return this;
  }
  dot(other) {
    return this.x * other.x + this.y * other.y;
  }
}

class Circle {
  constructor(x, y, radius) {
    this.position = new Vec(x, y);
    this.velocity = new Vec(0, 0);
    this.spin = 0;
    this.radius = radius;
    this.inverse_mass = 1 / (radius * radius);
    this.contacts = 0;
  }
  integrate() {
    this.velocity.y -= 9.81 * STEP;
    this.position.x += this.velocity.x * STEP;
    this.position.y += this.velocity.y * STEP;
    this.velocity.x *= 0.999;
    this.velocity.y *= 0.999;
  }
  bounce() {
    const p = this.position, v = this.velocity, r = this.radius;
    if (p.x < r) {
      p.x = r;
      if (v.x < 0) v.x *= -0.6;
    } else if (p.x > WIDTH - r) {
      p.x = WIDTH - r;
      if (v.x > 0) v.x *= -0.6;
    }
    if (p.y < r) {
      p.y = r;
      if (v.y < 0) {
        v.y *= -0.6;
        v.x *= 0.95;
      }
    } else if (p.y > HEIGHT - r) {
      p.y = HEIGHT - r;
      if (v.y > 0) v.y *= -0.6;
    }
  }
}

class Joint {
  constructor(a, b, length) {
    this.a = a;
    this.b = b;
    this.length = length;
  }
  solve() {
    const a = this.a, b = this.b;
    const dx = b.position.x - a.position.x, dy = b.position.y - a.position.y;
    const distance = Math.sqrt(dx * dx + dy * dy) || 1e-9;
    const share = ((distance - this.length) / distance / (a.inverse_mass + b.inverse_mass)) * 0.3;
    a.position.x += dx * share * a.inverse_mass;
    a.position.y += dy * share * a.inverse_mass;
    b.position.x -= dx * share * b.inverse_mass;
    b.position.y -= dy * share * b.inverse_mass;
  }
}

class World {
  constructor(count) {
    this.bodies = [];
    this.joints = [];
    this.grid = new Map();
    this.hits = 0;
    for (let i = 0; i < count; i++) {
      this.bodies.push(new Circle(2 + (i % 12) * 3, 5 + Math.floor(i / 12) * 2.4, 0.6 + (i % 4) * 0.15));
      this.bodies[i].velocity.set((i % 7) - 3, (i % 5) - 2);
    }
    for (let i = 0; i + 1 < count; i += 6) this.joints.push(new Joint(this.bodies[i], this.bodies[i + 1], 3));
  }
  fill_grid() {
    this.grid.clear();
    for (const body of this.bodies) {
      const key = Math.floor(body.position.x / CELL) * 64 + Math.floor(body.position.y / CELL);
      const cell = this.grid.get(key);
      if (cell === undefined) this.grid.set(key, [body]);
      else cell.push(body);
    }
  }
  collide(a, b) {
    const dx = b.position.x - a.position.x, dy = b.position.y - a.position.y;
    const reach = a.radius + b.radius, square = dx * dx + dy * dy;
    if (square >= reach * reach || square === 0) return;
    const distance = Math.sqrt(square), nx = dx / distance, ny = dy / distance;
    const inverse = a.inverse_mass + b.inverse_mass;
    const push = ((reach - distance) / inverse) * 0.5;
    a.position.x -= nx * push * a.inverse_mass;
    a.position.y -= ny * push * a.inverse_mass;
    b.position.x += nx * push * b.inverse_mass;
    b.position.y += ny * push * b.inverse_mass;
    const relative = new Vec(b.velocity.x - a.velocity.x, b.velocity.y - a.velocity.y);
    const speed = relative.dot(new Vec(nx, ny));
    this.hits++;
    if (speed > 0) return;
    const impulse = (-1.4 * speed) / inverse, friction = (-0.1 * relative.dot(new Vec(-ny, nx))) / inverse;
    const ix = nx * impulse - ny * friction, iy = ny * impulse + nx * friction;
    a.velocity.x -= ix * a.inverse_mass;
    a.velocity.y -= iy * a.inverse_mass;
    b.velocity.x += ix * b.inverse_mass;
    b.velocity.y += iy * b.inverse_mass;
    a.spin -= friction;
    b.spin += friction;
  }
  pairs() {
    for (const [key, cell] of this.grid) {
      for (let i = 0; i < cell.length; i++) for (let j = i + 1; j < cell.length; j++) this.collide(cell[i], cell[j]);
      for (const offset of [1, 63, 64, 65]) {
        const other = this.grid.get(key + offset);
        if (other === undefined) continue;
        for (const a of cell) for (const b of other) this.collide(a, b);
      }
    }
  }
  step() {
    for (const body of this.bodies) body.integrate();
    for (let i = 0; i < 3; i++) for (const joint of this.joints) joint.solve();
    this.fill_grid();
    this.pairs();
    for (const body of this.bodies) body.bounce();
  }
}

function run(n) {
  const world = new World(96);
  for (let i = 0; i < n; i++) world.step();
  let x = 0, y = 0;
  for (const body of world.bodies) {
    x += body.position.x;
    y += body.position.y;
  }
  return x.toFixed(6) + ',' + y.toFixed(6) + ',' + world.hits;
}
