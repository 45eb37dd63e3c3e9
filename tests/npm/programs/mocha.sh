# SPDX-License-Identifier: MIT
# mocha and tape by their command lines: reporters, hooks, failures with their differences, options, configuration, exit statuses.
# Times, and stacks, whose places are the engine's own, are left out.
quiet() {
  sed -E -e '/^ +at /d' -e '/^(Node.js|weft) v/d' -e 's/ \([0-9]+ms\)//' -e 's/ \([0-9.]+ ?m?s\)//' -e 's/: [0-9]+ms$//' -e 's/time="[0-9.e-]+"/time/g' -e 's/timestamp="[^"]*"/stamp/' -e 's/"(duration|start|end|stack)": .*/"\1": .../' -e 's/duration_ms [0-9.]+/duration_ms/'
}
mocha() {
  echo "== mocha $*"
  { "$NODE" "$MODULES/mocha/bin/mocha.js" --no-color "$@" 2>&1; echo "exit $?"; } | quiet
}
tape() {
  echo "== tape $*"
  { "$NODE" "$MODULES/tape/bin/tape" "$@" 2>&1; echo "exit $?"; } | quiet
}
ln -s "$MODULES" node_modules
mkdir test esm more
cat > test/basic.js <<'END'
const assert = require('assert');
describe('lists', function () {
  const log = [];
  before(() => log.push('before'));
  beforeEach(function () { log.push(`each ${this.currentTest.title}`); });
  afterEach(() => log.push('after each'));
  after(() => console.log(log.join()));
  it('passes', () => assert.ok(true));
  it('waits', async () => { await new Promise((r) => setTimeout(r, 5)); });
  it('calls back', (done) => setImmediate(done));
  it('is pending');
  it.skip('is skipped', () => {});
  describe('inner @slow', () => {
    it('deep', () => {});
    context('deeper', () => { specify('leaf', () => {}); });
  });
});
END
cat > more/fails.js <<'END'
const assert = require('assert');
const {expect} = require('chai');
describe('failures', () => {
  it('differs', () => assert.deepStrictEqual({a: 1, b: [1, 2, 3]}, {a: 1, b: [1, 3], c: 'x'}));
  it('text differs', () => expect('one\ntwo\nthree').to.equal('one\n2\nthree'));
  it('throws', () => { throw new RangeError('out of it'); });
  it('rejects', async () => { throw Object.assign(new Error('later'), {code: 5}); });
  it('times out', function (done) { this.timeout(20); });
  it('calls twice', (done) => { done(); done(); });
  it('throws no error', () => { throw 'text'; });
  it('done with an error', (done) => done(new Error('given')));
  it('uncaught', (done) => { setTimeout(() => { throw new Error('uncaught one'); }, 1); });
  it('both', async (done) => { done(); });
  let tries = 0;
  it('is flaky', function () { this.retries(2); if (++tries < 3) throw new Error(`try ${tries}`); });
  describe('hook', () => { beforeEach('named', () => { throw new Error('in the hook'); }); it('never', () => {}); });
});
END
cat > esm/mod.mjs <<'END'
import assert from 'node:assert';
const {value} = await import('./value.mjs');
describe('esm', () => { it('imports', () => assert.equal(value, 42)); });
END
echo 'export const value = 42;' > esm/value.mjs
echo 'describe("interface", () => {}); suite("tdd", () => { test("works", () => {}); });' > more/tdd.js
echo 'module.exports = {"exports style": {before() {}, "works": () => {}, nested: {"deep"() {}}}};' > more/exports.js
echo 'global.fromSetup = true; exports.mochaHooks = {beforeAll() { console.log("root hook"); }};' > setup.js
echo 'describe("setup", () => { it("ran", () => { if (!fromSetup) throw new Error(); }); });' > more/setup.js
echo 'let leaked = 5; leak = 6; it("leaks", () => { other = 1; });' > more/leak.js
echo 'syntax error here' > more/broken.js
mocha
for reporter in dot tap min list progress landing json xunit markdown nyan; do mocha --reporter $reporter test/basic.js; done
mocha --reporter spec more/fails.js
mocha --reporter tap more/fails.js
mocha --bail more/fails.js
mocha --grep deep --recursive test
mocha --grep '@slow' --invert test
mocha --fgrep 'calls back' test
mocha esm/mod.mjs
mocha --ui tdd more/tdd.js
mocha --ui exports more/exports.js
mocha --require ./setup.js more/setup.js
mocha --check-leaks more/leak.js
mocha --forbid-pending test
mocha --dry-run test
mocha --list-interfaces
mocha --parallel --jobs 2 test esm/mod.mjs --reporter dot | grep -E 'passing|pending|failing|exit'
mocha none.js
mocha --no-such-option test/basic.js | head -3
mocha more/broken.js | grep SyntaxError:
echo '{"spec": ["esm/*.mjs"], "reporter": "dot", "timeout": 500}' > .mocharc.json
mocha
mocha --config .mocharc.json --reporter list

mkdir tap
cat > tap/one.js <<'END'
const test = require('tape');
test('asserts', (t) => {
  t.plan(12);
  t.ok(1); t.notOk(0, 'named'); t.equal(1, 2, 'not equal'); t.deepEqual({a: [1, {b: 2}]}, {a: [1, {b: 3}]}); t.looseEqual('1', 1); t.deepLooseEqual([1], ['1']);
  t.throws(() => { throw new TypeError('x'); }, TypeError); t.doesNotThrow(() => {}); t.match('abc', /b/); t.error(new Error('an error')); t.notDeepEqual([1], [1]); t.assertion((x) => t.ok(x), true);
});
test('async', async (t) => { await null; t.pass('awaited'); t.comment('a comment'); });
test('rejects', async () => { throw new Error('rejected'); });
test.skip('skipped', (t) => t.fail());
test('todo', {todo: true}, (t) => { t.fail('not yet'); t.end(); });
test('sub', (t) => { t.test('inner', (s) => { s.teardown(() => s.comment('torn down')); s.end(); }); t.end(); });
test('planned', (t) => { t.plan(2); t.pass(); });
test('slow', {timeout: 20}, () => {});
test('capture', (t) => { const o = {f: (x) => x * 2}; const got = t.capture(o, 'f'); o.f(3); t.deepEqual(got()[0].args, [3]); t.end(); t.end(); });
END
echo 'const t = require("tape"); t.only("only this", (t) => { t.same([1], [1]); t.end(); }); t("not this", (t) => { t.fail(); t.end(); });' > tap/two.js
echo 'import test from "tape"; test("module", (t) => { t.equal(typeof import.meta.url, "string"); t.end(); });' > tap/three.mjs
echo 'const tape = require("tape"); const h = tape.createHarness({autoclose: true}); h.createStream({objectMode: true}).on("data", (row) => console.log(JSON.stringify({type: row.type, ok: row.ok, name: row.name, operator: row.operator}))); h("objects", (t) => { t.equal(1, 1); t.fail("bad"); t.end(); });' > tap/four.js
for file in one two four; do echo "== node $file"; { "$NODE" tap/$file.js 2>&1; echo "exit $?"; } | quiet; done
tape tap/two.js tap/three.mjs
tape 'tap/t*.js' -r ./setup.js
tape 'none/*.js' --strict
tape --no-only tap/two.js
tape --nothing
