// SPDX-License-Identifier: MIT
// FileHandle's calls on libuv's pool.
'use strict';
const fsp = require('fs/promises'), fs = require('fs'), os = require('os'), path = require('path'); const log = console.log;
(async () => { const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fsx-')); const p = path.join(dir, 'x'); const h = await fsp.open(p, 'w+');
h.on('close', () => log('close event', h.fd)); log(await h.write('abcdef'), await h.write(Buffer.from('XY'), 0, 1, 2), await h.write(Buffer.from('zz'), { position: 5 }), await h.writev([Buffer.from('1'), Buffer.from('2')])); await h.write('tail', 20, 'latin1');
log(await h.read(Buffer.alloc(4), 0, 4, 0), await h.read({ buffer: Buffer.alloc(3), position: 1 }), await h.read(Buffer.alloc(2)), await h.read(Buffer.alloc(3), { position: 0 }), await h.readv([Buffer.alloc(2)], 1)); log((await h.read()).bytesRead); await h.truncate(4); log((await h.stat()).size); await h.sync(); await h.datasync();
await h.close(); log(h.fd); try { await h.read(Buffer.alloc(1), 0, 1, 0); } catch (e) { log(e.code, e.message); } await h.close(); for (const f of [() => fsp.open(5), () => fsp.open(path.join(dir, 'none')), () => fsp.open(p, 'zz')]) try { await f(); } catch (e) { log(e.name, e.code, e.message.replace(dir, '')); }
{ await using g = await fsp.open(p); } const g = await fsp.open(p); for await (const l of g.readLines()) log('line', l); log((await h.write?.(Buffer.alloc(0)).catch(e => e.code))); fs.rmSync(dir, { recursive: true }); })();
