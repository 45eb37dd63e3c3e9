// SPDX-License-Identifier: MIT
/*---
description: Newer helpers: chunks, windows, includes, join, zip.
features: [joint-iteration, iterator-chunking, iterator-includes, Iterator.prototype.join]
---*/
assert.sameValue(JSON.stringify([1, 2, 3].values().chunks(2).toArray()), "[[1,2],[3]]");
assert.sameValue(JSON.stringify([1, 2, 3].values().windows(2).toArray()), "[[1,2],[2,3]]");
assert.throws(RangeError, function () { [].values().chunks(0); });
assert([1, NaN].values().includes(NaN) && ![1].values().includes(2));
assert.sameValue([1, null, 2].values().join("-"), "1--2");
assert.sameValue(JSON.stringify([...Iterator.zip([[1, 2], ["a", "b"]])]), '[[1,"a"],[2,"b"]]');
assert.sameValue(JSON.stringify([...Iterator.zip([[1], ["a", "b"]], { mode: "longest", padding: [0] })]), '[[1,"a"],[0,"b"]]');
assert.throws(TypeError, function () { [...Iterator.zip([[1], ["a", "b"]], { mode: "strict" })]; });
assert.sameValue(JSON.stringify([...Iterator.zipKeyed({ x: [1], y: [2] })]), '[{"x":1,"y":2}]');
