// SPDX-License-Identifier: MIT
// matchAll and split make a RegExp of theirs, and making it asks Symbol.match: a getter put there is seen.
var native = Object.getOwnPropertyDescriptor(RegExp.prototype, Symbol.match), asked = 0;
var regexp = /a+/g;
regexp[Symbol.split]("bab");
regexp[Symbol.matchAll]("aab");
Object.defineProperty(RegExp.prototype, Symbol.match, { get() { asked++; return native.value; }, configurable: true });
"aabbaa".matchAll(regexp);
"aabbaa".split(regexp);
Object.defineProperty(RegExp.prototype, Symbol.match, native);
"aabbaa".split(regexp);
if (asked !== 3) throw new Error("asked " + asked + " times");
