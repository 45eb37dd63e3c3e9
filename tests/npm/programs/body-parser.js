// SPDX-License-Identifier: MIT
// body-parser: json, forms, text, bytes; limits, encodings, compression, broken bodies.
// entries: cjs esm
'use strict';
const zlib = require('zlib');
const {run, show} = require('./lib/harness.js');
const {listen, close, ask} = require('./lib/web.js');

run('body-parser', async (parsers) => {
  const stack = [
    parsers.json({limit: '1kb', strict: true, reviver: (key, value) => (key === 'drop' ? undefined : value), verify: (req, res, bytes) => {
      if (bytes.includes('forbidden')) throw new Error('verify');
    }}),
    parsers.urlencoded({extended: true, parameterLimit: 5, limit: '1kb'}), parsers.text({type: ['text/*']}), parsers.raw({type: 'application/x-bytes', inflate: false})];
  const server = await listen((req, res) => {
    const next = (i) => (error) => {
      if (error) res.writeHead(error.status ?? 500).end(`${error.type} ${error.message.replace(/JSON.*|Unexpected.*|Expected.*/, '')} ${error.limit}`);
      else if (i < stack.length) stack[i](req, res, next(i + 1));
      else res.end(JSON.stringify(Buffer.isBuffer(req.body) ? [...req.body] : req.body ?? null));
    };
    next(0)();
  });
  const {port} = server.address(), json = 'application/json';
  const post = (type, body, more = {}) => ask(port, 'POST /', {'content-type': type, ...more}, body);
  for (const [type, body, more] of [[json, '{"a":1,"drop":2,"ä":"☃"}'], [json, ' [1, 2] '], [json, '"text"'], [json, ''], [json, '{"a"'], [json, '{"forbidden":1}'], [json, JSON.stringify({a: 'x'.repeat(2000)})],
    [json, zlib.gzipSync('{"z":1}'), {'content-encoding': 'gzip'}], [json, zlib.deflateSync('{"d":1}'), {'content-encoding': 'deflate'}], [json, zlib.brotliCompressSync('{"b":1}'), {'content-encoding': 'br'}], [json, 'nonsense', {'content-encoding': 'gzip'}],
    [json, '{}', {'content-encoding': 'nothing'}], [`${json}; charset=utf-16`, Buffer.from('\ufeff{"u":16}', 'utf16le')], [`${json}; charset=nothing`, '{}'], ['application/x-www-form-urlencoded', 'a=1&b[]=2&b[]=3&c[d]=4'],
    ['application/x-www-form-urlencoded', 'a&b&c&d&e&f'], ['application/x-www-form-urlencoded; charset=iso-8859-1', 'a=%E4'], ['text/plain', 'text'], ['text/plain; charset=iso-8859-1', Buffer.from([0xe4])], ['application/x-bytes', Buffer.from([1, 2])],
    ['application/x-bytes', zlib.gzipSync('x'), {'content-encoding': 'gzip'}], ['image/png', 'x'], [json, '{"chunked":true}', {'transfer-encoding': 'chunked'}]]) {
    await show(`${type} ${JSON.stringify(more ?? '')} ${String(body).slice(0, 20).replace(/[^ -~]/g, '?')}`, post(type, body, more));
  }
  await close(server);
});
