// SPDX-License-Identifier: MIT
// bullmq against a redis-server: priorities, delays, retries, flows, events, limits, schedules, processors in processes and threads, the end.
// entries: cjs
// needs: redis-server
'use strict';
const {run, show} = require('./lib/harness.js');
const {start} = require('./lib/redis.js');
const path = require('path');

run('bullmq', async ({Queue, Worker, QueueEvents, FlowProducer, Job, UnrecoverableError, DelayedError, RateLimitError, WaitingChildrenError}) => {
  const server = await start();
  const connection = {path: server.path, maxRetriesPerRequest: null};
  const queue = new Queue('main', {connection}), events = new QueueEvents('main', {connection});
  const log = [];
  for (const name of ['completed', 'failed', 'progress', 'delayed', 'retries-exhausted', 'drained', 'removed', 'duplicated']) events.on(name, (e) => log.push([name, e.jobId, e.returnvalue ?? e.failedReason ?? e.data ?? e.attemptsMade]));
  await events.waitUntilReady();
  const took = [];
  const process_ = async (job, token) => {
    took.push(job.name);
    switch (job.name) {
      case 'fails': throw new Error(`attempt ${job.attemptsMade}`);
      case 'flaky': if (job.attemptsMade < 2) throw new TypeError('not yet'); return 'at last';
      case 'hopeless': throw new UnrecoverableError('never');
      case 'steps': if (!job.data.second) { await job.updateData({second: true}); await job.moveToDelayed(Date.now() + 5, token); throw new DelayedError(); } return 'second step';
      case 'progress': for (const p of [10, {at: 'half'}, 100]) await job.updateProgress(p); await job.log('a line'); return null;
      case 'parent': return Object.values(await job.getChildrenValues()).sort();
      default: return typeof job.data.n === 'number' ? job.data.n * 2 : job.data;
    }
  };
  for (const [name, priority] of [['low', 9], ['high', 1], ['middle', 5], ['none', undefined]]) await queue.add(name, {n: priority ?? 0}, {jobId: name, priority});
  show('counts', await queue.getJobCounts());
  const worker = new Worker('main', process_, {connection, drainDelay: 1});
  const errors = [];
  worker.on('error', (error) => errors.push(error.message));
  const done = async (...jobs) => { for (const job of jobs) await show(`${job.name} done`, job.waitUntilFinished(events, 8000)); };
  await done(...await Promise.all(['low', 'high', 'middle', 'none'].map((id) => Job.fromId(queue, id))));
  show('order', took.splice(0));
  await done(await queue.add('delayed', {n: 4}, {jobId: 'later', delay: 30}), await queue.add('flaky', {}, {jobId: 'flaky', attempts: 3, backoff: {type: 'fixed', delay: 5}}));
  await done(await queue.add('fails', {}, {jobId: 'fails', attempts: 2, backoff: 1}), await queue.add('hopeless', {}, {jobId: 'hopeless', attempts: 5}), await queue.add('steps', {}, {jobId: 'steps'}), await queue.add('progress', {}, {jobId: 'progress'}));
  show('took', took.splice(0).sort());
  const failed = await Job.fromId(queue, 'fails');
  show('failed', [failed.attemptsMade, failed.failedReason, failed.stacktrace.length, await failed.getState(), failed.toJSON().opts.attempts]);
  show('logs', await queue.getJobLogs('progress'));
  await show('retry', failed.retry());
  await new Promise((resolve) => setTimeout(resolve, 50));
  const bulk = await queue.addBulk(Array.from({length: 40}, (_, i) => ({name: 'bulk', data: {n: i}, opts: {jobId: `bulk${i}`}})));
  show('bulk', (await Promise.all(bulk.map((job) => job.waitUntilFinished(events, 8000)))).join());
  await show('duplicate', queue.add('bulk', {n: 1}, {jobId: 'bulk0'}).then((job) => job.id));
  const flow = new FlowProducer({connection});
  const tree = await flow.add({name: 'parent', queueName: 'main', data: {}, opts: {jobId: 'parent'}, children: [1, 2, 3].map((n) => ({name: 'child', queueName: 'main', data: {n}, opts: {jobId: `child${n}`}}))});
  await done(tree.job);
  await worker.close();
  await events.close();
  const kinds = log.filter(([name, id]) => ['completed', 'failed', 'progress', 'delayed'].includes(name) && !/bulk|child/.test(id)).map((e) => JSON.stringify(e));
  show('events', kinds.sort());
  show('errors', errors);

  // Processors in files: a process, then a thread.
  for (const useWorkerThreads of [false, true]) {
    const name = `sandbox${useWorkerThreads}`, outside = new Queue(name, {connection}), its = new QueueEvents(name, {connection});
    await its.waitUntilReady();
    const sandboxed = new Worker(name, path.join(__dirname, 'workers', 'bullmq.js'), {connection, useWorkerThreads, concurrency: 2, drainDelay: 1});
    const jobs = await outside.addBulk([{name: 'square', data: {n: 7}}, {name: 'square', data: {n: 8}}, {name: 'bad', data: {fail: true}}]);
    for (const job of jobs) await show(`${name} ${job.id}`, job.waitUntilFinished(its, 20000));
    show(`${name} logs`, await outside.getJobLogs(jobs[0].id));
    await sandboxed.close();
    await its.close();
    await outside.close();
  }

  // Pause, drain, clean, limits, schedules, and a worker that ends while it works.
  const second = new Queue('second', {connection, defaultJobOptions: {removeOnComplete: true}});
  await second.pause();
  await second.addBulk(Array.from({length: 6}, (_, i) => ({name: 'x', data: {i}})));
  show('paused', [await second.isPaused(), await second.getJobCounts('wait', 'paused', 'active', 'completed')]);
  let active = 0, most = 0, finished = 0;
  const limited = new Worker('second', async () => { most = Math.max(most, ++active); await new Promise((r) => setTimeout(r, 15)); active--; finished++; }, {connection, concurrency: 3, limiter: {max: 100, duration: 1000}, drainDelay: 1});
  await second.resume();
  while (finished < 3) await new Promise((r) => setTimeout(r, 2));
  await limited.close();
  show('graceful', [active, most, finished >= 3, (await second.getJobCountByTypes('active'))]);
  await second.drain();
  show('drained', await second.count());
  await second.upsertJobScheduler('tick', {every: 3600000}, {name: 'tick', data: {a: 1}});
  show('schedulers', (await second.getJobSchedulers()).map((s) => [s.key, s.every, s.template]));
  show('removed', [await second.removeJobScheduler('tick'), await second.removeJobScheduler('nothing')]);
  await second.setGlobalConcurrency(2);
  show('global', await second.getGlobalConcurrency());
  show('clean', (await queue.clean(0, 100, 'completed')).length);
  await show('bad name', (async () => new Queue('a:b', {connection}))());
  await show('bad job', queue.add('x', {}, {jobId: '5'}));
  await show('too large', queue.add('x', {a: 'y'.repeat(100)}, {sizeLimit: 50}));
  await show('obliterate', queue.obliterate({force: true}));
  await Promise.all([queue.close(), second.close(), flow.close()]);
  await server.stop();
  setTimeout(() => { console.log('something is left'); process.exit(1); }, 3000).unref();
});
