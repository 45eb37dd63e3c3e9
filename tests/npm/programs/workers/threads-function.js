// SPDX-License-Identifier: MIT
// A worker that exposes one function, and a serializer of its own.
'use strict';
const {expose} = require('threads/worker');
const {registerSerializer} = require('threads');

class Point {
  constructor(x, y) { this.x = x; this.y = y; }
}
registerSerializer({
  deserialize: (message, next) => (message && message.__type === 'Point' ? new Point(message.x, message.y) : next(message)),
  serialize: (thing, next) => (thing instanceof Point ? {__type: 'Point', x: thing.x, y: thing.y} : next(thing)),
});
expose((point) => (point instanceof Point ? new Point(point.y, point.x) : `no point but ${typeof point}`));
