// SPDX-License-Identifier: MIT
// Errors for what EventTarget and Event do not take. Output as of Node 26.
const et = new EventTarget();
for (const o of [1, 'x', Symbol('q'), 5n]) try { et.addEventListener('a', () => {}, o); console.log('ok'); } catch (e) { console.log(e.name, e.code, e.message); }
const { port1 } = new MessageChannel();
try { port1.emit(5); } catch (e) { console.log(e.name, e.code, e.message); }
et.addEventListener('a', () => {}, () => {}); et.addEventListener('a', () => {}, []); port1.close();
const t = (f) => { try { f(); console.log('ok'); } catch (e) { console.log(e.name, e.code, e.message); } };
t(() => et.addEventListener('a')); t(() => et.removeEventListener('a')); t(() => et.dispatchEvent()); t(() => et.dispatchEvent({}));
t(() => new Event()); t(() => new CustomEvent()); t(() => EventTarget.prototype.addEventListener.call({}, 'a', () => {}));
t(() => et.addEventListener('a', 5)); t(() => et.addEventListener('a', 'x')); t(() => { const e = new Event('r'); et.addEventListener('r', () => et.dispatchEvent(e)); et.dispatchEvent(e); });
process.on('uncaughtException', (e) => console.log('uncaught', e.code, e.message));
