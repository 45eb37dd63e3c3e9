# SPDX-License-Identifier: MIT
# --require, --import and NODE_OPTIONS: in the main thread, and what workers get of them.
echo 'globalThis.pre = (globalThis.pre ?? "") + "r" + require("worker_threads").threadId;' >r.cjs
echo 'import { threadId } from "node:worker_threads"; await 1; globalThis.pre = (globalThis.pre ?? "") + "i" + threadId;' >i.mjs
cat >main.js <<'JS'
const { Worker } = require('worker_threads');
console.log('main', globalThis.pre, process.execArgv.join(' '), '|', process.env.NODE_OPTIONS);
const cases = [{}, { execArgv: [] }, { execArgv: ['-r', './r.cjs'] }, { execArgv: ['--import=./i.mjs'] }, { env: { NODE_OPTIONS: '' } },
  { env: { NODE_OPTIONS: '-r "./r.cjs"' } }, { env: { NODE_OPTIONS: '--bogus' } }, { env: {} }];
(async () => {
  for (const options of cases) {
    const text = 'require("worker_threads").parentPort.postMessage([globalThis.pre, process.execArgv.join(" "), process.env.NODE_OPTIONS])';
    try {
      const worker = new Worker(text, { eval: true, ...options });
      worker.on('message', (said) => console.log(' ', JSON.stringify(options), JSON.stringify(said)));
      await new Promise((resolve) => worker.on('exit', resolve));
    } catch (error) {
      console.log(' ', JSON.stringify(options), error.code, error.message);
    }
  }
})();
JS
run() {
  echo "$1: $2"
  NODE_OPTIONS=$1 $WEFT $2 2>&1
  status=$?
  [ $status -eq 0 ] || echo "  status $status"
}
run '' 'main.js'
run '' '-r ./r.cjs --import ./i.mjs main.js'
run '--require ./r.cjs --no-warnings' 'main.js'
run '--import=./i.mjs' '-r ./r.cjs main.js'
run '-r "./r.cjs"' 'main.js'
run '  --max-http-header-size 5000  --openssl-legacy-provider stray --inspect=0 ' '-p 1'
run '--bogus' '-p 1'
run '--eval 1' '-p 1'
run '-r "./r' '-p 1'
run '--require' '-p 1'
mkdir 'with space' && cp r.cjs 'with space/a"b.cjs'
run '-r "./with space/a\"b.cjs"' '-p pre'
