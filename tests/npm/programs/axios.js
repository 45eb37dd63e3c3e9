// SPDX-License-Identifier: MIT
// axios against a server of this machine: methods, parameters, bodies, redirects, errors, time limits, aborts, interceptors, streams.
// entries: cjs esm
'use strict';
const http = require('http');
const zlib = require('zlib');
const {Readable} = require('stream');
const {run, show} = require('./lib/harness.js');
const {listen, close} = require('./lib/web.js');

run('axios', async (axios) => {
  const server = await listen((req, res) => {
    const parts = [];
    req.on('data', (chunk) => parts.push(chunk));
    req.on('error', () => {});
    req.on('end', () => {
      const url = new URL(req.url, 'http://x');
      switch (url.pathname) {
        case '/redirect': res.writeHead(302, {Location: '/after'}).end(); break;
        case '/loop': res.writeHead(307, {Location: '/loop'}).end(); break;
        case '/status': res.writeHead(Number(url.searchParams.get('code')), {'X-Why': 'asked'}).end('{"why":"asked"}'); break;
        case '/hang': break;
        case '/gzip': res.writeHead(200, {'Content-Encoding': 'gzip', 'Content-Type': 'application/json'}).end(zlib.gzipSync('{"packed":true}')); break;
        case '/drop': res.destroy(); break;
        case '/bytes': res.end(Buffer.from([1, 2, 255])); break;
        default: {
          const {host, 'user-agent': agent, ...headers} = req.headers;
          res.setHeader('Content-Type', 'application/json');
          res.end(JSON.stringify([req.method, req.url, headers, Buffer.concat(parts).toString()]));
        }
      }
    });
  });
  const client = axios.create({baseURL: `http://127.0.0.1:${server.address().port}`, httpAgent: new http.Agent({keepAlive: true}), headers: {'X-Always': 'yes'}});
  const data = async (promise) => (await promise).data;
  const failure = (promise) => promise.then((r) => r.status, (error) => [error.name, error.code, error.message.replace(/:\d+/, ''), error.response?.status, error.response?.data, error.config?.method]);
  await show('get', data(client.get('/a', {params: {x: 1, list: [1, 2], 'sp ace': 'ä', none: undefined}})));
  await show('post', data(client.post('/p', {a: [1, {b: null}]})));
  await show('form', data(client.post('/p', new URLSearchParams({a: 'b c'}))));
  await show('text', data(client.put('/p', 'plain', {headers: {'Content-Type': 'text/plain'}})));
  await show('bytes', data(client.patch('/p', Buffer.from('bytes'))));
  await show('stream', data(client.post('/p', Readable.from(['one', 'two']))));
  await show('delete', data(client.delete('/d', {data: {x: 1}})));
  await show('head', client.head('/h').then((r) => [r.status, r.headers['content-type'], r.data]));
  await show('auth', data(client.get('/a', {auth: {username: 'me', password: 'pass'}})));
  await show('redirect', data(client.post('/redirect', {a: 1})));
  await show('no redirect', failure(client.get('/redirect', {maxRedirects: 0})));
  await show('loop', failure(client.get('/loop', {maxRedirects: 3})));
  await show('gzip', data(client.get('/gzip')));
  for (const code of [400, 404, 500, 204]) await show(`status ${code}`, failure(client.get('/status', {params: {code}})));
  await show('validateStatus', client.get('/status?code=418', {validateStatus: () => true}).then((r) => [r.status, r.statusText, r.data]));
  await show('time limit', failure(client.get('/hang', {timeout: 50})));
  await show('abort', failure(client.get('/hang', {signal: AbortSignal.timeout(30)})));
  await show('dropped', failure(client.get('/drop')));
  await show('refused', failure(axios.get('http://127.0.0.1:1/')));
  await show('too long', failure(client.get('/a', {maxContentLength: 10})));
  await show('array buffer', data(client.get('/bytes', {responseType: 'arraybuffer'})).then((bytes) => [...bytes]));
  const stream = await data(client.get('/bytes', {responseType: 'stream'}));
  const parts = [];
  for await (const part of stream) parts.push(...part);
  show('as stream', parts);
  client.interceptors.request.use((config) => {
    config.headers.set('X-Added', '1');
    return config;
  });
  client.interceptors.response.use((response) => ({...response, data: ['seen', response.data[2]['x-added']]}));
  await show('interceptors', data(client.get('/i')));
  await show('all', Promise.all([1, 2, 3].map((n) => client.get(`/${n}`))).then((all) => all.length));
  await close(server);
});
