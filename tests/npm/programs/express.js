// SPDX-License-Identifier: MIT
// express: routes, parameters, middleware, bodies of all kinds, cookies, redirects, files and ranges, etags, errors, sub-applications.
// entries: cjs esm
'use strict';
const path = require('path');
const {run, show} = require('./lib/harness.js');
const {listen, close, ask} = require('./lib/web.js');

run('express', async (express) => {
  const app = express();
  app.set('trust proxy', true);
  app.use((req, res, next) => {
    res.set('X-Seen', [...(res.get('X-Seen') ? [res.get('X-Seen')] : []), req.method]);
    next();
  });
  app.use(express.json({limit: 100}));
  app.use(express.urlencoded({extended: true}));
  app.use(express.text());
  app.use(express.raw());
  app.get('/', (req, res) => res.send('hello'));
  app.get('/json/:id/:rest?'.replace('/:rest?', ''), (req, res) => res.json({id: req.params.id, query: req.query, ip: req.ip, host: req.hostname, secure: req.secure, fresh: req.fresh, accepts: req.accepts(['html', 'json']), type: req.is('json')}));
  app.param('user', (req, res, next, id) => {
    req.user = `user ${id}`;
    next();
  });
  app.get('/user/:user', (req, res) => res.type('txt').send(req.user));
  app.post('/body', (req, res) => res.json({body: Buffer.isBuffer(req.body) ? [...req.body] : req.body, type: req.get('content-type')}));
  app.get('/cookie', (req, res) => {
    res.cookie('a', 'b c', {httpOnly: true, path: '/x', sameSite: 'lax'}).clearCookie('old').send(req.headers.cookie);
  });
  app.get('/redirect', (req, res) => res.redirect(301, '/x?y=z'));
  app.get('/status', (req, res) => res.sendStatus(418));
  app.get('/links', (req, res) => res.links({next: '/2', last: '/9'}).vary('Accept').location('/here').attachment('näme.txt').end());
  app.get('/format', (req, res) => res.format({text: () => res.send('text'), json: () => res.json('json'), default: () => res.status(406).end()}));
  app.get('/jsonp', (req, res) => res.jsonp({x: '<\u2028>'}));
  app.get('/file', (req, res) => res.sendFile(path.join(__dirname, 'lib/web.js'), {cacheControl: false}));
  app.get('/stream', (req, res) => {
    res.write('one ');
    setTimeout(() => res.end('two'), 5);
  });
  app.get('/throw', () => {
    throw Object.assign(new Error('oops'), {status: 409});
  });
  app.get('/reject', async () => {
    throw new Error('later');
  });
  app.use('/static', express.static(path.join(__dirname, 'lib'), {index: false, dotfiles: 'deny', cacheControl: false}));
  const router = express.Router({mergeParams: true});
  router.route('/item').get((req, res) => res.json([req.baseUrl, req.params])).put((req, res) => res.send('put'));
  app.use('/sub/:part', router);
  app.use((error, req, res, next) => {
    res.status(error.status ?? 500).send(`${error.name} ${error.message} ${error.type}`);
  });
  const server = await listen(app), {port} = server.address();
  const json = {'content-type': 'application/json'}, form = {'content-type': 'application/x-www-form-urlencoded'};
  const requests = [
    ['GET /'], ['HEAD /'], ['OPTIONS /'], ['POST /'], ['DELETE /nothing'], ['GET /json/7?a=b&c[]=1&c[]=2', {accept: 'application/json', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https'}],
    ['GET /json/a%20b%2Fc'], ['GET /json/%E0%A4%A'], ['GET /user/5'], ['POST /body', json, '{"a":[1,{"b":null}]}'], ['POST /body', json, '{"a":'], ['POST /body', json, JSON.stringify('x'.repeat(200))],
    ['POST /body', form, 'a=1&b[c]=2&d=%C3%A4+x'], ['POST /body', {'content-type': 'text/plain; charset=latin1'}, Buffer.from('gr\xfcn', 'latin1')], ['POST /body', {'content-type': 'application/octet-stream'}, Buffer.from([0, 255])],
    ['POST /body', {...json, 'content-encoding': 'br'}, 'x'], ['POST /body', {'content-type': 'application/json; charset=x'}, '{}'], ['GET /cookie', {cookie: 'x=y'}], ['GET /redirect'], ['GET /status'], ['GET /links'],
    ['GET /format', {accept: 'application/json'}], ['GET /format', {accept: 'image/png'}], ['GET /jsonp?callback=f'], ['GET /file'], ['GET /file', {range: 'bytes=3-9'}], ['GET /file', {range: 'bytes=999999-'}],
    ['GET /static/harness.js', {range: 'bytes=-20'}], ['GET /static/../express.js'], ['GET /static/.x'], ['GET /static'], ['GET /stream'], ['GET /throw'], ['GET /reject'], ['GET /sub/a/item'], ['PUT /sub/b/item'], ['PATCH /sub/b/item'],
  ];
  for (const request of requests) await show(request.slice(0, 2).map((v) => (typeof v === 'string' ? v : JSON.stringify(v))).join(' '), ask(port, ...request));
  const [, {etag}] = await ask(port, 'GET /');
  await show('not modified', ask(port, 'GET /', {'if-none-match': etag}));
  await close(server);
});
