// SPDX-License-Identifier: MIT
// koa: middleware around each other, bodies of all kinds, streams, errors, cookies, content negotiation. (Version 2: the third one needs
// ReadableStream and Response.)
// entries: cjs esm
'use strict';
const fs = require('fs');
const path = require('path');
const {Readable} = require('stream');
const {run, show} = require('./lib/harness.js');
const {listen, close, ask} = require('./lib/web.js');

run('koa', async (Koa) => {
  const app = new Koa({keys: ['secret']}), errors = [];
  app.on('error', (error) => errors.push(`${error.message} ${error.status}`));
  app.use(async (ctx, next) => {
    const steps = ctx.state.steps = ['in'];
    await next();
    steps.push('out');
    ctx.set('X-Steps', steps.join());
  });
  app.use(async (ctx) => {
    await null;
    switch (ctx.path) {
      case '/': ctx.body = 'koa'; break;
      case '/json': ctx.body = {query: ctx.query, method: ctx.method, host: ctx.hostname, type: ctx.accepts('html', 'json'), length: ctx.request.length ?? null}; break;
      case '/file': ctx.body = fs.createReadStream(path.join(__dirname, 'lib/web.js')); ctx.type = 'js'; break;
      case '/lines': ctx.body = Readable.from(['a\n', 'b\n']); break;
      case '/bytes': ctx.body = Buffer.from([1, 2, 3]); break;
      case '/none': ctx.body = null; break;
      case '/status': ctx.status = 202; break;
      case '/throw': ctx.throw(418, 'teapot', {headers: {'X-Tea': 'yes'}}); break;
      case '/error': throw new Error('inner');
      case '/assert': ctx.assert(ctx.query.x, 400, 'x is missing'); ctx.body = 'x'; break;
      case '/missing': ctx.body = fs.createReadStream('/no/such/file'); break;
      case '/redirect': ctx.redirect('/<x>'); break;
      case '/cookie': ctx.cookies.set('a', 'b', {signed: true}); ctx.body = ctx.cookies.get('x') ?? '-'; break;
      case '/etag': ctx.body = 'e'; ctx.etag = 'tag'; if (ctx.fresh) ctx.status = 304; break;
    }
  });
  const server = await listen(app.callback()), {port} = server.address();
  for (const request of [['GET /'], ['HEAD /'], ['GET /json?a=1&a=2', {accept: 'application/json'}], ['POST /json', {}, 'body'], ['GET /file'], ['GET /lines'], ['GET /bytes'], ['GET /none'], ['GET /status'], ['GET /throw'], ['GET /error'],
    ['GET /assert'], ['GET /assert?x=1'], ['GET /missing'], ['GET /redirect'], ['GET /cookie', {cookie: 'x=1'}], ['GET /etag'], ['GET /etag', {'if-none-match': '"tag"'}], ['GET /nothing']]) {
    await show(request[0], ask(port, ...request));
  }
  show('errors', errors);
  await close(server);
});
