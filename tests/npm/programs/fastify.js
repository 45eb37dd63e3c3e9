// SPDX-License-Identifier: MIT
// fastify: schemas both ways, hooks, decorators, plugins, streams, errors; over a socket and by inject().
// entries: cjs esm
'use strict';
const {Readable} = require('stream');
const {run, show} = require('./lib/harness.js');
const {ask} = require('./lib/web.js');

run('fastify', async (make) => {
  const app = make({logger: false, bodyLimit: 200}), order = [];
  for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse']) {
    app.addHook(hook, async (...all) => {
      order.push(hook);
      return all[2];
    });
  }
  app.decorate('answer', 42);
  app.decorateRequest('mark', null);
  app.get('/', async () => ({hello: 'world'}));
  app.get('/user/:id', {schema: {params: {type: 'object', properties: {id: {type: 'integer'}}}, response: {200: {type: 'object', properties: {id: {type: 'number'}, at: {type: 'string'}}}}}}, async (req) => ({id: req.params.id, at: 'here', hidden: true}));
  app.post('/check', {schema: {body: {type: 'object', required: ['name'], properties: {name: {type: 'string', minLength: 2}, age: {type: 'integer', default: 7}}, additionalProperties: false}}}, async (req) => req.body);
  app.post('/echo', async (req, reply) => reply.code(201).header('x-mark', 'yes').send(req.body));
  app.get('/text', (req, reply) => void reply.type('text/html').send('<p>'));
  app.get('/bytes', async () => Buffer.from('bytes'));
  app.get('/stream', async (req, reply) => reply.send(Readable.from(['a', 'b'])));
  app.get('/error', async () => {
    throw Object.assign(new Error('bad'), {statusCode: 422});
  });
  app.get('/sync', () => {
    throw new Error('sync');
  });
  app.get('/redirect', (req, reply) => reply.redirect('/'));
  app.all('/all/*', async (req) => [req.method, req.params['*'], req.query]);
  app.register(async (inner) => {
    inner.setErrorHandler((error, req, reply) => reply.code(500).send(`handled ${error.message}`));
    inner.get('/inner', async function() {
      throw new Error(`answer ${this.answer}`);
    });
  }, {prefix: '/plugin'});
  app.setNotFoundHandler((req, reply) => reply.code(404).send({lost: req.url}));
  await app.listen({port: 0, host: '127.0.0.1'});
  const {port} = app.server.address(), json = {'content-type': 'application/json'};
  const requests = [['GET /'], ['HEAD /'], ['GET /user/12'], ['GET /user/x'], ['POST /check', json, '{"name":"ab"}'], ['POST /check', json, '{"name":"a"}'], ['POST /check', json, '{}'], ['POST /check', json, '{"name":1,"x":2}'], ['POST /echo', json, '[1,2]'],
    ['POST /echo', json, '{'], ['POST /echo', json, ''], ['POST /echo', {'content-type': 'text/plain'}, 'text'], ['POST /echo', {'content-type': 'image/png'}, 'x'], ['POST /echo', json, JSON.stringify('x'.repeat(300))], ['POST /echo', json, '{"__proto__":1}'],
    ['GET /text'], ['GET /bytes'], ['GET /stream'], ['GET /error'], ['GET /sync'], ['GET /redirect'], ['PUT /all/a/b?c=d'], ['GET /plugin/inner'], ['GET /nothing'], ['DELETE /']];
  for (const request of requests) await show(request.join(' ').slice(0, 80), ask(port, ...request));
  show('hooks', [order.length, order.slice(0, 7)]);
  for (const [method, url, payload] of [['GET', '/'], ['POST', '/echo', {a: 1}], ['GET', '/stream'], ['GET', '/nothing']]) {
    const response = await app.inject({method, url, payload});
    show(`inject ${method} ${url}`, [response.statusCode, response.headers['content-type'], response.payload]);
  }
  show('routes', app.printRoutes({commonPrefix: false}));
  await app.close();
});
