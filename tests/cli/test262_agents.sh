# SPDX-License-Identifier: MIT
# weft --test262: $262.agent. Agents that never leave (asleep, waiting, looping, in a regular expression) do not keep the program.
set -u
fails=0
run() { timeout 60 "$WEFT" --test262 "$@" >out.txt 2>err.txt; code=$?; }
check() { [ "$code" = "$2" ] && [ "$(cat out.txt)" = "$3" ] && { [ -z "${4-}" ] || [ "$(head -1 err.txt)" = "$4" ]; } || { echo "$1: $code"; cat out.txt err.txt; fails=1; }; }
cat > helper.js <<'JS'
function next() { let r; while ((r = $262.agent.getReport()) === null) $262.agent.sleep(1); return r; }
JS
cat > exchange.js <<'JS'
for (const name of ['a', 'b', 'c']) {
  $262.agent.start(`$262.agent.receiveBroadcast((sab, n) => {
    const v = new BigInt64Array(sab);
    Atomics.add(v, 0, n);
    $262.agent.report([typeof n, sab.byteLength, sab instanceof SharedArrayBuffer, 'é\\u{1F600}', '${name}']);
    $262.agent.leaving();
  })`);
}
const sab = new SharedArrayBuffer(16);
$262.agent.broadcast(sab, 7n);
print([next(), next(), next()].sort().join(';'));
print(new BigInt64Array(sab)[0]);
print($262.agent.getReport());
JS
run --prelude helper.js exchange.js; check exchange 0 "$(printf 'bigint,16,true,é😀,a;bigint,16,true,é😀,b;bigint,16,true,é😀,c\n21\nnull')"
cat > async.js <<'JS'
$262.agent.start(`$262.agent.receiveBroadcast(async (sab, n) => {
  const v = new Int32Array(sab);
  const w = Atomics.waitAsync(v, 0, 0);
  Atomics.store(v, 1, n);
  $262.agent.report(await w.value);
  $262.agent.report(await Atomics.waitAsync(v, 0, 0, 20).value);
  $262.agent.leaving();
})`);
const v = new Int32Array(new SharedArrayBuffer(8));
$262.agent.broadcast(v.buffer, 5);
while (Atomics.load(v, 1) !== 5);
print([Atomics.notify(v, 0), next(), next()]);
JS
run --prelude helper.js async.js; check async 0 '1,ok,timed-out'
cat > hang.js <<'JS'
const ways = ['for (;;);', 'Atomics.wait(new Int32Array(sab), 0, 0);', '$262.agent.sleep(1e9);', '/(x+x+)+\\1y/.exec("x".repeat(60));',
  'Atomics.waitAsync(new Int32Array(sab), 0, 0, 1e9);', 'new Promise(function f(ok) { Promise.resolve().then(() => f(ok)) });', ''];
for (const way of ways) $262.agent.start(`$262.agent.receiveBroadcast(sab => { $262.agent.report(1); try { ${way} } finally { $262.agent.report(2) } })`);
$262.agent.broadcast(new SharedArrayBuffer(4));
for (const way of ways) next();
print('over');
JS
run --prelude helper.js hang.js; check hang 0 'over'
cat > fail.js <<'JS'
$262.agent.start('throw new RangeError("in the agent")');
next();
JS
run --prelude helper.js fail.js; check fail 1 '' 'Uncaught RangeError: in the agent'
echo '$262.agent.start("let x = ;"); next()' > syntax.js
run --prelude helper.js syntax.js; check syntax 1 '' "Uncaught SyntaxError: Unexpected token ';'"
echo 'const v = new Int32Array(new SharedArrayBuffer(4)); try { Atomics.wait(v, 0, 0, 0) } catch (e) { print(e.constructor === TypeError) } Atomics.waitAsync(v, 0, 0, 1).value.then(print); setTimeout(() => print("timer"), 100)' > cannot.js
run --no-can-block cannot.js; check cannot 0 "$(printf 'true\ntimed-out\ntimer')"
exit $fails
