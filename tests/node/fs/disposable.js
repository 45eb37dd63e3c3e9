// SPDX-License-Identifier: MIT
// mkdtempDisposable and openAsBlob. Compared with Node.
'use strict';
const fs=require('fs'),os=require('os'),path=require('path'),util=require('util');
const t=async(name,f)=>{try{const r=await f();console.log(name, util.inspect(r,{depth:4,breakLength:120}).replaceAll(/weft-x-\w{6}/g,'weft-x-NNNNNN'))}catch(e){console.log(name,e.name,e.code,e.message.replaceAll(/weft-x-\w{6}/g,'weft-x-NNNNNN'))}};
(async()=>{
const prefix=path.join(os.tmpdir(),'weft-x-');
await t('sync',()=>{const d=fs.mkdtempDisposableSync(prefix); const r=[Object.keys(d),typeof d.remove,typeof d[Symbol.dispose],d.path.startsWith(prefix),fs.existsSync(d.path),d.remove.name,d.remove.length]; fs.writeFileSync(d.path+'/f','x'); d.remove(); r.push(fs.existsSync(d.path)); d.remove(); return r;});
await t('sync2',()=>{const d=fs.mkdtempDisposableSync(prefix); fs.rmdirSync(d.path); return d.remove();});
await t('sync3',()=>fs.mkdtempDisposableSync(5));
await t('sync4',()=>fs.mkdtempDisposableSync('/nonexistent/x'));
await t('using',()=>{ let p; { using d=fs.mkdtempDisposableSync(prefix); p=d.path; } return fs.existsSync(p); });
await t('async',async()=>{const d=await fs.promises.mkdtempDisposable(prefix); const r=[Object.keys(d),typeof d[Symbol.asyncDispose],fs.existsSync(d.path)]; await d.remove(); r.push(fs.existsSync(d.path)); await d.remove(); return r;});
await t('async3',()=>fs.promises.mkdtempDisposable(5)); 
await t('openAsBlob', async () => { const p = path.join(os.tmpdir(), `weft-blob-${process.pid}`); fs.writeFileSync(p, 'hello'); const b = await fs.openAsBlob(p, { type: 'text/plain' }); const r = [b.size, b.type, await b.text(), await b.slice(1, 3).text()]; fs.unlinkSync(p); return r; });
await t('blob sync', async () => { const b = fs.openAsBlobSync(__filename); return [b.size === fs.statSync(__filename).size, b.type]; });
await t('dir', () => { const d = fs.opendirSync(__dirname); const r = [d.path === __dirname, Object.keys(d).includes('path')]; d.closeSync(); return r; });
await t('oab2',()=>fs.openAsBlob('/nonexistent/x'));
await t('oab3',()=>fs.openAsBlob(5));
await t('oab4',()=>fs.openAsBlob(__filename,5));
await t('oab5',()=>fs.openAsBlob(__filename,{type:5}));
})();
