// Streams of workers: through the parent, captured, standard input. Output as of Node 26.
'use strict';
const { Worker } = require('worker_threads');

function run(source, options, use) {
  return new Promise((resolve) => {
    const worker = new Worker(source, { eval: true, ...options });
    worker.on('error', (e) => console.log('error', e));
    use?.(worker);
    worker.on('exit', (code) => setTimeout(resolve, 20, code));
  });
}

(async () => {
  await run('console.log("plain", 1, { a: 1 }); process.stdout.write("written\\n"); console.error("to stderr"); process.stdout.write(Buffer.from("bytes\\n"))');
  let text = '', error = '';
  await run('console.log("captured"); process.stdout.write("é"); console.error("E")', { stdout: true, stderr: true }, (worker) => {
    worker.stdout.setEncoding('utf8').on('data', (d) => (text += d));
    worker.stderr.on('data', (d) => (error += d));
    console.log(worker.stdin);
  });
  console.log(JSON.stringify(text), JSON.stringify(error));
  // Both: heard by the parent and printed.
  text = '';
  await run('console.log("twice")', {}, (worker) => worker.stdout.on('data', (d) => (text += d)));
  console.log(JSON.stringify(text));
  // Read late.
  let late;
  await run('console.log("early"); console.log("more")', { stdout: true }, (worker) => {
    late = worker.stdout;
  });
  text = '';
  for await (const chunk of late) text += chunk;
  console.log(JSON.stringify(text));
  // Written input is read, also what was written before the worker was there.
  await run(`let all = ''; process.stdin.setEncoding('utf8'); process.stdin.on('data', (d) => (all += d)).on('end', () => console.log('got', all));`,
    { stdin: true }, (worker) => {
      worker.stdin.write('one ');
      worker.stdin.write(Buffer.from('two '));
      setTimeout(() => worker.stdin.end('three'), 50);
    });
  await run('process.stdin.on("data", () => console.log("data")).on("end", () => console.log("end at once"))');
  await run('process.stdin.resume(); console.log("nothing to read")');
  // A worker in a worker.
  await run('const { Worker } = require("worker_threads"); new Worker("console.log(\'from below\')", { eval: true })');
  await run('console.log("%s-%d", "a", 5); console.table([[1]]); console.group("g"); console.log("in"); console.groupEnd(); console.log("flushed"); process.exit(3)')
    .then((code) => console.log(code));
})();
