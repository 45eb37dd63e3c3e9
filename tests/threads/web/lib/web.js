// What a Web worker says: a list of lines, until it ends, says 'end', or is an error.
'use strict';

const dataUrl = (text) => 'data:text/javascript,' + encodeURIComponent(text);

function describe(event) {
  if (event.type !== 'error') return `${event.type} ${JSON.stringify(event.data)}`;
  const { message, error } = event;
  return `error ${event.constructor.name} ${JSON.stringify(message)} ${error === undefined ? '' : error?.constructor?.name ?? error}${error?.code ? ' ' + error.code : ''}`;
}

// script: source text or a URL object; setUp(worker, lines): more than listening
function hear(script, options, setUp) {
  const worker = new Worker(script instanceof URL ? script : dataUrl(script), options);
  const lines = [];
  return new Promise((resolve) => {
    const end = () => {
      worker.terminate();
      resolve(lines);
    };
    for (const type of ['message', 'messageerror', 'error']) {
      worker.addEventListener(type, (event) => {
        if (type !== 'message' || event.data !== 'end') lines.push(describe(event));
        if (type === 'error' || event.data === 'end') end();
      });
    }
    if (setUp) setUp(worker, lines);
  });
}

// Runs the cases one after the other and prints what each said.
async function runAll(cases) {
  for (const [name, run] of Object.entries(cases)) {
    const lines = await run();
    console.log(`${name}:`);
    for (const line of lines) console.log(`  ${line}`);
  }
}

function outcome(f) {
  try {
    return String(f());
  } catch (error) {
    return `${error.constructor.name} ${error.name} ${error.code}: ${error.message}`;
  }
}

const fixture = (name) => new URL(`../fixtures/${name}`, require('url').pathToFileURL(__filename));

module.exports = { dataUrl, hear, runAll, outcome, fixture };
