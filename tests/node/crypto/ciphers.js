// SPDX-License-Identifier: MIT
// Ciphers in every mode, there and back; what may be asked when; wrong keys, vectors, tags and texts; as streams; facts.
'use strict';
const crypto = require('crypto');

const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, Object.keys(e).join(), e.opensslErrorStack, e.library, e.reason);
  }
};
const k=Buffer.alloc(16,1),k32=Buffer.alloc(32,2),iv=Buffer.alloc(16,3),iv12=Buffer.alloc(12,4);
t(()=>crypto.getCipherInfo('aes-128-cbc'));
t(()=>crypto.getCipherInfo('AES-128-GCM',{ivLength:8}));
t(()=>crypto.getCipherInfo('aes-128-gcm',{ivLength:0}));
t(()=>crypto.getCipherInfo('aes-128-ccm',{ivLength:20}));
t(()=>crypto.getCipherInfo('aes-128-ccm',{ivLength:9}));
t(()=>crypto.getCipherInfo('aes-128-cbc',{keyLength:5}));
t(()=>crypto.getCipherInfo('chacha20-poly1305'));
t(()=>crypto.getCipherInfo('aes-128-ecb'));
t(()=>crypto.getCipherInfo('aes128-wrap'));
t(()=>crypto.getCipherInfo('aes-128-ocb'));
t(()=>crypto.getCipherInfo(419));
t(()=>crypto.getCipherInfo(-5));
t(()=>crypto.getCipherInfo({}));
t(()=>crypto.getCipherInfo('nope'));
t(()=>crypto.getCipherInfo('aes-128-cbc',5));
t(()=>crypto.getCipherInfo('aes-128-cbc',{keyLength:'x'}));
t(()=>crypto.createCipheriv(5,k,iv));
t(()=>crypto.createCipheriv('aes-128-cbc',5,iv));
t(()=>crypto.createCipheriv('aes-128-cbc',k,5));
t(()=>crypto.createCipheriv('aes-128-cbc',k));
t(()=>crypto.createCipheriv('aes-128-cbc',k,null));
t(()=>crypto.createCipheriv('aes-128-ecb',k,null).update('a','utf8','hex'));
t(()=>crypto.createCipheriv('aes-128-ecb',k,'').update('a','utf8','hex'));
t(()=>crypto.createCipheriv('aes-128-ecb',k,'x').update('a','utf8','hex'));
t(()=>crypto.createCipheriv('aes-128-gcm',k,iv12,{authTagLength:5}));
t(()=>crypto.createCipheriv('aes-128-gcm',k,iv12,{authTagLength:-5}));
t(()=>crypto.createCipheriv('aes-128-gcm',k,iv12,{authTagLength:'x'}));
t(()=>crypto.createCipheriv('aes-128-gcm',k,''));
t(()=>crypto.createCipheriv('aes-128-ccm',k,iv12));
t(()=>crypto.createCipheriv('aes-128-ccm',k,iv12,{authTagLength:5}));
t(()=>crypto.createCipheriv('aes-128-ccm',k,Buffer.alloc(14),{authTagLength:16}));
t(()=>crypto.createCipheriv('aes-128-ocb',k,iv12));
t(()=>crypto.createCipheriv('aes-128-ocb',k,iv12,{authTagLength:17}));
t(()=>crypto.createCipheriv('chacha20-poly1305',k32,Buffer.alloc(13)));
t(()=>crypto.createCipheriv('chacha20-poly1305',k32,iv12,{authTagLength:17}));
t(()=>crypto.createCipheriv('aes-128-gcm',k,iv12).getAuthTag());
t(()=>crypto.createCipheriv('aes-128-cbc',k,iv).getAuthTag());
t(()=>crypto.createCipheriv('aes-128-cbc',k,iv).setAAD(k));
t(()=>crypto.createCipheriv('aes-128-gcm',k,iv12).setAAD(5));
t(()=>crypto.createCipheriv('aes-128-ccm',k,iv12,{authTagLength:16}).setAAD(k));
t(()=>crypto.createCipheriv('aes-128-ccm',k,iv12,{authTagLength:16}).setAAD(k,{plaintextLength:'x'}));
t(()=>crypto.createCipheriv('aes-128-ccm',k,Buffer.alloc(13),{authTagLength:16}).setAAD(k,{plaintextLength:70000}));
t(()=>crypto.createCipheriv('aes-128-ccm',k,Buffer.alloc(13),{authTagLength:16}).update(Buffer.alloc(70000)));
t(()=>crypto.createDecipheriv('aes-128-gcm',k,iv12).setAuthTag(Buffer.alloc(5)));
t(()=>crypto.createDecipheriv('aes-128-gcm',k,iv12).setAuthTag(Buffer.alloc(8)));
t(()=>crypto.createDecipheriv('aes-128-gcm',k,iv12,{authTagLength:8}).setAuthTag(Buffer.alloc(16)));
t(()=>crypto.createDecipheriv('aes-128-gcm',k,iv12).setAuthTag('x'));
t(()=>crypto.createDecipheriv('aes-128-gcm',k,iv12).setAuthTag(5));
t(()=>crypto.createDecipheriv('aes-128-cbc',k,iv).setAuthTag(k));
t(()=>{const d=crypto.createDecipheriv('aes-128-gcm',k,iv12).setAuthTag(k);d.setAuthTag(k)});
t(()=>crypto.createDecipheriv('aes-128-ccm',k,iv12,{authTagLength:16}).update('abc'));
t(()=>{const d=crypto.createDecipheriv('aes-128-ccm',k,iv12,{authTagLength:16}).setAuthTag(k);console.log(d.update('abc'));d.final()});
t(()=>{const d=crypto.createDecipheriv('aes-128-ccm',k,iv12,{authTagLength:16});d.final()});
t(()=>{const d=crypto.createDecipheriv('chacha20-poly1305',k32,iv12).setAuthTag(k);d.final()});
t(()=>{const d=crypto.createDecipheriv('aes-128-ocb',k,iv12,{authTagLength:16});d.update('x');d.final()});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); c.update('a','utf8','hex'); c.final('base64')});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); c.update(5)});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); c.update('x','nope')});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); return c.update('x','utf8','nope')});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); c.final(); c.setAutoPadding()});
t(()=>{const c=crypto.createCipheriv('aes-128-cbc',k,iv); c.final(); c.final()});
t(()=>{const c=crypto.createCipheriv('aes128-wrap',k,Buffer.alloc(8,0xa6)); return c.update(k,'','hex')+c.final('hex')});
t(()=>{const c=crypto.createCipheriv('id-aes128-wrap-pad',k,Buffer.from('A65959A6','hex')); return c.update('abc','','hex')+c.final('hex')});
for (const n of ['aes-128-cbc','aes-128-ctr','aes-128-cfb','aes-128-cfb1','aes-128-cfb8','aes-128-ofb','AES-128-CBC','aria-128-cbc','camellia-128-cbc','sm4-cbc','aes128'])
 t(()=>{const c=crypto.createCipheriv(n,k,iv); const e=c.update('hello world, this is','utf8','hex')+c.final('hex'); const d=crypto.createDecipheriv(n,k,iv); return n+e+d.update(e,'hex','utf8')+d.final('utf8')});
