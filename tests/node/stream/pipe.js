// SPDX-License-Identifier: MIT
// pipe() and pipeline() into streams in every state, encodings that writes are given, and writes of a Transform that has ended.
'use strict';
const { Readable, Writable, PassThrough, pipeline, Duplex, Transform } = require('stream'); const log=console.log;
const w=new Writable({decodeStrings:false,write(c,e,cb){log(c,e);cb()}}); w.write('a');w.write('a','hex');w.write('b',()=>{});w.write('b',undefined,()=>{}); w.setDefaultEncoding('latin1'); w.write('c'); w.write(Buffer.from('q')); w.write('c',()=>{}); w.end('d',()=>{});
const w3=new Writable({decodeStrings:false,defaultEncoding:'hex',write(c,e,cb){log(c,e);cb()}}); w3.write('a'); w3.end('z');
const w2=new Writable({objectMode:true,write(c,e,cb){log(c,e);cb()}}); w2.write('a');w2.write({},'hex');w2.write(Buffer.from('x')); w2.cork(); w2.write('q'); w2.uncork(); w2.end('z');
const w4=new Writable({decodeStrings:false,writev(cs,cb){log(cs.map(c=>c.encoding));cb()}}); w4.cork(); w4.write('a'); w4.write('b','hex'); w4.write('c',()=>{}); w4.uncork();
const tr=(n,f)=>{try{log(n,f()?.constructor?.name)}catch(e){log(n,e.code,e.message)}};
const st={ destroyed(){const w=new Writable({write(){}});w.destroy();return w}, ended(){const w=new Writable({write(){}});w.end('x');return w}, endedFinished(){const w=new Writable({autoDestroy:false,write(c,e,cb){cb()}});w.end();return w}, errored(){const w=new Writable({autoDestroy:false,write(c,e,cb){cb(new Error('x'))}});w.on('error',()=>{});w.write('x');return w}, writableFalse(){ return new Duplex({writable:false,read(){}}) }, legacy(){ const e=new (require('events'))(); e.write=()=>{}; e.end=()=>{}; return e;}, legacyD(){ const e=new (require('events'))(); e.write=()=>{}; e.end=()=>{}; e.destroyed=true; return e;} , legacyC(){ const e=new (require('events'))(); e.write=()=>{}; e.end=()=>{}; e.closed=true; return e;}, readable(){return new Readable({read(){}})}};
(async()=>{ for(const k in st){ for (const late of [false,true]) { const d=st[k](); if(late) await new Promise(r=>setTimeout(r,2)); tr(k+late,()=>new Readable({read(){}}).pipe(d)); const s=new Readable({read(){}}); s.on('error',e=>log('src error',e.code)); tr('p '+k+late,()=>pipeline(s,d,(e)=>log(k,late,'cb',e&&e.code))); await new Promise(r=>setTimeout(r,2)); }} 
const e=new (require('stream')).Stream(); tr('old',()=>e.pipe(st.destroyed())); tr('undefined', ()=>new Readable({read(){}}).pipe()); })();
setTimeout(() => {

const go=(n,p)=>{ log('##',n); const r=new Readable({read(){}}); const o=r.resume; r.resume=function(){log('resume'); return o.call(this)}; p.on('error',()=>{}); r.pipe(p); r.on('data',()=>{}); r.push('pushed');log('--');r.read(); log(r._readableState.awaitDrainWriters===p, p._writableState?.needDrain, p.listenerCount('drain')); log('unpipe');r.unpipe(p);log('over',r._readableState.awaitDrainWriters===p); };
{ const w=new Writable({write(){}}); w.write=()=>false; go('false',w); }
{ const w=new Writable({write(){}}); w.write=()=>false; w.end(); go('ended',w); }
{ const w=new Writable({write(){}, highWaterMark:1}); go('full',w); }
{ const w=new Writable({write(c,e,cb){cb(new Error('x'))},autoDestroy:false}); go('err',w); }
{ const w=new (require('events'))(); w.write=()=>false; go('legacy',w); }
}, 300);
setTimeout(() => {
const T=(f)=>{ process.nextTick(f); };
{ const r=new Readable({read(){}}); r.on('resume',()=>log('1 resume')).on('readable',()=>log('1 readable')).on('end',()=>log('1 end')); }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('2 resume')).on('end',()=>log('2 end')); r.push(null); T(()=>log('2 a')); r.on('data',()=>{}); T(()=>log('2 b')); r.on('readable',()=>log('2 readable')); T(()=>log('2 c')); r.removeAllListeners('data'); T(()=>log('2 d')); r.read(100); T(()=>log('2 e')); }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('3 resume')).on('end',()=>log('3 end')); r.push(null); T(()=>log('3 a')); r.on('readable',()=>log('3 readable')); T(()=>log('3 b'));  }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('4 resume')).on('end',()=>log('4 end')); r.push(null); T(()=>log('4 a')); r.on('data',()=>{}); T(()=>log('4 b'));  }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('5 resume')).on('end',()=>log('5 end')); r.push(null); T(()=>log('5 a')); r.on('data',()=>{}); T(()=>log('5 b')); r.on('readable',()=>log('5 readable')); T(()=>log('5 c')); }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('6 resume')).on('end',()=>log('6 end')); r.push(null); T(()=>log('6 a')); r.read(100); T(()=>log('6 b')); r.on('readable',()=>log('6 readable')); T(()=>log('6 c')); }
{ const r=new Readable({read(){}}); r.on('resume',()=>log('7 resume')).on('end',()=>log('7 end')); r.push(null);T(()=>log('7 a')); r.setEncoding('utf8');  r.on('readable',()=>log('7 readable')); }
for (const k of ['rended','wended','both','none']) for (const hwm of [0,1,100]) { const t=new Transform({highWaterMark:hwm,transform(c,e,cb){cb()}}); const n=k+hwm; t.on('error',()=>{}); if (k==='rended'||k==='both') t.push(null); const w=t.write('abc',()=>log(n,'cb')); log(n,w,t.writableLength); T(()=>log(n,'tick',t.writableLength)); if (k!=='none' && k!=='rended') t.end(); }
for (const k of ['rended','wended','both','none']) for (const hwm of [0,1,100]) { const t=new Transform({highWaterMark:hwm,transform(c,e,cb){setImmediate(()=>{cb(); log(n,'called',t.writableLength); process.nextTick(()=>log(n,'atick'))})}}); const n='A'+k+hwm; t.on('error',()=>{}); if (k==='rended'||k==='both') t.push(null); const w=t.write('abc',()=>log(n,'cb')); if (k!=='none' && k!=='rended') t.end(); }
for (const k of ['rended','wended','both','none']) for (const hwm of [0,1,100]) { const t=new Transform({highWaterMark:hwm,transform(c,e,cb){ if (k==='rended'||k==='both') {this.push(null);cb();} else cb(null,c) }}); const n='B'+k+hwm; t.on('error',()=>{}); const w=t.write('abc',()=>log(n,'cb')); log(n,w,t.writableLength); T(()=>log(n,'tick',t.writableLength));if (k!=='none' && k!=='rended') t.end('q'); }
}, 400);
