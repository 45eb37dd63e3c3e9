// SPDX-License-Identifier: MIT
// atob and btoa: white space, padding, and what they refuse. Output as of Node 26.
const t = (f) => { try { console.log(JSON.stringify(f())); } catch (e) { console.log(e.name, e.code, e.message); } };
for (const s of ['', ' ', 'a', 'ab', 'abc', 'abcd', 'abcd=', 'ab==', 'ab=', 'abc=', 'abc==', 'a===', '====', '=', '==', 'ab= =', ' a b c d ', 'YQ\n==', 'ab-_', 'ab+/', 'ab\u00a0', 'ab\u1234', 'abcde', 'abcdef', 'YWJj\x0bZGVm', 'ab==ab', null, undefined, 5, 12, 'zz=z', 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+/']) t(() => atob(s));
for (const s of ['', 'a', 'ab', 'abc', '\xff\xfe\x00', '\u0100', 'a\u1234', 'héllo'.repeat(20), null, 5]) t(() => btoa(s));
t(() => atob()); t(() => btoa()); t(() => atob(Symbol())); t(() => btoa({ toString() { throw new Error('x'); } }));
t(() => btoa('\u1234\u00e9'.slice(1)));
