// SPDX-License-Identifier: MIT
// What becomes of the state of a readable around its end, step by step: reads, listeners and push(null) in different orders.
'use strict';
const { Readable, PassThrough } = require('stream'); const log=console.log; const T=process.nextTick; const wait=(n)=>new Promise(r=>setTimeout(r,n));const st=(p)=>{const r=p._readableState; return ['len',r.length,'need',r.needReadable,'em',r.emittedReadable,'reading',r.reading,'sync',r.sync,'flow',r.flowing,'sched',r.resumeScheduled,'rl',r.readableListening,'ended',r.ended,'rm',r.readingMore].join(' ')};
const L=(n,r)=>{ r.on('end',()=>log(n,'end',st(r))); r.on('readable',()=>log(n,'readable',st(r))); log(n,st(r)); };
(async()=>{
 { const r=new Readable({read(){}}); r.push(null); await wait(3); L('late sync',r); await wait(3); }
 { const r=new Readable({read(){}}); await wait(3); r.push(null); L('later push',r); await wait(3); }
 { const r=new Readable({read(){}}); r.push('a'); await wait(3); r.read(); r.push(null);  L('after read',r); await wait(3); }
 { const r=new Readable({read(){}}); r.read(0); await wait(3); r.push(null); L('async push',r); await wait(3); }
 { const r=new Readable({read(){}}); r.read(0); await wait(3); r.push(null); await wait(3);  L('async push late',r); await wait(3); }
 { const r=new PassThrough(); r.push(null); L('pt',r); await wait(3); }
 { const r=new PassThrough(); r.push(null); await wait(3); L('pt late',r); await wait(3); }
 { const r=new PassThrough(); r.end(); L('pt end',r); await wait(3); }
 { const r=new PassThrough(); r.pause(); r.end(); L('pt pause end',r); await wait(3); }
 { const r=new PassThrough(); r.pause(); r.end(); await 1; L('pt pause end micro',r); await wait(3); }
 { const r=new PassThrough(); r.end(); await 1; L('pt end micro',r); await wait(3); }
 { const r=new PassThrough(); r.end('x'); await 1; L('pt end x',r); await wait(3); }
})();
setTimeout(() => {
{const r=new Readable({read(){}}); log(st(r)); r.push(null); log(st(r));}
{const r=new Readable({read(){}}); log(st(r)); r.push('a'); log(st(r)); r.push(null); log(st(r)); r.on('readable',()=>{}); log(st(r));}
{const r=new Readable({read(){}}); r.on('readable',()=>{}); log(st(r)); r.push(null); log(st(r));}
{const r=new Readable({read(){}}); r.on('readable',()=>{}); r.read(); log(st(r)); r.push(null); log(st(r));}
{const r=new Readable({read(){ log('in read',st(this)); this.push(null); log('in read',st(this)); }}); r.on('readable',()=>{}); r.read(); log(st(r)); }
}, 200);
setTimeout(() => {
const mk=(n,l)=>{ let i=0; const r=new Readable({read(){ log(n,'in',st(this)); this.push(i++<1?'a':null); log(n,'out',st(this)); }}); if(l) r.on(l,()=>log(n,l,st(r))); return r; };
const a=mk('listening','readable'); const b=mk('none'); b.read(0); const c=mk('data','data'); const d=mk('read'); d.read(); d.read(); const e=mk('endl','end'); e.read(0);
const f=new Readable({read(){}}); f.on('end',()=>log('f end')); f.push('x'); f.push(null); f.read(); log(st(f)); f.read(); log(st(f));
const g=new Readable({read(){}}); g.on('end',()=>log('g end')); g.push(null); g.on('data',()=>log('g data')); log(st(g)); 
const h=new Readable({read(){}}); h.on('end',()=>log('h end')); h.push('q'); h.push(null); h.on('data',()=>log('h data')); log(st(h)); 
const k=new Readable({read(){}}); k.on('end',()=>log('k end')); k.push(null); k.once('readable',()=>log('k readable')); log(st(k)); 
}, 300);
setTimeout(() => {
const r1=new Readable({ highWaterMark: 16, objectMode: true, read(n) { let i = this.i || 0; log('_read',st(this)); if (i++ < 5) this.push('chunk ' + i); else { this.push(null); } this.i = i;log('_read over',st(this)); } });
r1.on('end',()=>log('end'));
r1.on('readable', () => { log('readable',st(r1)); let c; while ((c = r1.read()) !== null) log('read', c,st(r1)); log('readable over',st(r1)); });
}, 400);
