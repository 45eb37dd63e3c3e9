# SPDX-License-Identifier: MIT
# timeout: 120
# skip: asan,tsan a sanitizer's runtime must be loaded first
# skip: gc-stress it takes minutes
# The system refuses threads and memory, each in turn: a worker that cannot begin says ERR_WORKER_INIT_FAILED, an allocation in a script is an
# error of the script or of its worker, the others go on and the process ends by itself.
set -u
[ "$(uname)" = Linux ] || { echo 'the shim is for Linux'; exit 77; }
cat > shim.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
static _Atomic unsigned threads, maps;
static int fails(const char *name, const char *from, _Atomic unsigned *count) {
  const char *every = getenv(name), *first = getenv(from);
  unsigned n = ++*count;
  return every && n > (first ? (unsigned)atoi(first) : 0) && n % (unsigned)atoi(every) == 0;
}
int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*run)(void *), void *arg) {
  int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
  return fails("FAIL_THREADS", "FAIL_THREADS_FROM", &threads) ? EAGAIN : real(t, a, run, arg);
}
void *mmap(void *p, size_t n, int rights, int flags, int fd, off_t at) {
  void *(*real)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, "mmap");
  if (!fails("FAIL_MAPS", "FAIL_MAPS_FROM", &maps)) return real(p, n, rights, flags, fd, at);
  errno = ENOMEM;
  return MAP_FAILED;
}
C
${CC:-cc} -shared -fPIC -o shim.so shim.c -ldl 2>/dev/null || { echo 'no C compiler here'; exit 77; }
cat > run.js <<'JS'
const { Worker, MessageChannel } = require('worker_threads');
const counts = {};
const count = (what) => (counts[what] = (counts[what] ?? 0) + 1);
const source = `const { parentPort, workerData } = require('worker_threads');
  const list = [];
  parentPort.once('message', () => {
    for (let i = 0; i < 200; i++) list.push(new Array(2000).fill(i), new ArrayBuffer(1 << 16), 'x'.repeat(50000) + i);
    parentPort.postMessage(list.length);
  });`;
const own = new Set(['ERR_WORKER_INIT_FAILED', 'ERR_WORKER_UNSERIALIZABLE_ERROR', 'ERR_WORKER_OUT_OF_MEMORY']);
function failed(error) {
  if (own.has(error.code)) count(error.code);
  else if (error instanceof RangeError) count('RangeError');
  else throw error;
}
let begun = 0, ended = 0;
(async () => {
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: 12 }, () => new Promise((resolve) => {
      let worker;
      try {
        worker = new Worker(source, { eval: true });
      } catch (error) {
        failed(error);
        return resolve();
      }
      begun++;
      worker.on('error', failed).on('message', (n) => count(n === 600 ? 'answer' : 'wrong')).on('exit', () => {
        ended++;
        resolve();
      });
      try {
        worker.postMessage(1);
      } catch (error) {
        failed(error);
        worker.terminate();
      }
    })));
  }
})();
process.on('exit', () => {
  if (begun !== ended || counts.wrong) throw new Error(`${begun} began, ${ended} ended`);
  console.log(Object.keys(counts).sort().join(' '));
});
JS
status=0
try() { # settings..., then what must be in the output
  wanted=$1
  shift
  out=$(env "$@" LD_PRELOAD="$PWD/shim.so" timeout 60 "$WEFT" run.js 2>err.txt)
  code=$?
  # A main program without memory may end with an error, but by itself.
  case $code in
    0) case "$out" in *"$wanted"*) ;; *) echo "$*: '$out', not '$wanted'"; status=1 ;; esac ;;
    1) grep -q 'RangeError\|memory' err.txt || { echo "$*:"; cat err.txt; status=1; } ;;
    *) echo "$*: status $code"; tail -5 err.txt; status=1 ;;
  esac
}
try 'answer'
try 'ERR_WORKER_INIT_FAILED answer' FAIL_THREADS=3
try 'ERR_WORKER_INIT_FAILED' FAIL_THREADS=1
for every in 2 3 5 7 11 17 29; do try '' FAIL_MAPS=$every FAIL_MAPS_FROM=60; done
for from in 20 30 40 50 70 100 140; do try '' FAIL_MAPS=1 FAIL_MAPS_FROM=$from; done
# Address space at its end. The main program's own error may be the answer, an abort may not.
for kilobytes in 200000 300000 500000 800000; do
  (ulimit -v $kilobytes && timeout 60 "$WEFT" run.js >out.txt 2>err.txt)
  code=$?
  [ $code = 0 ] || { [ $code = 1 ] && grep -q 'RangeError\|memory\|INIT_FAILED' err.txt; } || { echo "ulimit -v $kilobytes: status $code"; tail -5 err.txt; status=1; }
done
exit $status
