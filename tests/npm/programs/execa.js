// SPDX-License-Identifier: MIT
// execa: commands with all kinds of input and output, pipes, scripts, generators, IPC, time limits, cancelling, errors with all they know.
// entries: cjs
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const {Readable, PassThrough} = require('stream');

run('execa', async ({execa, execaSync, execaNode, execaCommand, execaCommandSync, $, parseCommandString, ExecaError, ExecaSyncError}) => {
  const node = process.execPath, js = (code, ...args) => [node, ['-e', code, '--', ...args]];
  const clean = (text) => (typeof text === 'string' ? text.replaceAll(node, 'NODE').replaceAll(process.cwd(), '.').replace(/\n    at .*/g, '').replace(/\d+ms/g, 'N ms').replace(/in \d\.\d+ s\w*|\d+(\.\d+)? (milli)?seconds/g, 'TIME') : text);
  const facts = (r) => ({out: clean(r.stdout), err: clean(r.stderr), code: r.exitCode, signal: r.signal, failed: r.failed, timedOut: r.timedOut, canceled: r.isCanceled, terminated: r.isTerminated, forced: r.isForcefullyTerminated, maxed: r.isMaxBuffer, command: clean(r.escapedCommand), short: clean(r.shortMessage), cause: r.cause?.code ?? clean(r.cause?.message), original: clean(r.originalMessage), all: clean(r.all), name: r.name, description: r.signalDescription});
  const attempt = async (label, start) => {
    try {
      show(label, facts(await start()));
    } catch (error) {
      show(label, error instanceof ExecaError || error instanceof ExecaSyncError ? facts(error) : `${error.name}: ${clean(error.message)}`);
    }
  };
  const echo = 'process.stdin.pipe(process.stdout)', both = 'process.stdout.write("out\\n"); setTimeout(() => process.stderr.write("err\\n"), 20)';
  await attempt('plain', () => execa(...js('console.log(process.argv.slice(1).join("|"))', 'a b', '$x', "it's", '"q"', '')));
  await attempt('stderr and all', () => execa(...js(both), {all: true}));
  await attempt('exit code', () => execa(...js('console.log("some"); console.error("bad"); process.exit(3)')));
  await attempt('no reject', () => execa(...js('process.exit(4)'), {reject: false}));
  await attempt('signal', () => execa(...js('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e3)')));
  await attempt('not found', () => execa('no-such-program-here', ['x']));
  await attempt('not executable', () => { fs.writeFileSync('plain', 'x'); return execa('./plain'); });
  await attempt('bad cwd', () => execa('echo', ['x'], {cwd: 'nowhere'}));
  await attempt('bad argument', () => execa('echo', [{}]));
  await attempt('bad option', () => execa('echo', ['x'], {timeout: -1}));
  await attempt('nul', () => execa('echo', ['a\0b']));
  await attempt('input', () => execa(...js(echo), {input: 'given input'}));
  await attempt('input bytes', () => execa(...js(echo), {input: new Uint8Array([104, 105]), encoding: 'buffer'}));
  await attempt('inputFile', () => execa(...js(echo), {inputFile: 'plain'}));
  await attempt('input stream', () => execa(...js(echo), {input: Readable.from(['a', 'b'])}));
  await attempt('input generator', () => execa(...js(echo), {stdin: [(function* () { yield 'x\n'; yield 'y'; })()]}));
  await attempt('input async iterable', () => execa(...js(echo), {stdin: (async function* () { yield 'later'; })()}));
  await attempt('encoding hex', () => execa(...js(echo), {input: 'hex', encoding: 'hex'}));
  await attempt('lines', () => execa(...js('console.log("a\\nb\\n\\nc")'), {lines: true}));
  await attempt('keep newline', () => execa(...js('console.log("a")'), {stripFinalNewline: false}));
  await attempt('to a file', () => execa(...js(both), {stdout: {file: 'out.txt'}, stderr: ['pipe', {file: 'err.txt'}]}));
  show('files', [fs.readFileSync('out.txt', 'utf8'), fs.readFileSync('err.txt', 'utf8')]);
  await attempt('appended', () => execa(...js(both), {stdout: {file: 'out.txt', append: true}}));
  show('appended', fs.readFileSync('out.txt', 'utf8'));
  await attempt('transform', () => execa(...js('console.log("one\\ntwo\\nthree")'), {stdout: function* (line) { if (line !== 'two') yield `${line}!`; }}));
  await attempt('object transform', () => execa(...js('console.log("1\\n2")'), {lines: true, stdout: {* transform(line) { yield {n: Number(line)}; }, * final() { yield {end: true}; }, objectMode: true}}));
  await attempt('transform fails', () => execa(...js('console.log("1")'), {stdout: function* () { throw new Error('in the transform'); }}));
  await attempt('ignore', () => execa(...js(both), {stdout: 'ignore', stderr: 'ignore'}));
  await attempt('max buffer', () => execa(...js('console.log("x".repeat(5000))'), {maxBuffer: 10}));
  await attempt('timeout', () => execa(...js('setTimeout(() => {}, 9e3)'), {timeout: 150}));
  await attempt('force kill', () => execa(...js('process.on("SIGTERM", () => {}); console.log("ready"); setTimeout(() => {}, 9e3)'), {timeout: 400, forceKillAfterDelay: 50, killSignal: 'SIGTERM'}));
  await attempt('cancel', () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('changed my mind')), 50);
    return execa(...js('setTimeout(() => {}, 9e3)'), {cancelSignal: controller.signal});
  });
  await attempt('kill', () => {
    const child = execa(...js('setTimeout(() => {}, 9e3)'));
    setTimeout(() => child.kill('SIGINT', new Error('own reason')), 50);
    return child;
  });
  await attempt('environment', () => execa(...js('console.log(process.env.GIVEN, process.env.HOME === undefined)'), {env: {GIVEN: 'yes'}, extendEnv: false}));
  await attempt('cwd', () => execa(...js('console.log(process.cwd() === require("fs").realpathSync("/tmp"))'), {cwd: '/tmp'}));
  await attempt('shell', () => execa('echo $((1 + 2)) "$GIVEN" | tr 3 4', {shell: true, env: {GIVEN: 'v'}}));
  await attempt('pipe', () => execa('printf', ['b\na\n']).pipe('sort').pipe`cat -n`);
  await attempt('pipe fails', () => execa(...js('process.exit(2)')).pipe('cat'));
  await attempt('pipe to a template', () => $`echo ${'x y'} ${['1', '2']}`.pipe($`cat`));
  await attempt('script', async () => $({input: 'in'})`cat`);
  await attempt('script sync', () => $.sync`echo ${1} two`);
  await attempt('script fails', () => $`false`);
  await attempt('command', () => execaCommand('echo  a\\ b   c'));
  await attempt('command sync', () => execaCommandSync('echo one'));
  await attempt('sync', () => execaSync(...js(both), {all: true}));
  await attempt('sync input', () => execaSync(...js(echo), {input: 'sync in'}));
  await attempt('sync fails', () => execaSync(...js('process.exit(5)')));
  await attempt('sync timeout', () => execaSync(...js('setTimeout(() => {}, 9e3)'), {timeout: 150}));
  await attempt('sync not found', () => execaSync('no-such-program-here'));
  await attempt('sync transform', () => execaSync(...js('console.log("a\\nb")'), {lines: true, stdout: function* (line) { yield line.toUpperCase(); }}));
  await attempt('sync max', () => execaSync(...js('console.log("x".repeat(99)); setTimeout(() => {}, 9e3)'), {maxBuffer: 9}));
  fs.writeFileSync('child.mjs', `/* The parent speaks first. */ process.once('message', async (m) => { process.send({got: m}); process.once('message', (n) => { process.send(['bye', n]); process.disconnect(); }); });`);
  const child = execaNode('child.mjs', {ipc: true});
  await child.sendMessage({hello: [1, new Map([['k', 1n]])]});
  show('ipc', await child.getOneMessage());
  await child.sendMessage('second');
  const messages = [];
  for await (const message of child.getEachMessage()) messages.push(message);
  show('ipc each', messages);
  await attempt('ipc ends', () => child);
  const iterated = [];
  for await (const line of execa(...js('console.log("l1\\nl2"); console.log("l3")'))) iterated.push(line);
  show('iterate', iterated);
  const streamed = execa(...js(both));
  const sink = new PassThrough();
  streamed.readable({from: 'stdout'}).pipe(sink);
  show('readable', await sink.toArray().then((l) => Buffer.concat(l).toString()));
  await attempt('readable ends', () => streamed);
  await attempt('duplex', async () => {
    const up = execa(...js('process.stdin.on("data", (d) => process.stdout.write(String(d).toUpperCase()))'));
    show('duplex', Buffer.concat(await Readable.from(['abc', 'def']).pipe(up.duplex()).toArray()).toString());
    return up;
  });
  const log = [];
  await attempt('verbose', () => execa({verbose: (line, {type}) => { log.push(type); return undefined; }})`echo v`);
  show('logged', log);
  show('parse', parseCommandString('a b\\ c  d'));
  await attempt('detached', () => execa('echo', ['d'], {detached: true, cleanup: false, buffer: false}));
  await attempt('stdio array', () => execa(...js('require("fs").writeSync(3, "third")'), {stdio: ['ignore', 'pipe', 'inherit', 'pipe']}).then((r) => ({...r, all: r.stdio[3]})));
});
