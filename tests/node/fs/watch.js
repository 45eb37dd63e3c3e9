// fs.watch, fs.watchFile and fs.promises.watch: what Node 26 says of the same changes, one after the other.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { setTimeout: sleep } = require('timers/promises');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-watch-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
const at = (...names) => path.join(root, ...names);
const folder = (name) => {
  fs.mkdirSync(at(name), { recursive: true });
  return at(name);
};

// Runs each step and prints what was told meanwhile, until the expected number of lines has come.
async function steps(label, told, list) {
  for (const [what, count, f] of list) {
    told.length = 0;
    f();
    for (let i = 0; i < 200 && told.length < count; i++) await sleep(5);
    await sleep(10);
    console.log(label, what, told.join(' '));
  }
}

function complaints() {
  const attempt = (f) => {
    try {
      f();
    } catch (error) {
      const { message, code, errno, syscall } = error;
      console.log(message.replaceAll(root, '<dir>'), code, errno, syscall, error.filename?.replace(root, '<dir>'), Object.keys(error).join());
    }
  };
  attempt(() => fs.watch(at('nope')));
  attempt(() => fs.watch(1));
  attempt(() => fs.watch(root, { encoding: 'x' }));
  attempt(() => fs.watch(root, { recursive: 'x' }));
  attempt(() => fs.watch(root, { signal: 'x' }));
  attempt(() => fs.watchFile(at('a')));
  attempt(() => fs.watchFile(1, () => {}));
}

async function plain() {
  const dir = folder('plain'), told = [];
  const watcher = fs.watch(dir, (type, name) => told.push(`${type}:${name}`));
  watcher.on('close', () => console.log('closed'));
  await steps('watch', told, [
    ['write', 2, () => fs.writeFileSync(`${dir}/a`, '1')],
    ['rename', 2, () => fs.renameSync(`${dir}/a`, `${dir}/b`)],
    ['unlink', 1, () => fs.unlinkSync(`${dir}/b`)],
  ]);
  watcher.close();
  watcher.close();
  console.log('after close');
  await sleep(10);
  const file = at('file');
  fs.writeFileSync(file, '');
  const buffers = fs.watch(file, 'buffer', (type, name) => told.push(`${type}:${name}:${Buffer.isBuffer(name)}`));
  await steps('file', told, [['append', 1, () => fs.appendFileSync(file, 'x')]]);
  buffers.close();
  const controller = new AbortController();
  fs.watch(dir, { signal: controller.signal }).on('close', () => console.log('closed by its signal'));
  controller.abort();
  await sleep(10);
  fs.watch(dir).unref(); // does not keep the program running
}

async function recursive() {
  const dir = folder('tree'), told = [];
  folder('tree/s/t');
  const watcher = fs.watch(dir, { recursive: true, ignore: ['*.tmp', /ignored$/] }, (type, name) => told.push(`${type}:${name}`));
  await steps('recursive', told, [
    ['below', 2, () => fs.writeFileSync(`${dir}/s/t/f`, '1')],
    ['folder', 1, () => fs.mkdirSync(`${dir}/u`)],
    ['in it', 2, () => fs.writeFileSync(`${dir}/u/v`, '1')],
    ['ignored', 0, () => {
      fs.writeFileSync(`${dir}/u/x.tmp`, '1');
      fs.writeFileSync(`${dir}/u/ignored`, '1');
    }],
    ['gone', 1, () => fs.rmSync(`${dir}/s/t/f`)],
  ]);
  watcher.close();
}

async function promises() {
  const dir = folder('promises');
  const controller = new AbortController();
  setTimeout(() => fs.writeFileSync(`${dir}/x`, ''), 20);
  try {
    for await (const event of fs.promises.watch(dir, { signal: controller.signal })) {
      console.log(event);
      controller.abort('enough');
    }
  } catch (error) {
    console.log(error.name, error.code, error.cause);
  }
  try {
    for await (const event of fs.promises.watch(at('nope'))) console.log(event);
  } catch (error) {
    console.log(error.code, error.message.replace(root, '<dir>'));
  }
}

async function files() {
  const file = at('polled'), told = [];
  fs.writeFileSync(file, 'x');
  const listener = (now, before) => told.push(`${before.size}>${now.size} ${now.constructor.name} ${now.isFile()}`);
  fs.watchFile(file, { interval: 10 }, listener);
  await sleep(50);
  await steps('watchFile', told, [
    ['write', 1, () => fs.writeFileSync(file, 'xyz')],
    ['unlink', 1, () => fs.unlinkSync(file)],
  ]);
  fs.unwatchFile(file, listener);
  fs.watchFile(at('none'), { interval: 10, bigint: true }, (now, before) => {
    console.log('none', now.size, before.mtimeMs);
    fs.unwatchFile(at('none'));
  });
}

complaints();
plain().then(recursive).then(promises).then(files);
