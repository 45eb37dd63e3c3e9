// SPDX-License-Identifier: MIT
// Duplex.from, duplexPair, compose and pipeline when a side is destroyed, and which of several errors is told.
'use strict';
const { Duplex, compose, pipeline, PassThrough, duplexPair, Readable, Writable, Transform } = require('stream');
const sp = require('stream/promises'); const log=console.log;
const w=(n,s)=>{for (const e of ['close','error','finish','end','prefinish']) s.on(e,(x)=>log(n,e,x&&(x.code||x.message))); return s};
const mk=(n)=>w(n,Duplex.from(async function*(s,{signal}){ signal.addEventListener('abort',()=>log(n,'abort')); try { for await (const c of s){ log(n,'chunk',String(c)); yield c; } log(n,'after loop'); yield 'more'; } catch(e) { log(n,'caught',e.code||e.message,e.cause?.code); } finally { log(n,'finally'); } }));
const wait=(n)=>new Promise(r=>setTimeout(r,n));
(async()=>{
{ const d=mk('a'); d.resume(); await wait(5); d.destroy(new Error('x')); await wait(10); }
{ const d=mk('b'); d.resume(); await wait(5); d.destroy(); await wait(10); }
{ const d=mk('c'); d.on('data',c=>log('data',String(c))); d.write('1'); await wait(5); d.destroy(new Error('x')); await wait(10); }
{ const d=mk('d'); d.write('1'); await wait(5); d.destroy(new Error('x')); await wait(10); }
{ const d=mk('e'); d.destroy(new Error('x')); await wait(10); }
{ const d=w('f',Duplex.from(async(s,{signal})=>{ try { for await (const c of s) log('f chunk',String(c)); log('f over'); } catch(e){ log('f caught',e.code||e.message) } })); d.write('1'); await wait(5); d.destroy(new Error('x')); await wait(10); }
{ const [a,b]=duplexPair(); w('pa',a); w('pb',b); b.destroy(new Error('x')); await wait(5); log(a.destroyed); }
{ const [a,b]=duplexPair(); w('qa',a); w('qb',b); b.destroy(); await wait(5); log(a.destroyed); }
{ const [a,b]=duplexPair(); w('ra',a); w('rb',b); a.resume(); b.destroy(); await wait(5); log(a.destroyed); }
{ const [a,b]=duplexPair(); w('sa',a); w('sb',b); a.resume(); b.destroy(new Error('y')); await wait(5); log(a.destroyed, a.errored); }
})();
setTimeout(() => {
const w=(n,s)=>{for (const e of ['close','error','finish','end','prefinish']) s.on(e,(x)=>log(n,e,x&&(x.code||x.message))); return s};
const h=w('h',Duplex.from(async function*(s){ let n=0; for await (const c of s){ log('chunk',String(c)); if(n++===1) throw new Error('midgen'); yield c; } }));
h.on('data',(c)=>log('data',String(c))); h.write('a'); h.write('b'); h.end();
setTimeout(()=>{ const h=w('h2',Duplex.from(async function*(s){ let n=0; for await (const c of s){ log('chunk',String(c)); if(n++===1) throw new Error('midgen'); yield c; } })); const p=w('p',new PassThrough()); pipeline(h,p,(e)=>log('cb',e&&e.message)); h.write('a'); h.write('b'); h.end(); p.resume(); },20);
setTimeout(()=>{ const h=w('h3',Duplex.from(async function*(s){ let n=0; for await (const c of s){ log('chunk',String(c)); if(n++===1) throw new Error('midgen'); yield c; } })); const p=w('p3',Duplex.from(async function* (s) { for await (const c of s) { yield c; yield c; } })); pipeline(h,p,(e)=>log('cb',e&&e.message)); h.write('a'); h.write('b'); h.end(); p.resume(); },60);
}, 800);
setTimeout(() => {
(async()=>{
 { const ac=new AbortController(); const p=sp.pipeline(new Readable({read(){},destroy(e,cb){cb(new Error('other'))}}), new PassThrough(), new Writable({write(c,e,cb){cb()}}), {signal:ac.signal}); ac.abort(); await p.catch(e=>log(1,e.name,e.message)); }
 { const r=new Readable({read(){}}), w=new Writable({write(c,e,cb){cb()},destroy(e,cb){setImmediate(()=>cb(new Error('late')))}}); pipeline(r,w,(e)=>log(2,e.name,e.message)); r.destroy(); await wait(5); }
 { const r=new Readable({read(){}}), w=new Writable({write(c,e,cb){cb()},destroy(e,cb){setImmediate(()=>cb(new Error('late')))}}); const ae=new Error('fake'); ae.name='AbortError'; pipeline(r,w,(e)=>log(3,e.name,e.message)); r.destroy(ae); await wait(5); }
 { const r=new Readable({read(){}}), w=new Writable({write(c,e,cb){cb()},destroy(e,cb){setImmediate(()=>cb(new Error('late')))}}); const ae=new Error('fake'); ae.code='ABORT_ERR'; pipeline(r,w,(e)=>log(4,e.name,e.message)); r.destroy(ae); await wait(5); }
 { const r=new Readable({read(){}}), w=new Writable({write(c,e,cb){cb()},destroy(e,cb){setImmediate(()=>cb(new Error('late')))}}); const ae=new Error('plain'); pipeline(r,w,(e)=>log(5,e.name,e.message)); r.destroy(ae); await wait(5); }
})();
}, 1100);
setTimeout(() => {
const w=(n,s)=>{for (const e of ['close','error','finish','end','prefinish']) s.on(e,(x)=>log(n,e,x&&(x.code||x.message))); for (const m of ['destroy']) { const o=s[m]; s[m]=function(...a){ log(n,m,a[0]&&(a[0].code||a[0].message)); return o.apply(this,a)} } return s};
const head=w('head',new Transform({objectMode:true,transform(c,e,cb){ cb(c==='b'?new Error('tr'):null,c) }})), tail=w('tail',new PassThrough({objectMode:true}));
const s=w('whole',compose(head,tail)); s.resume(); s.write('a'); s.write('b'); s.destroy();
process.nextTick(()=>{log('t1');process.nextTick(()=>{log('t2');process.nextTick(()=>log('t3'))})});
}, 1400);
