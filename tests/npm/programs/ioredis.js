// SPDX-License-Identifier: MIT
// ioredis against a redis-server: commands of all types, pipelines, transactions, scripts, streams, messages, scans, errors, lost servers.
// entries: cjs
// needs: redis-server
'use strict';
const {run, show, sweep} = require('./lib/harness.js');
const {start} = require('./lib/redis.js');

run('ioredis', async (ioredis) => {
  const Redis = ioredis.Redis ?? ioredis;
  let server = await start();
  const options = {path: server.path, retryStrategy: (times) => Math.min(times * 5, 50)};
  const redis = new Redis(options);
  const events = [];
  for (const name of ['connect', 'ready', 'close', 'reconnecting', 'end']) redis.on(name, () => events.push(name));
  redis.on('error', (error) => events.push(error.code));
  await show('ping', redis.ping());
  const commands = [
    ['set', 'a', '1'], ['get', 'a'], ['get', 'none'], ['incrby', 'a', 41], ['append', 'a', 'x'], ['set', 'ä€\u{1F600}', 'wert \0\r\n'], ['get', 'ä€\u{1F600}'], ['mset', {m1: 1, m2: 'two'}], ['mget', 'm1', 'm2', 'm3'], ['mget', ['m1']], ['setex', 'e', 100, 'v'], ['ttl', 'e'], ['ttl', 'a'], ['strlen', 'a'], ['getrange', 'a', 0, 0], ['setbit', 'bits', 7, 1], ['getBuffer', 'bits'], ['bitcount', 'bits'],
    ['hset', 'h', {f: 1, g: 'x'}], ['hset', 'h', new Map([['k', 'v']])], ['hgetall', 'h'], ['hgetall', 'none'], ['hincrbyfloat', 'h', 'f', 1.5], ['hkeys', 'h'], ['hdel', 'h', 'f', 'g'], ['rpush', 'l', 'a', 'b', 'c'], ['lrange', 'l', 0, -1], ['lpop', 'l'], ['llen', 'l'], ['lpos', 'l', 'c'], ['sadd', 's', 1, 2, 3], ['scard', 's'], ['sismember', 's', 2], ['zadd', 'z', 1, 'one', 2.5, 'two', 'nan'.slice(0, 0) || 3, 'three'], ['zrange', 'z', 0, -1, 'WITHSCORES'], ['zrangebyscore', 'z', '(1', '+inf'], ['zscore', 'z', 'two'], ['zrank', 'z', 'none'],
    ['type', 'z'], ['exists', 'a', 'none'], ['del', 'a', 'none'], ['rename', 'none', 'x'], ['lpush', 'h', 1], ['incr', 'e'], ['set'], ['nocommand', 1], ['xadd', 'x', '1-1', 'f', 'v'], ['xadd', 'x', '1-2', 'g', 'w'], ['xrange', 'x', '-', '+'], ['xadd', 'x', '1-1', 'f', 'v'], ['xgroup', 'CREATE', 'x', 'grp', 0], ['xreadgroup', 'GROUP', 'grp', 'me', 'COUNT', 1, 'STREAMS', 'x', '>'], ['xack', 'x', 'grp', '1-1'], ['xlen', 'x'], ['pfadd', 'p', 1, 2, 2], ['pfcount', 'p'], ['geoadd', 'geo', 13.4, 52.5, 'Berlin', 2.35, 48.85, 'Paris'], ['geodist', 'geo', 'Berlin', 'Paris', 'km'], ['object', 'encoding', 's'], ['dbsize'],
  ];
  for (const [name, ...args] of commands) await show(`${name} ${args.map((v) => (typeof v === 'object' ? '...' : v)).join(' ')}`, name === 'nocommand' ? redis.call(name, ...args) : redis[name](...args));
  await show('buffer', redis.set('bin', Buffer.from([0, 255, 13, 10])).then(() => redis.getBuffer('bin')));
  const large = 'x\u00e9'.repeat(200000);
  await redis.set('large', large);
  show('large', await redis.get('large') === large);
  await show('pipeline', redis.pipeline().set('p', 1).incr('p').get('p').lpush('p', 1).exec());
  await show('pipeline of lists', redis.pipeline([['set', 'q', 1], ['get', 'q']]).exec());
  await show('multi', redis.multi().set('t', 1).incr('t').exec());
  await show('multi fails', redis.multi().set('t').get('t').exec());
  await redis.watch('t');
  const other = redis.duplicate();
  await other.set('t', 'changed');
  await other.quit();
  await show('watched', redis.multi().get('t').exec());
  const results = await Promise.all(Array.from({length: 2000}, (_, i) => redis.set(`many:${i}`, i).then(() => redis.get(`many:${i}`))));
  show('many', results.join());
  redis.defineCommand('addTo', {numberOfKeys: 1, lua: 'redis.call("INCRBY", KEYS[1], ARGV[1]); return {redis.call("GET", KEYS[1]), ARGV, 5, false, {1, {2}}}'});
  await show('script', redis.addTo('count', 7));
  await show('script again', redis.addToBuffer('count', 1));
  await show('eval', redis.eval('return redis.error_reply("MYERR own words")', 0));
  await show('eval syntax', redis.eval('return (', 0).catch((error) => error.message.replace(/user_script.*/, '')));
  await show('noscript', redis.evalsha('0'.repeat(40), 0));
  const keys = [];
  for await (const batch of redis.scanStream({match: 'many:1*', count: 100})) keys.push(...batch);
  show('scan', [keys.length, keys.sort().join()]);
  const fields = [];
  for await (const batch of redis.hscanStream('h')) fields.push(...batch);
  show('hscan', fields);
  const prefixed = new Redis({...options, keyPrefix: 'pre:', db: 1});
  await prefixed.set('k', 'v');
  show('prefix', [await prefixed.get('k'), await prefixed.keys('*'), await redis.get('pre:k')]);
  const subscriber = new Redis(options), messages = [];
  const got = new Promise((resolve) => subscriber.on('message', (channel, text) => { messages.push([channel, text]); if (text === 'last') resolve(); }));
  subscriber.on('pmessage', (pattern, channel, text) => messages.push([pattern, channel, text]));
  show('subscribe', [await subscriber.subscribe('news', 'other'), await subscriber.psubscribe('n*')]);
  await redis.publish('news', 'first');
  await redis.publish('other', 'second');
  await redis.publish('news', 'last');
  await got;
  await redis.ping();
  show('messages', messages.slice(0, 4));
  await show('command while subscribed', subscriber.get('a'));
  await show('unsubscribe', subscriber.unsubscribe('news', 'other').then(() => subscriber.punsubscribe('n*')));
  const blocked = redis.duplicate();
  const popped = blocked.blpop('queue', 5);
  await redis.rpush('queue', 'job');
  await show('blpop', popped);
  await show('blpop times out', blocked.blpop('queue', 0.05));
  const monitor = await redis.monitor(), seen = [];
  monitor.on('monitor', (time, args) => seen.push(args));
  await redis.get('seen');
  await new Promise((resolve) => setTimeout(resolve, 30));
  show('monitor', seen.filter((args) => args[0] === 'get'));
  await monitor.disconnect();
  const timed = new Redis({...options, commandTimeout: 20});
  await show('command timeout', timed.blpop('nothing', 1));
  timed.disconnect();
  show('status', redis.status);

  for (const client of [prefixed, subscriber, blocked]) client.on('error', () => {});

  // The server dies; what is asked meanwhile waits for the next.
  await server.stop('SIGKILL');
  const waiting = redis.set('after', 'restart').then(() => redis.get('after'));
  await new Promise((resolve) => setTimeout(resolve, 40));
  const strict = new Redis({...options, enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy: () => null, lazyConnect: true});
  const errors = [];
  strict.on('error', (error) => errors.push(error.code));
  await show('cannot connect', strict.connect());
  await show('no queue', strict.get('x'));
  show('errors', errors);
  require('fs').rmSync(server.path, {force: true});
  server = await start();
  await show('restarted', waiting);
  show('events', [...new Set(events)].sort());
  const retrying = new Redis({...options, path: `${server.path}.none`, maxRetriesPerRequest: 2, retryStrategy: () => 1});
  retrying.on('error', () => {});
  await show('retries', retrying.get('x'));
  retrying.disconnect();
  await show('quit', Promise.all([redis.quit(), prefixed.quit(), subscriber.quit(), blocked.quit()]));
  await show('after quit', redis.get('a'));
  const auth = new Redis({...options, password: 'x', retryStrategy: null});
  auth.on('error', (error) => errors.push(error.message.split(',')[0]));
  await show('auth', auth.get('a').catch((error) => error.message.split(',')[0]));
  auth.disconnect();
  sweep('arguments', [[null], [undefined], [true], [1.5], [-0], [10n], [[1, [2]]], [{}], [Symbol.iterator], [new Date(0)]].map((v) => [v[0]]), (v) => {
    const {Command} = ioredis;
    return new Command('set', ['k', v]).toWritable().toString();
  });
  await server.stop();
});
