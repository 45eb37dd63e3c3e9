// SPDX-License-Identifier: MIT
// A list linked through a WeakMap: marking it took a round for every link.
// flags: --expose-gc
// timeout: 10
const map = new WeakMap(), head = {};
let last = head;
for (let i = 0; i < 50000; i++, last = map.get(last)) map.set(last, {});
gc();
let length = 0;
for (let key = head; key; key = map.get(key)) length++;
if (length !== 50001) throw new Error(String(length));
