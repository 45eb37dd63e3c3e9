// SPDX-License-Identifier: MIT
// What fits into a buffer, what read() takes out of it, and when pause() and resume() count.
'use strict';
const { Readable, Writable, PassThrough } = require('stream'); const log = console.log;
{

for (const hwm of [0, 1, 4]) for (const cb of [undefined, () => log('cb')]) for (const sync of [true,false]) {
  const w = new Writable({ highWaterMark: hwm, write(c, e, cb) { sync ? cb() : setImmediate(cb); } });
  w.on('drain', () => log('drain', hwm, !!cb, sync));
  log(hwm, !!cb, sync, w.write('abcdef', cb), w.writableNeedDrain, w.writableLength, w.write('x', cb), w.writableNeedDrain);
}
const r = new Readable({ read() {} });
r.push('abc'); r.push('def'); r.push('ghi');
log(String(r.read(8)), r.readableLength); r.push('zz');r.push('yy'); log(String(r.read(5)), r.read());
r.push('abc'); r.push('def'); r.push('ghi'); log(String(r.read())); r.push(null);  log(String(r.read()),String(r.read()),String(r.read()));
const r2 = new Readable({ read() {}, encoding: 'utf8' });
r2.push('abc'); r2.push('def'); log(r2.read(),r2.read(),r2.read());
r2.push('abc'); r2.push('def');r2.push('ghi'); log(r2.readableLength,r2.read(0), r2.read(4),r2.read(),r2.read());
}
setTimeout(() => {

const r=new Readable({read(){}});
r.on('pause',()=>log('pause'));r.on('resume',()=>log('resume'));
r.resume(); r.push('a');
setTimeout(()=>{ r.destroy(); log(r.readableFlowing); r.pause(); log(r.readableFlowing); r.resume(); log(r.readableFlowing);},5);
const r2=new Readable({read(){}});
r2.on('pause',()=>log('pause2'));r2.on('resume',()=>log('resume2'));
const w=new PassThrough(); r2.pipe(w); r2.push('a');
setTimeout(()=>{ log(r2.readableFlowing); r2.destroy(); log(r2.readableFlowing); r2.unpipe(); log(r2.readableFlowing); r2.on('data',()=>{}); log(r2.readableFlowing);},10);
}, 100);
setTimeout(() => {

function mk(o){ const r=new Readable({read(){}, ...o}); r.on('pause',()=>log('pause'));r.on('resume',()=>log('resume')); r.on('error',()=>log('error')); return r; }
const st=(r)=>log(r.readableFlowing, r.isPaused(), r._readableState.paused, r._readableState.resumeScheduled);
{ log('destroyed'); const r=mk(); r.destroy(); r.pause(); st(r); r.resume(); st(r); r.on('data',()=>{}); st(r); r.on('readable',()=>{}); st(r); }
{ log('destroyed, paused before'); const r=mk(); r.pause(); r.destroy(); st(r); r.resume(); st(r); r.on('data',()=>{}); st(r);}
{ log('errored no autodestroy'); const r=mk({autoDestroy:false}); r.push(5); st(r); r.resume(); st(r); r.pause(); st(r); r.on('data',()=>{}); st(r);}
{ log('ended'); const r=mk(); r.push(null); r.resume(); st(r); r.on('end',()=>{log('end');r.pause(); st(r);r.resume();st(r)});}
{ const r=mk(); r.resume(); r.on('close',()=>log('closed')); r.destroy(); st(r); setTimeout(()=>st(r),5) }
}, 200);
