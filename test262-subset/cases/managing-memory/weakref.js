// SPDX-License-Identifier: MIT
/*---
description: WeakRef keeps its target for the turn.
features: [WeakRef, host-gc-required]
---*/
var target = {}, ref = new WeakRef(target), lost = new WeakRef({});
$262.gc();
assert.sameValue(ref.deref(), target);
assert.sameValue(typeof lost.deref(), "object");
assert.throws(TypeError, function () { WeakRef(target); });
assert.throws(TypeError, function () { new WeakRef(1); });
assert.sameValue(new WeakRef(Symbol()) instanceof WeakRef, true);
