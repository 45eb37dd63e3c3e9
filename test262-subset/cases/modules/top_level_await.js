// SPDX-License-Identifier: MIT
/*---
description: A module waits for its await; dynamic import gives the same namespace and rejects with what goes wrong.
flags: [module, async]
features: [top-level-await, dynamic-import]
---*/
import * as ns from "./value_FIXTURE.js";
var imported = await import("./value_FIXTURE.js");
assert.sameValue(imported, ns);
var error;
try { await import("./no_such_file_FIXTURE.js"); } catch (e) { error = e; }
assert.sameValue(error.constructor, TypeError);
$DONE();
