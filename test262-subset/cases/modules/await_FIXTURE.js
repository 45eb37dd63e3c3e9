// SPDX-License-Identifier: MIT
export var log = ["before"];
await new Promise((ok) => setTimeout(ok, 1));
log.push("after");
