// SPDX-License-Identifier: MIT
import { used } from "./live_bindings.js";
export * as self from "./live_bindings.js";
export let count = 0;
export function bump() { count++; }
export default "default value";
const hidden = used() && "later";
export { hidden as later };
