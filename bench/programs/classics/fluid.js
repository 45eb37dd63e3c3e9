// SPDX-License-Identifier: MIT
// A fluid on a square grid by the method of stable fluids: diffusion, projection and semi-Lagrangian advection.
const SIZE = 100;

const WIDTH = 32, STRIDE = WIDTH + 2;

class Fluid {
  constructor() {
    const cells = STRIDE * STRIDE;
    this.u = new Float64Array(cells);
    this.v = new Float64Array(cells);
    this.u_before = new Float64Array(cells);
    this.v_before = new Float64Array(cells);
    this.density = new Float64Array(cells);
    this.density_before = new Float64Array(cells);
  }
  border(kind, x) {
    for (let i = 1; i <= WIDTH; i++) {
      x[i * STRIDE] = kind === 1 ? -x[i * STRIDE + 1] : x[i * STRIDE + 1];
      x[i * STRIDE + WIDTH + 1] = kind === 1 ? -x[i * STRIDE + WIDTH] : x[i * STRIDE + WIDTH];
      x[i] = kind === 2 ? -x[i + STRIDE] : x[i + STRIDE];
      x[i + (WIDTH + 1) * STRIDE] = kind === 2 ? -x[i + WIDTH * STRIDE] : x[i + WIDTH * STRIDE];
    }
    const last = (WIDTH + 1) * STRIDE;
    x[0] = 0.5 * (x[1] + x[STRIDE]);
    x[last] = 0.5 * (x[last + 1] + x[last - STRIDE]);
    x[WIDTH + 1] = 0.5 * (x[WIDTH] + x[WIDTH + 1 + STRIDE]);
    x[last + WIDTH + 1] = 0.5 * (x[last + WIDTH] + x[last + WIDTH + 1 - STRIDE]);
  }
  relax(kind, x, from, a, c) {
    for (let k = 0; k < 4; k++) {
      for (let row = 1; row <= WIDTH; row++) {
        let at = row * STRIDE + 1;
        for (let column = 1; column <= WIDTH; column++, at++) {
          x[at] = (from[at] + a * (x[at - 1] + x[at + 1] + x[at - STRIDE] + x[at + STRIDE])) / c;
        }
      }
      this.border(kind, x);
    }
  }
  diffuse(kind, x, from, rate) {
    const a = rate * WIDTH * WIDTH;
    this.relax(kind, x, from, a, 1 + 4 * a);
  }
  advect(kind, x, from, u, v, step) {
    const scale = step * WIDTH, limit = WIDTH + 0.5;
    for (let row = 1; row <= WIDTH; row++) {
      for (let column = 1; column <= WIDTH; column++) {
        const at = row * STRIDE + column;
        const px = Math.min(limit, Math.max(0.5, column - scale * u[at]));
        const py = Math.min(limit, Math.max(0.5, row - scale * v[at]));
        const left = Math.floor(px), top = Math.floor(py);
        const fx = px - left, fy = py - top, cell = top * STRIDE + left;
        x[at] = (1 - fx) * ((1 - fy) * from[cell] + fy * from[cell + STRIDE]) +
          fx * ((1 - fy) * from[cell + 1] + fy * from[cell + STRIDE + 1]);
      }
    }
    this.border(kind, x);
  }
  project(u, v, pressure, divergence) {
    for (let row = 1; row <= WIDTH; row++) {
      for (let column = 1; column <= WIDTH; column++) {
        const at = row * STRIDE + column;
        divergence[at] = (-0.5 / WIDTH) * (u[at + 1] - u[at - 1] + v[at + STRIDE] - v[at - STRIDE]);
        pressure[at] = 0;
      }
    }
    this.border(0, divergence);
    this.border(0, pressure);
    this.relax(0, pressure, divergence, 1, 4);
    for (let row = 1; row <= WIDTH; row++) {
      for (let column = 1; column <= WIDTH; column++) {
        const at = row * STRIDE + column;
        u[at] -= 0.5 * WIDTH * (pressure[at + 1] - pressure[at - 1]);
        v[at] -= 0.5 * WIDTH * (pressure[at + STRIDE] - pressure[at - STRIDE]);
      }
    }
    this.border(1, u);
    this.border(2, v);
  }
  step(time) {
    this.diffuse(1, this.u_before, this.u, 0.0001);
    this.diffuse(2, this.v_before, this.v, 0.0001);
    this.project(this.u_before, this.v_before, this.u, this.v);
    this.advect(1, this.u, this.u_before, this.u_before, this.v_before, time);
    this.advect(2, this.v, this.v_before, this.u_before, this.v_before, time);
    this.project(this.u, this.v, this.u_before, this.v_before);
    this.diffuse(0, this.density_before, this.density, 0.0002);
    this.advect(0, this.density, this.density_before, this.u, this.v, time);
  }
}

function run(n) {
  const fluid = new Fluid();
  for (let i = 0; i < n; i++) {
    if (i % 4 === 0) {
      const at = (8 + i % 16) * STRIDE + 10;
      fluid.density[at] += 5;
      fluid.u[at] += 2;
      fluid.v[at] += i % 8 === 0 ? 1 : -1;
    }
    fluid.step(0.02);
  }
  let mass = 0, energy = 0;
  for (let i = 0; i < fluid.density.length; i++) {
    mass += fluid.density[i];
    energy += fluid.u[i] * fluid.u[i] + fluid.v[i] * fluid.v[i];
  }
  return mass.toFixed(6) + ',' + energy.toFixed(6);
}
