// SPDX-License-Identifier: MIT
/*---
description: throw anything; catch with patterns or without a name; finally decides.
---*/
function end(f) { try { return f(); } catch { return "caught"; } finally { log.push("f"); } }
var log = [];
assert.compareArray([end(() => 1), end(() => { throw 1; }), log.join("")], [1, "caught", "ff"]);
try { throw { a: 1, b: [2] }; } catch ({ a, b: [c] }) { assert.sameValue(a + c, 3); }
assert.sameValue((function () { try { throw 1; } finally { return 2; } })(), 2);
assert.sameValue((function () { for (;;) { try { return 1; } finally { break; } } return 3; })(), 3);
assert.sameValue((function () { var x = 1; try { return x; } finally { x = 2; } })(), 1);
assert.throws(RangeError, function () { try { throw 1; } catch (e) { throw new RangeError; } });