for (const n of ['aes-128-gcm','aes-128-ccm','aes-128-ocb','id-aes128-GCM'])
 t(()=>{const c=crypto.createCipheriv(n,k,iv12,{authTagLength:16}); c.setAAD(Buffer.from('aad'),{plaintextLength:20}); const e=c.update('hello world, this is','utf8','hex')+c.final('hex'); const d=crypto.createDecipheriv(n,k,iv12,{authTagLength:16}); d.setAAD(Buffer.from('aad'),{plaintextLength:20}); d.setAuthTag(c.getAuthTag()); return n+e+c.getAuthTag().toString('hex')+d.update(e,'hex','utf8')+d.final('utf8')});
t(()=>{const c=crypto.createCipheriv('chacha20-poly1305',k32,iv12); c.setAAD('aad'); const e=c.update('hello','utf8','hex')+c.final('hex'); return e+c.getAuthTag().toString('hex')});
t(()=>crypto.createCipheriv('des-ede3-cbc',Buffer.alloc(24,1),Buffer.alloc(8)).update('12345678','latin1','hex'));
t(()=>crypto.createCipheriv('aes-128-xts',k32,iv).update('12345678901234567','latin1','hex'));
t(()=>crypto.createCipheriv('aes-256-cbc',crypto.createSecretKey(k32),iv).final('hex'));
t(()=>crypto.createCipheriv('aes-256-cbc','12345678901234567890123456789012','1234567890123456').final('hex'));
t(()=>crypto.createCipheriv('rc4',k,null));
t(()=>crypto.createCipheriv('bf-cbc',k,null));
t(()=>crypto.createCipheriv('aes-128-siv',k32,null).update('abc','','hex'));
t(()=>[crypto.Cipheriv.name,crypto.Cipheriv.length,crypto.Decipheriv.length,crypto.createCipheriv.length]);
t(()=>crypto.Cipheriv('aes-128-cbc',k,iv) instanceof crypto.Cipheriv);

