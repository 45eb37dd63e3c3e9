// SPDX-License-Identifier: MIT
import { hoisted, mine } from "./cycle.js";
var text;
try { text = mine; } catch (e) { text = e.name; }
export var fromOther = hoisted() + " " + text;
export function later() { return mine; }
