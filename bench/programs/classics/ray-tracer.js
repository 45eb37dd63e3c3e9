// SPDX-License-Identifier: MIT
// A recursive ray tracer: spheres and a chequered floor, point lights, shadows and reflections.
const SIZE = 70000;

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
  plus(v) {
    return new Vector(this.x + v.x, this.y + v.y, this.z + v.z);
  }
  minus(v) {
    return new Vector(this.x - v.x, this.y - v.y, this.z - v.z);
  }
  times(k) {
    return new Vector(this.x * k, this.y * k, this.z * k);
  }
  dot(v) {
    return this.x * v.x + this.y * v.y + this.z * v.z;
  }
  unit() {
    return this.times(1 / Math.sqrt(this.dot(this)));
  }
}

class Ray {
  constructor(origin, direction) {
    this.origin = origin;
    this.direction = direction;
  }
  at(distance) {
    return this.origin.plus(this.direction.times(distance));
  }
}

class Sphere {
  constructor(center, radius, color, mirror) {
    this.center = center;
    this.radius = radius;
    this.color = color;
    this.mirror = mirror;
  }
  hit(ray) {
    const offset = ray.origin.minus(this.center);
    const b = offset.dot(ray.direction);
    const c = offset.dot(offset) - this.radius * this.radius;
    const discriminant = b * b - c;
    if (discriminant < 0) return Infinity;
    const distance = -b - Math.sqrt(discriminant);
    return distance > 1e-4 ? distance : Infinity;
  }
  normal(point) {
    return point.minus(this.center).times(1 / this.radius);
  }
  color_at() {
    return this.color;
  }
}

class Floor {
  constructor(height, light, dark) {
    this.height = height;
    this.light = light;
    this.dark = dark;
    this.mirror = 0.1;
    this.up = new Vector(0, 1, 0);
  }
  hit(ray) {
    if (ray.direction.y > -1e-6) return Infinity;
    const distance = (this.height - ray.origin.y) / ray.direction.y;
    return distance > 1e-4 ? distance : Infinity;
  }
  normal() {
    return this.up;
  }
  color_at(point) {
    return (Math.floor(point.x) + Math.floor(point.z)) & 1 ? this.light : this.dark;
  }
}

class Scene {
  constructor() {
    this.sky = new Vector(0.3, 0.5, 0.8);
    this.lights = [new Vector(5, 8, -4), new Vector(-6, 5, -2)];
    this.things = [new Floor(-1, new Vector(0.9, 0.9, 0.9), new Vector(0.1, 0.1, 0.1))];
    for (let i = 0; i < 5; i++) {
      const color = new Vector(0.2 + i * 0.15, 0.9 - i * 0.15, 0.5);
      this.things.push(new Sphere(new Vector(i * 1.5 - 3, (i % 3) * 0.6 - 0.5, 4 + (i % 2)), 0.8, color, 0.3));
    }
  }
  nearest(ray) {
    let best = Infinity;
    let thing = null;
    for (const candidate of this.things) {
      const distance = candidate.hit(ray);
      if (distance < best) {
        best = distance;
        thing = candidate;
      }
    }
    return {thing, distance: best};
  }
  in_shadow(point, to_light, limit) {
    const ray = new Ray(point, to_light);
    for (const thing of this.things) if (thing.hit(ray) < limit) return true;
    return false;
  }
  trace(ray, depth) {
    const {thing, distance} = this.nearest(ray);
    if (thing === null) return this.sky;
    const point = ray.at(distance);
    const normal = thing.normal(point);
    const color = thing.color_at(point);
    let brightness = 0.15;
    for (const light of this.lights) {
      const path = light.minus(point);
      const length = Math.sqrt(path.dot(path));
      const to_light = path.times(1 / length);
      const slope = normal.dot(to_light);
      if (slope > 0 && !this.in_shadow(point, to_light, length)) brightness += slope * 0.5;
    }
    let result = color.times(brightness);
    if (depth > 0 && thing.mirror > 0) {
      const bounced = ray.direction.minus(normal.times(2 * normal.dot(ray.direction)));
      result = result.plus(this.trace(new Ray(point, bounced), depth - 1).times(thing.mirror));
    }
    return result;
  }
}

function run(n) {
  const width = 100, height = Math.max(1, Math.round(n / width));
  const scene = new Scene(), eye = new Vector(0, 0.5, -3);
  let red = 0, green = 0, blue = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const toward = new Vector((column - width / 2) / width * 2, (height / 2 - row) / height * 1.5, 1.5);
      const color = scene.trace(new Ray(eye, toward.unit()), 3);
      red += Math.min(255, Math.floor(color.x * 255));
      green += Math.min(255, Math.floor(color.y * 255));
      blue += Math.min(255, Math.floor(color.z * 255));
    }
  }
  return red + ',' + green + ',' + blue;
}
