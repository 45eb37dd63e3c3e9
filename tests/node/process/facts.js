// SPDX-License-Identifier: MIT
// args: one two
// What process says about the program.
'use strict';
const assert = require('assert');
const path = require('path');
assert.strictEqual(process.argv.length, 4);
assert.strictEqual(process.argv[0], process.execPath);
assert.strictEqual(process.argv[1], __filename);
assert.deepStrictEqual(process.argv.slice(2), ['one', 'two']);
assert.ok(path.isAbsolute(process.execPath));
assert.match(process.version, /^v26\.\d+\.\d+$/);
assert.strictEqual(`v${process.versions.node}`, process.version);
assert.ok(process.versions.weft);
assert.strictEqual(Object.prototype.toString.call(process), '[object process]');
assert.ok(process instanceof require('events'));
assert.ok(process.pid > 0 && process.ppid > 0);
assert.strictEqual(process.cwd(), require('fs').realpathSync('.'));
assert.throws(() => process.chdir('/does/not/exist'), { code: 'ENOENT', syscall: 'chdir' });
assert.strictEqual(typeof process.umask(), 'number');
const [s, ns] = process.hrtime();
assert.ok(s >= 0 && ns >= 0);
assert.ok(process.hrtime([s, ns])[0] === 0);
assert.ok(process.hrtime.bigint() > 0n);
for (const key of ['rss', 'heapTotal', 'heapUsed', 'external', 'arrayBuffers']) assert.strictEqual(typeof process.memoryUsage()[key], 'number');
assert.ok(process.cpuUsage().user >= 0);
assert.strictEqual(process.release.name, 'node');
// env
process.env.WEFT_TEST = 5;
assert.strictEqual(process.env.WEFT_TEST, '5');
assert.ok('WEFT_TEST' in process.env);
assert.ok(Object.keys(process.env).includes('WEFT_TEST'));
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(process.env, 'WEFT_TEST'), { value: '5', writable: true, enumerable: true, configurable: true });
delete process.env.WEFT_TEST;
assert.strictEqual(process.env.WEFT_TEST, undefined);
assert.strictEqual({ ...process.env }.PATH, process.env.PATH);
assert.throws(() => (process.env.X = Symbol()), TypeError);
// warnings
const warnings = [];
process.on('warning', (w) => warnings.push(`${w.name} ${w.code} ${w.message}`));
process.emitWarning('careful', 'MyWarning', 'W001');
process.emitWarning(new Error('an error'));
assert.throws(() => process.emitWarning(1), { code: 'ERR_INVALID_ARG_TYPE' });
setImmediate(() => assert.deepStrictEqual(warnings, ['MyWarning W001 careful', 'Error undefined an error']));
assert.throws(() => (process.exitCode = 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.kill(process.pid, 'SIGNOPE'), { code: 'ERR_UNKNOWN_SIGNAL' });
assert.strictEqual(process.kill(process.pid, 0), true);
assert.throws(() => process.kill(2 ** 30, 0), { code: 'ESRCH', syscall: 'kill' });
assert.strictEqual(process.getBuiltinModule('node:fs'), require('fs'));
assert.strictEqual(process.getBuiltinModule('nope'), undefined);
assert.strictEqual(require('process'), process);
