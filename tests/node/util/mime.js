// util.MIMEType and util.MIMEParams.
'use strict';
const { MIMEType, MIMEParams } = require('util');
for (const text of ['text/html', ' Text/HTML ; charset=utf-8', 'a/b;x=1;x=2;y="q\\"r";z', 'a/b;=1;c', 'a/b;q="unclosed', 'application/ld+json;profile="a b"', 'a/b;x=', 'text', '/x', 'a/', 'a b/c', 'a/b c', '',
  'x/y;a="1" junk;b=2', 'x/y;A=B']) {
  try {
    const mime = new MIMEType(text);
    console.log(String(mime), mime.type, mime.subtype, mime.essence, JSON.stringify(mime), [...mime.params]);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const mime = new MIMEType('text/plain;charset=utf-8');
mime.type = 'APPLICATION';
mime.subtype = 'Json';
mime.params.set('q', 'a b');
mime.params.delete('charset');
console.log(`${mime}`, mime.params.get('q'), mime.params.get('no'), mime.params.has('q'), [...mime.params.keys()], [...mime.params.values()]);
for (const f of [() => { mime.type = 'a b'; }, () => mime.params.set('a b', 1), () => mime.params.set('a', '\u0100'), () => new MIMEParams().set('', 1)]) {
  try {
    f();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
