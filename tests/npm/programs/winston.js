// SPDX-License-Identifier: MIT
// winston logs to streams, the console and files, in its formats; child loggers, levels, timers, the end.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {Writable} = require('stream');

run('winston', async (winston) => {
  const {format, transports} = winston;
  const lines = [];
  const stream = new Writable({write(chunk, encoding, callback) { lines.push(chunk.toString()); callback(); }});
  const take = (label) => show(label, lines.splice(0));
  const logger = winston.createLogger({
    level: 'debug', defaultMeta: {service: 'x'},
    format: format.combine(format.label({label: 'L'}), format.errors({stack: false}), format.splat(), format.json()),
    transports: [new transports.Stream({stream}), new transports.Console({format: format.simple()})],
  });
  logger.info('hello %s', 'world');
  logger.info('numbers %d %j', 5, {a: [1]}, {extra: true});
  logger.debug('meta', {a: 1, b: {c: null}});
  logger.error(new Error('bad'));
  logger.silly('not shown');
  logger.log({level: 'warn', message: 'm', nested: {deep: [1, 2]}});
  logger.child({requestId: 5}).info('child');
  take('json');
  show('levels', [logger.isLevelEnabled('silly'), logger.isDebugEnabled(), logger.levels]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-winston-')), filename = path.join(folder, 'out.log');
  const file = new transports.File({filename});
  logger.add(file);
  for (let i = 0; i < 50; i++) logger.info(`line ${i}`);
  await new Promise((resolve) => {
    file.on('finish', () => setTimeout(resolve, 50));
    logger.end();
  });
  take('with a file');
  show('file', fs.readFileSync(filename, 'utf8'));
  fs.rmSync(folder, {recursive: true});

  const formats = {
    printf: format.printf((info) => `${info.level}|${info.message}`), simple: format.simple(), prettyPrint: format.prettyPrint(),
    logstash: format.logstash(), padLevels: format.combine(format.padLevels(), format.simple()),
    colorize: format.combine(format.colorize({all: true}), format.simple()), uncolorize: format.combine(format.colorize(), format.uncolorize(), format.simple()),
    metadata: format.combine(format.metadata(), format.json()), align: format.combine(format.align(), format.simple()),
    cli: format.cli(), ms: format.combine(format((info) => (info.message === 'secret' ? false : info))(), format.simple()),
  };
  for (const [name, one] of Object.entries(formats)) {
    const plain = winston.createLogger({format: one, transports: [new transports.Stream({stream})]});
    plain.info('text', {key: 'value'});
    plain.warn('secret');
    take(name);
  }
  const own = winston.createLogger({levels: {foo: 0, bar: 1, baz: 2}, level: 'bar', transports: [new transports.Stream({stream, format: formats.printf})]});
  own.foo('x');
  own.bar('y');
  own.baz('z');
  own.level = 'baz';
  own.baz('now');
  take('own levels');
  const silent = winston.createLogger({silent: true, transports: [new transports.Stream({stream})]});
  silent.info('x');
  take('silent');
  winston.loggers.add('category', {transports: [new transports.Stream({stream, level: 'error', format: formats.printf})]});
  winston.loggers.get('category').info('no');
  winston.loggers.get('category').error('yes');
  take('container');
  const found = await new Promise((resolve) => {
    const failing = winston.createLogger({transports: [new transports.Stream({stream: new Writable({write(chunk, encoding, callback) { callback(new Error('full')); }})})]});
    failing.on('error', (error) => resolve(error.message));
    failing.transports[0]._stream.on('error', (error) => resolve(error.message));
    failing.info('x');
  });
  show('failing stream', found);
});
