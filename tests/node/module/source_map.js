// SPDX-License-Identifier: MIT
// module.SourceMap: entries and origins by place. Compared with Node.
'use strict';
const {SourceMap,findSourceMap}=require('module'); const util=require('util');
const t=(name,f)=>{try{const r=f();console.log(name, util.inspect(r,{depth:6,breakLength:120}))}catch(e){console.log(name,e.name,e.code,e.message)}};
const payload={version:3,file:'out.js',sourceRoot:'',sources:['foo.js','bar.js'],names:['x','y'],mappings:'AAAA,IAAIA,EAAI;AACA;ACDJC,SAAS;',sourcesContent:['a','b']};
t('own', () => Object.getOwnPropertyNames(SourceMap.prototype));
t('len', () => SourceMap.length); const m=new SourceMap(payload);
t('pl', () => [m.payload!==payload, m.payload]);
t('lens', () => m.lineLengths);
t('lens2', () => new SourceMap(payload,{lineLengths:[1,2]}).lineLengths);
for (const [l,c] of [[0,0],[0,3],[0,4],[0,6],[0,100],[1,0],[1,5],[2,0],[2,9],[3,0],[9,9],[-1,0]]) t(`fe ${l} ${c}`, () => m.findEntry(l,c));
for (const [l,c] of [[1,1],[1,5],[2,1],[3,1],[1,0],[0,1],[9,9]]) t(`fo ${l} ${c}`, () => m.findOrigin(l,c));
t('bad', () => new SourceMap());
t('bad2', () => new SourceMap(5));
t('sections', () => {const s=new SourceMap({version:3,sections:[{offset:{line:0,column:0},map:payload},{offset:{line:10,column:5},map:payload}]}); return [s.findEntry(10,5),s.findEntry(10,8),s.findEntry(0,4),s.findEntry(11,0)]});
t('fsm', () => findSourceMap('nofile'));
t('fsm2', () => findSourceMap(__filename));
t('root', () => new SourceMap({...payload,sourceRoot:'/r/'}).findEntry(0,0));
t('url', () => new SourceMap({...payload,sources:['webpack:///a.js','../b.js']}).findEntry(0,0));