const text = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 31) & 255));
for (const name of ['aes-192-cbc', 'aes-256-ctr', 'aes-256-gcm', 'aes-192-gcm', 'chacha20-poly1305', 'aes-256-ocb', 'aes-256-ccm', 'des-ede3-cbc', 'chacha20', 'aes-128-ecb', 'camellia-256-cfb']) {
  const info = crypto.getCipherInfo(name);
  const key = Buffer.alloc(info.keyLength, 'key'), vector = info.ivLength ? Buffer.alloc(info.ivLength, 'iv') : null;
  const options = /ocb|ccm/.test(name) ? { authTagLength: 12 } : undefined;
  for (const step of name.includes('ccm') ? [3000] : [1, 15, 16, 17, 3000]) {
    const c = crypto.createCipheriv(name, key, vector, options), d = crypto.createDecipheriv(name, key, vector, options);
    const isAuth = /gcm|ocb|ccm|poly/.test(name);
    if (isAuth && step !== 1) for (const x of [c, d]) x.setAAD(Buffer.from('about'), { plaintextLength: text.length });
    const out = [];
    for (let at = 0; at < text.length; at += step) out.push(c.update(text.subarray(at, at + step)));
    out.push(c.final());
    const all = Buffer.concat(out);
    if (isAuth) d.setAuthTag(c.getAuthTag());
    const back = Buffer.concat([d.update(all), d.final()]);
    console.log(name, step, crypto.hash('sha1', all), isAuth && c.getAuthTag().toString('hex'), back.equals(text));
    if (isAuth) {
      const bad = crypto.createDecipheriv(name, key, vector, options);
      if (step !== 1) bad.setAAD(Buffer.from('About'), { plaintextLength: text.length });
      else all[5] ^= 1;
      bad.setAuthTag(c.getAuthTag());
      t(() => bad.update(all).length + bad.final());
    }
  }
}
t(() => {
  const d = crypto.createDecipheriv('aes-128-cbc', k, iv).setAutoPadding(false);
  const c = crypto.createCipheriv('aes-128-cbc', k, iv).setAutoPadding(false);
  return [d.update(c.update('0123456789abcdef')).length, d.final().length];
});
t(() => crypto.createDecipheriv('aes-128-cbc', k, iv).update(text).length);
t(() => {
  const d = crypto.createDecipheriv('aes-128-cbc', k, iv);
  d.update(Buffer.alloc(16));
  d.final();
});
t(() => crypto.createDecipheriv('aes-128-cbc', k, iv).final());
t(() => crypto.createCipheriv('aes-128-cbc', k, iv).setAutoPadding(false).update('abc').length);
t(() => ['aes-128-cbc', 'aes256', 'chacha20-poly1305', 'id-aes128-gcm', 'aes-256-xts'].every((name) => crypto.getCiphers().includes(name)));

const stream = crypto.createCipheriv('aes-256-cbc', k32, iv);
const back = stream.pipe(crypto.createDecipheriv('aes-256-cbc', k32, iv));
let length = 0;
back.on('data', (chunk) => (length += chunk.length));
back.on('end', () => {
  console.log('stream', length);
  const bad = crypto.createDecipheriv('aes-256-cbc', k32, iv);
  bad.on('error', (e) => console.log('stream', e.message, e.code));
  bad.end(Buffer.alloc(17));
});
for (let i = 0; i < 50; i++) stream.write(text);
stream.end();
const d = crypto.createDecipheriv('aes-128-cbc', k, iv);
const c = crypto.createCipheriv('aes-128-cbc', k, iv);
const hidden = c.update('täxt \u{1f600} and more of it', 'utf8', 'base64') + c.final('base64');
const pieces = [];
for (const byte of Buffer.from(hidden, 'base64')) pieces.push(d.update(Buffer.from([byte]), undefined, 'utf8'));
console.log(pieces.join('') + d.final('utf8'));
