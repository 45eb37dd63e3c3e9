// flags: --no-warnings
// docs/node-compat.md says what this weft exports, and the check notices when something is lost.
const assert = require('assert');
const { spawnSync } = require('child_process');
const path = require('path');

const tool = path.join(__dirname, '../../../tools/node_compat.js');
const check = (...flags) => spawnSync(process.execPath, ['--no-warnings', ...flags, tool, '--check'], { encoding: 'utf8' });

const whole = check();
assert.strictEqual(whole.status, 0, whole.stderr);

const poorer = check('--require', path.join(__dirname, 'fixtures/poorer.js'));
assert.strictEqual(poorer.status, 1);
for (const lost of ['+ | fs | ', '`lutimesSync()`', '+ Of `Dirent` is missing: `prototype.isFIFO()`.', '`atob()`', '+ | string_decoder | 0 of 1 |']) {
  assert.ok(poorer.stderr.includes(lost), `${lost} is not in\n${poorer.stderr}`);
}
