// SPDX-License-Identifier: MIT
// What compose() and Duplex.from() of a pair take out of their streams, and when.
'use strict';
{
const { compose,PassThrough,Readable } = require('stream'); const log=console.log;
const tail=new PassThrough({objectMode:true,highWaterMark:2}), head=new PassThrough({objectMode:true,highWaterMark:2});
for (const m of ['pause','resume','read']) { const o=tail[m]; tail[m]=function(...a){ log(' tail',m,tail.readableFlowing); return o.apply(this,a)} }
const s=compose(head,tail); log(tail.listenerCount('data'),tail.listenerCount('readable'),tail.listenerCount('end'),tail.readableFlowing, s.readableHighWaterMark);
const p=s.push; s.push=function(c){const r=p.call(s,c);log('push',c,r);return r};
let n=0; const f=()=>{ while(n<40){ if(!s.write(n++)) { log('full',n); break; } } }; f(); 
setTimeout(()=>{ log('reading'); for(let i=0;i<5;i++) log(s.read()); setTimeout(()=>{log('more');s.resume();s.end()},5)},5);
s.on('end',()=>log('end'));
}
setTimeout(() => {
const { Duplex,PassThrough,Readable } = require('stream'); const log=console.log;
const r=new PassThrough({objectMode:true,highWaterMark:2}); 
for (const m of ['pause','resume','read']) { const o=r[m]; r[m]=function(...a){ log(' r',m,r.readableFlowing); return o.apply(this,a)} }
const ro=new Readable({objectMode:true,read(){}}); const s=Duplex.from({readable:r}); log(r.listenerCount('data'),r.listenerCount('readable'),r.listenerCount('end'),r.readableFlowing, s.readableHighWaterMark);
const p=s.push; s.push=function(c){const x=p.call(s,c);log('push',c,x);return x};
let n=0; const f=()=>{ while(n<40){ if(!r.write(n++)) { log('full',n); break; } } }; f(); 
setTimeout(()=>{ log('reading'); for(let i=0;i<5;i++) log(s.read()); setTimeout(()=>{log('more');s.resume();r.end()},5)},5);
s.on('end',()=>log('end'));
}, 200);
setTimeout(() => {
const { compose,PassThrough } = require('stream'); const log=console.log;
const w=(n,s)=>{for (const e of ['close','error','finish','end','prefinish','readable','data']) if(n!=='whole'||e!=='readable') if (!(n!=='whole'&&e==='data')) if (!(n==='head'&&e==='readable')) s.on(e,(x)=>log(n,e,x&&(x.code||x.message||x))); for (const m of ['destroy','read','push','write']) { const o=s[m]; s[m]=function(...a){ log(' ',n,m,a[0]&&(a[0].code||a[0].message||a[0]),s.destroyed); return o.apply(this,a)} } return s};
const head=new PassThrough({objectMode:true}), tail=new PassThrough({objectMode:true});
const s=w('whole',compose(head,tail)); s.write('a'); s.write('b'); s.destroy(); log('--');
process.nextTick(()=>{log('t1');process.nextTick(()=>{log('t2');process.nextTick(()=>log('t3'))})});
}, 400);
