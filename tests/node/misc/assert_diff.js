// SPDX-License-Identifier: MIT
// What assert says of two values: lines that differ only by the comma behind them are equal, edits stand in the script's order.
const assert=require('assert');
const cases = [[{a: 1, b: [1, 2, 3]}, {a: 1, b: [1, 3], c: 'x'}],[[1,2,3],[1,2,3,4]],[[1,2,3,4],[1,2,3]],[{a:{b:1}},{a:{b:1},c:2}],[{a:[1],z:1},{a:[1]}],[['a,'],['a']],[[1,[2,[3]]],[1,[2,[3]],4]],
  ['a\nb,\nc','a\nb\nc'],[{x:'l1\nl2\nl3'},{x:'l1\nl2,\nl3'}],[new Map([[1,2]]),new Map([[1,2],[3,4]])],[new Set(['a,']),new Set(['a',1])],[{a:'x,'},{a:'x',b:1}],[{a:1},{a:1,b:undefined,c:null,d:[]}],[[{a:1},{b:2}],[{a:1},{b:2},{c:3}]],[[1,2,3,4,5,6,7,8,9,10,11],[1,2,3,4,5,6,7,8,9,10,12,13]]];
for (const [a,b] of cases) for (const [x,y] of [[a,b],[b,a]]) for (const m of ['deepStrictEqual','deepEqual','strictEqual','partialDeepStrictEqual']) { try { assert[m](x,y) ; console.log('pass')} catch (e) { console.log(e.message) } }
