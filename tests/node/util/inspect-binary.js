// SPDX-License-Identifier: MIT
// ArrayBuffers, their views and what they say about themselves.
const i=require('util').inspect;
const ab=new ArrayBuffer(4), sab=new SharedArrayBuffer(2), dv=new DataView(ab,1), r=new ArrayBuffer(8,{maxByteLength:16});
console.log(ab,sab,dv,r,[ab],{a:dv}); ab.x=1; ab[Symbol('q')]=2; console.log(ab, i(ab,{showHidden:true}), i(ab,{colors:true}), i(dv,{colors:true}));
console.log(i(new Uint8Array([1,2]),{showHidden:true}), i(new DataView(new ArrayBuffer(2)),{depth:0}), i(new ArrayBuffer(0)), i(Buffer.from('ab'),{showHidden:true}));
console.log(i(new Uint8Array(ab),{showHidden:true, colors:true}), i({x:{y:ab}},{depth:0}), i({x:ab},{depth:0}));
class AB extends ArrayBuffer{} ; console.log(new AB(1), Object.setPrototypeOf(new ArrayBuffer(1),null), Object.setPrototypeOf(new DataView(new ArrayBuffer(1)),null));
const d=structuredClone(r,{transfer:[r]}); console.log(d, r);
console.log(i(new ArrayBuffer(100)), i(new ArrayBuffer(3),{maxArrayLength:1}), i(new ArrayBuffer(4),{compact:false}));
const so=new ArrayBuffer(2); so.b=1; so.a=2; console.log(i(so,{sorted:true}), i(new DataView(so),{sorted:true}), i(Object.assign(new Uint8Array(so),{z:1,y:2}),{sorted:true,showHidden:true}), i(new Uint8Array(2),{showHidden:true,depth:0}), i([new Uint8Array(2)],{showHidden:true,depth:0}), i(new Uint16Array(1),{showHidden:true,compact:false}));
