// SPDX-License-Identifier: MIT
// Web workers whose script is a Blob; blobs in messages between threads.
'use strict';
const script = (text, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type }));

function run(url, options, message) {
  return new Promise((resolve) => {
    const worker = new Worker(url, options);
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(message.replace(/[0-9a-f-]{36}/, 'ID'));
    if (message !== undefined) worker.postMessage(message);
  });
}

(async () => {
  const echo = script(`onmessage = async ({ data }) => {
    postMessage([location.protocol, self instanceof DedicatedWorkerGlobalScope, await data.slice(1).text(), new File([data], 'made.txt', { lastModified: 1 })]);
    close();
  };`);
  const started = run(echo, undefined, new Blob(['a text']));
  URL.revokeObjectURL(echo); // the worker has its script
  console.log(await started);
  console.log(await run(script('import { x } from "data:text/javascript,export const x = 7"; postMessage([x, import.meta.url.slice(0, 5)]); close();'), { type: 'module' }));
  console.log(await run(script('postMessage("without a type"); close();', '')));
  console.log(await run(script('postMessage("never");', 'text/plain')));
  console.log(await run(echo));
  console.log(await run(script(`
    importScripts(URL.createObjectURL(new Blob(['globalThis.imported = 5'], { type: 'text/javascript;charset=utf-8' })));
    postMessage(imported);`)));
  process.exit();
})();
