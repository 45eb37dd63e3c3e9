// SPDX-License-Identifier: MIT
// base64 and hex of text outside of Latin-1: of each character only the low byte is seen, as in Node.
const assert = require('assert');
const read = (text, encoding) => Buffer.from(text, encoding).toString('latin1');
assert.strictEqual(read('QQ=QQ\u3041', 'base64'), 'A');
assert.strictEqual(read('QUI\u303dQUI', 'base64'), 'AB');
assert.strictEqual(read('\u3051UI=', 'base64url'), 'AB');
assert.strictEqual(read('Q\u3000U\u0149=', 'base64'), 'AB');
assert.strictEqual(Buffer.alloc(8).write('\u3051UI', 'base64'), 2);
assert.strictEqual(read('4\u31314242', 'hex'), 'ABB');
assert.strictEqual(read('\u3434\u3231z', 'hex'), 'A');
