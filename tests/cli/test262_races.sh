# SPDX-License-Identifier: MIT
# Three isolates read and write the same shared memory in every way that JavaScript has, without any order: nothing breaks, and in
# the tsan preset no access is a data race of C. (tests/threads/atomics_races.js does the same with workers and Buffers.)
set -u
cat > run.js <<'JS'
for (let i = 0; i < 2; i++) $262.agent.start(races + `
  let first;
  $262.agent.receiveBroadcast(sab => {
    first = sab;
    $262.agent.receiveBroadcast(grow => { race(first, grow, 3); $262.agent.report('done'); $262.agent.leaving(); });
  });`);
const sab = new SharedArrayBuffer(256), grow = new SharedArrayBuffer(256, { maxByteLength: 1024 });
$262.agent.broadcast(sab);
$262.agent.broadcast(grow);
(0, eval)(races);
race(sab, grow, 3);
for (let i = 0; i < 2; i++) while ($262.agent.getReport() === null) $262.agent.sleep(1);
print('done');
JS
{ printf 'const races = String.raw`'; cat "$WEFT_SOURCE_ROOT/tests/threads/lib/races.js"; printf '`;\n'; } > races.js
timeout 300 "$WEFT" --test262 --prelude races.js run.js >out.txt 2>err.txt
code=$?
[ $code = 0 ] && [ "$(cat out.txt)" = done ] && [ ! -s err.txt ] && exit 0
echo "status $code"; cat out.txt; head -60 err.txt
exit 1
