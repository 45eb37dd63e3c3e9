// SPDX-License-Identifier: MIT
export default function () { return 1; }
export var a = 2;
let b = 3, hidden = 4;
export { b, hidden as "string name" };
export function f() { return 5; }
export class K { x = 6; }
export function* gen() { yield 7; }
export * as inner from "./value2_FIXTURE.js";
export * from "./value2_FIXTURE.js";
