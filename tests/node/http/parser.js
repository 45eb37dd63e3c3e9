// SPDX-License-Identifier: MIT
// HTTPParser: what it tells of requests and responses, whole and split, and how it refuses; strict, and as lenient as it can be.
'use strict';
const { HTTPParser } = require('_http_common');

function run(type, input, splits, lenient) {
  const p = new HTTPParser(), log = [];
  p.initialize(type, {}, 0, lenient);
  let body = '', pending = [], url = '';
  const flush = () => {
    if (body) log.push('B ' + JSON.stringify(body));
    body = '';
  };
  p[HTTPParser.kOnMessageBegin] = () => {
    flush();
    log.push('begin');
  };
  p[HTTPParser.kOnHeaders] = (headers, more) => {
    flush();
    pending.push(...headers);
    url += more;
  };
  p[HTTPParser.kOnHeadersComplete] = (major, minor, headers, method, path, status, statusMessage, upgrade, keep) => {
    flush();
    log.push('H ' + JSON.stringify([major, minor, headers ?? pending, method, path ?? (type === 1 ? url : undefined), status, statusMessage, upgrade, keep]));
    pending = [];
    url = '';
    return 0;
  };
  p[HTTPParser.kOnBody] = (bytes) => (body += bytes.toString('latin1'));
  p[HTTPParser.kOnMessageComplete] = () => {
    flush();
    if (pending.length) log.push('T ' + JSON.stringify(pending));
    pending = [];
    log.push('done');
  };
  const bytes = Buffer.from(input, 'latin1');
  let at = 0;
  for (const end of [...splits, bytes.length]) {
    const result = p.execute(bytes.subarray(at, end));
    if (typeof result !== 'number') {
      flush();
      log.push(`${result.name} ${result.message} ${result.code} ${result.reason} ${Object.keys(result)}`);
      return log;
    }
    if (result < end - at) {
      log.push('stops at ' + (at + result));
      return log;
    }
    at = end;
  }
  const result = p.finish();
  flush();
  if (result instanceof Error && !input.includes(' 101 ')) log.push(`finish ${result.code} ${result.reason}`);
  return log;
}

