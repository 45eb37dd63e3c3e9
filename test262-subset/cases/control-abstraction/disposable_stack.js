// SPDX-License-Identifier: MIT
/*---
description: DisposableStack runs what it holds, last first.
features: [explicit-resource-management]
---*/
var log = [], stack = new DisposableStack();
stack.use({ [Symbol.dispose]() { log.push("use"); } });
stack.adopt(5, (v) => log.push(v));
stack.defer(() => log.push("defer"));
assert.sameValue(stack.use(null), null);
var moved = stack.move();
assert.compareArray([stack.disposed, moved.disposed], [true, false]);
moved.dispose();
moved.dispose();
assert.compareArray(log, ["defer", 5, "use"]);
assert.throws(ReferenceError, function () { moved.defer(() => 1); });
assert.throws(TypeError, function () { new DisposableStack().use({}); });
assert.throws(TypeError, function () { DisposableStack(); });
assert.sameValue(DisposableStack.prototype[Symbol.dispose], DisposableStack.prototype.dispose);
var failing = new DisposableStack();
failing.defer(() => { throw 1; });
failing.defer(() => { throw 2; });
try {
  failing.dispose();
} catch (e) {
  assert(e instanceof SuppressedError && e.error === 1 && e.suppressed === 2);
}
