// SPDX-License-Identifier: MIT
// process.finalization, ref and unref, allowedNodeEnvironmentFlags, _rawDebug, execve. Compared with Node.
'use strict';
const kept = { n: 1 }, gone = { n: 2 };
process.finalization.register(kept, (object, event) => console.log('finalized', object, event));
process.finalization.registerBeforeExit(kept, (object, event) => console.log('before the end', object, event));
process.finalization.register(gone, () => console.log('never'));
process.finalization.unregister(gone);
for (const f of [() => process.finalization.register(5), () => process.setSourceMapsEnabled(5)]) {
  try {
    f();
  } catch (e) {
    console.log(e.code, e.message);
  }
}
process.ref({ ref() { console.log('ref'); } });
process.unref({ unref() { console.log('unref'); } });
process.ref({ [Symbol.for('nodejs.ref')]() { console.log('by symbol'); }, ref() { console.log('not this'); } });
console.log(process.ref(null), process.unref(5));
const flags = process.allowedNodeEnvironmentFlags;
console.log(['--no-warnings', 'no-warnings', '--no_warnings', '-r', 'r', '--unhandled-rejections=strict', '--eval', '--zzz', 5].map((flag) => flags.has(flag)));
console.log(flags.add('--zzz') === flags, flags.has('--zzz'), flags.delete('-r'), flags.has('-r'), Object.isFrozen(flags));
process.on('exit', () => console.log('exit', kept, gone));
if (process.argv[2] !== 'again') {
  const { spawnSync } = require('child_process');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', `
    process._rawDebug('%s to stderr', 'straight');
    try { process.execve('/nonexistent/program', ['x']); } catch (e) { console.log(e.message, e.errno, e.code, e.path, e.syscall); }
    process.on('exit', () => console.log('never'));
    process.execve('/bin/sh', ['sh', '-c', 'echo $0 $1 $A; exit 7', 'zero', 'one'], { A: 'b c' });`], { encoding: 'utf8' });
  console.log(JSON.stringify([stdout, stderr, status]));
}
