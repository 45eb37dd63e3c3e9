// SPDX-License-Identifier: MIT
/*---
description: Top-level await holds back who imports, and only them.
flags: [module, async]
---*/
import { log } from "./await_FIXTURE.js";
log.push("importer");
if (log.join() === "before,after,importer") $DONE();
else $DONE(log.join());
