// SPDX-License-Identifier: MIT
// Proxies: their target, with Proxy() around it; functions whose prototype is no function.
const {inspect}=require('util');
const P=(x)=>new Proxy(x,{});
{
const deep={a:{b:{c:{d:1}}}};
console.log(P(deep), P({a:P({b:P({c:P({d:1})})})}));
const c={}; c.self=P(c); c.me=c; console.log(c, P(c));
console.log(P({[inspect.custom](){return 'custom!'}}), P({[inspect.custom](d,o){return {z:1}}}), P({[inspect.custom](d,o){return this===undefined}}));
console.log(inspect(P({a:1}),{colors:true}), inspect(P(P({a:1})),{colors:true}), inspect(P({a:{b:1}}),{depth:0}));
console.log(P({aaaaaaaaaaaaaaaaaaaaa:'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',ccccccccccccccccccccccccccccccccc:'ddddddddddddddddddddddddd', eeeeeeeeeeeeee:{f:P([1,2,3,{g:P({h:1})}])}}));
console.log(inspect(P({a:1,b:{c:2}}),{compact:false}));
console.log(P(Array.from({length:120},(_, i)=>i)), P(new Error('x')).message, P(Object.create(null)), P(new (class Q{x=1})), P(new Map([[P({}),P([])]])));
console.log('%s', P(function f(){}), [P(()=>1)], P(P(P(()=>{}))));
const r=Proxy.revocable({},{}); r.revoke(); console.log([r.proxy], inspect(r.proxy,{colors:true}), P(r.proxy));
console.log(inspect(P({a:1}),{showProxy:1}), inspect({x:P(P([]))},{showProxy:true,depth:0}), inspect(P(P({a:{b:{}}})),{showProxy:true}));
console.log(P(new Date(0)), P(/x/g), P(new Set([1])), P(Promise.resolve(1)), P(Symbol.prototype), P(Object(1)), P(new WeakMap), P(new Uint8Array(2)), P((function(){return arguments})(1)), P((function*(){})()), P([].values()));
console.log([P({a:1}),P({a:1}),P({a:1}),P({a:1}),P({a:1}),P({a:1}),P({a:1})], {k:P(class X extends Map{})});
console.log(P(new Proxy({a:1},{get(){throw 1}, ownKeys(){throw 2}})), inspect(P({get a(){return 1}}),{getters:true}));
const assert=require('assert'); try{assert.deepStrictEqual(P({a:1}),{a:2})}catch(e){console.log(e.message)}
console.table([P({a:1})]);
const q=P([1]); const arr=[q,q]; arr.push(arr); console.log(arr, P(arr)); const o={}; const po=P(o); o.p=po; console.log(po);
}
{
const t={[inspect.custom](d,o){return 'custom! '+(this===p)+(this===t)+(this===pp)}}; let p=P(t), pp=P(p);
console.log(p,'|', pp,'|', [pp]);
const u={[inspect.custom](d,o){return this}}; let q=P(u), qq=P(q); console.log(q,qq,u);
const v={[inspect.custom](d,o){return v}, z:1}; console.log(v, P(v));
const w={[inspect.custom](d,o){return {self:pw}}, z:1}, pw=P(w); console.log(inspect(pw,{depth:1}).slice(0,200));
const s=[]; console.log(P({a:1},{get(t,k){s.push(k);return t[k]}, getOwnPropertyDescriptor(t,k){s.push('gopd')}}), P(P({a:1},{get(t,k){s.push(k);return t[k]}})), s);
}
{
const f=Object.setPrototypeOf(()=>1,{}), g=Object.setPrototypeOf(function q(){},{}); f.x=1;
console.log(f,g,Object.setPrototypeOf(class A{},{}), Object.setPrototypeOf(class A{static x=1},{}), Object.setPrototypeOf(async()=>1,{}), Object.setPrototypeOf(function a(){}, {[Symbol.toStringTag]:'T'}),Object.setPrototypeOf(function a(){}, null))
console.log(inspect(Function.prototype,{showHidden:true}))
console.log({f:Function.prototype},[Object.setPrototypeOf(function a(){}, Object)], Object.setPrototypeOf(new Proxy(function a(){},{}), {}))
console.log(new Proxy(function a(){},{}), new Proxy({a:1},{}), new Proxy(class A{},{}), new Proxy([1],{}), [new Proxy(new Map(),{})], new Proxy(new Proxy({},{}),{}), inspect(new Proxy({a:1},{}),{showProxy:true}), new Proxy(new Date(0),{}), {a:new Proxy(class B{static x=1},{})})
const {proxy,revoke}=Proxy.revocable({},{});revoke();console.log(proxy);
}