const Q = 1, R = 2;
const cases = [
 [Q,'GET / HTTP/1.1\r\n\r\n'],[Q,'\r\n\n\rGET / HTTP/1.1\r\n\r\n'],[Q,'GET  /a?b#c   HTTP/1.1\r\nHost: x\r\n\r\n'],[Q,'GET /\r\n\r\n'],[Q,'GET /\r\nHost: x\r\n\r\n'],[Q,'GET /\n\n'],[Q,'get / HTTP/1.1\r\n\r\n'],[Q,'GETX / HTTP/1.1\r\n\r\n'],[Q,'FOO / HTTP/1.1\r\n\r\n'],
 [Q,'GET / HTTP/1.1\n\n'],[Q,'GET / HTTP/1.1\r\nA: b\n\n'],[Q,'GET / HTTP/1.1\r\rA: b\n\n'],[Q,'GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA:\r\n c\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA :b\r\n\r\n'],[Q,'GET / HTTP/1.1\r\n A:b\r\n\r\n'],[Q,'GET / HTTP/1.1\r\n: b\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA: b\x00c\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA: b\x7fc\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA: b\x80\xff \t \r\n\r\n'],[Q,'GET / HTTP/1.1\r\nA: b\r\n\rX'],
 [Q,'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'],
 [Q,'POST / HTTP/1.1\r\nContent-Length: 3 \t\r\n\r\nabcGET / HTTP/1.1\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nContent-Length: 3 3\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nContent-Length:\r\n\r\nabc'],[Q,'POST / HTTP/1.1\r\nContent-Length: 3,3\r\n\r\nabc'],
 [Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b;c="d;e";f\r\nabc\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\nGET / HTTP/1.0\r\n\r\nGET'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nabcd\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\nabcd\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\nabcd\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a="\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3; a=b\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a\n\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b\\"c"\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b\\\x01c"\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b"x\r\nabc\r\n0\r\n\r\n'],[Q,'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\r\nabc\r\n0\r\n\r\n'],
 [Q,'GET / HTTP/1.2\r\n\r\n'],[Q,'GET / HTTP/2.0\r\n\r\n'],[Q,'GET / HTTP/0.9\r\n\r\n'],[Q,'GET / HTTP/1.1 \r\n\r\n'],[Q,'GET / HTTP/11\r\n\r\n'],[Q,'GET / HTTP/a.1\r\n\r\n'],[Q,'GET / http/1.1\r\n\r\n'],[Q,'GET / RTSP/1.0\r\n\r\n'],[Q,'GET / ICE/1.0\r\n\r\n'],[Q,'SOURCE / ICE/1.0\r\n\r\n'],[Q,'SOURCE / HTTP/1.0\r\n\r\n'],[Q,'PLAY / RTSP/1.0\r\n\r\n'],[Q,'PLAY / HTTP/1.0\r\n\r\n'],[Q,'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],[Q,'PUT / XTTP/1.1\r\n\r\n'],
 [Q,'CONNECT a.b:80 HTTP/1.1\r\n\r\nxyz'],[Q,'CONNECT /a HTTP/1.1\r\n\r\nxyz'],[Q,'GET /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nxyz'],[Q,'POST /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nxyzabc'],[Q,'GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\nGET / HTTP/1.1\r\n\r\n'],
 [Q,'GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nConnection: close\r\n\r\n\r\n\r\n'],[Q,'GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET / HTTP/1.1\r\nConnection: x, close ,y\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nConnection: closed\r\n\r\n'],[Q,'GET / HTTP/1.1\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n'],
 [Q,'GET http://u:p@h:80/p?q#f HTTP/1.1\r\n\r\n'],[Q,'GET http:/x HTTP/1.1\r\n\r\n'],[Q,'GET ?x HTTP/1.1\r\n\r\n'],[Q,'GET /a\x80b HTTP/1.1\r\n\r\n'],[Q,'GET /a\tb HTTP/1.1\r\n\r\n'],[Q,'GET /a\x0cb HTTP/1.1\r\n\r\n'],[Q,'GET /a#b#c?d HTTP/1.1\r\n\r\n'],[Q,'GET http://a@b@c/ HTTP/1.1\r\n\r\n'],[Q,'GET http://a b HTTP/1.1\r\n\r\n'],[Q,'GET http://a?b HTTP/1.1\r\n\r\n'],[Q,'GET http://a#b HTTP/1.1\r\n\r\n'],[Q,'GET http://[::1]:80 HTTP/1.1\r\n\r\n'],[Q,'GET http HTTP/1.1\r\n\r\n'],[Q,'GET http:// HTTP/1.1\r\n\r\n'],[Q,'GET h1://x HTTP/1.1\r\n\r\n'],[Q,'GET /a\x7fb HTTP/1.1\r\n\r\n'],[Q,'GET /a\x01b HTTP/1.1\r\n\r\n'],[Q,'GET \r\n\r\n'],
 [R,'HTTP/1.1 200 OK\r\n\r\nabc'],[R,'HTTP/1.1 200\r\n\r\nabc'],[R,'HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabcHTTP/1.0 204 x\r\n\r\n'],[R,'HTTP/1.1 20 OK\r\n\r\n'],[R,'HTTP/1.1 2000 OK\r\n\r\n'],[R,'HTTP/1.1 099 OK\r\n\r\n'],[R,'HTTP/1.1 999 OK\r\n\r\n'],[R,'HTTP/1.1  200 OK\r\n\r\n'],[R,'HTTP/1.1 200 O\x01\x80K\r\n\r\n'],[R,'HTTP/1.1 200 OK\n\r\n'],[R,'HTTP/1.1 200 OK\rX'],[R,'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],[R,'HTTP/1.1 101 Sw\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nraw'],[R,'HTTP/1.1 101 Sw\r\n\r\nraw'],[R,'HTTP/1.1 304 NM\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx'],[R,'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc'],[R,'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc'],[R,'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],[R,'HTTP/1.1 200 OK\r\nContent-Le'],[R,'junk'],[R,'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nxy'],[R,'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nxy'],[R,'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n'],[R,'HTTP/3.1 200 OK\r\n\r\n'],[R,'HTTP/1.1200 OK\r\n\r\n'],[R,'HTTP/1.1 200OK\r\n\r\n'],[R,'\r\nHTTP/1.1 204 OK\r\n\r\n'],[R,'HTTP/1.1 200 OK\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 1\r\n\r\na'],[R,'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\n\n'],
];
for (const [type, text] of cases) {
  for (const lenient of [0, 1023]) {
    if (lenient && /[^\r]\n\n$|GET$/.test(text)) continue;
    const log = run(type, text, [], lenient);
    console.log(lenient, JSON.stringify(text));
    for (const line of log) console.log('   ' + line);
    if (/pgrade|CONNECT| 101 /.test(text)) continue; // what follows them is not HTTP
    for (let i = 1; i < text.length; i += 5) {
      const split = run(type, text, [i], lenient);
      if (String(split) !== String(log)) console.log(`   differs, split at ${i}:\n   ${split.join('\n   ')}`);
    }
  }
}
