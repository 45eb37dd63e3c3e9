// SPDX-License-Identifier: MIT
// Appended to every program by run.py, which also puts a line `var BENCH = {name, scale, budget, once};` before it.
// Runs `run(SIZE * scale)` until the budget in milliseconds is used up, at least twice, and prints one line:
// `name milliseconds-of-the-best-run checksum`. Plain ES5, so that any engine can read it; `run` may return a promise.
(function () {
  var say = typeof console === 'object' && console && console.log ? function (line) { console.log(line); } : print;
  var clock = function () { return Date.now(); };
  try {
    if (typeof performance.now() === 'number') clock = function () { return performance.now(); };
  } catch (error) {
    // Milliseconds will do.
  }
  var size = Math.max(1, Math.round(SIZE * BENCH.scale));
  var best = Infinity, used = 0, runs = 0, checksum;

  // Notes a finished run; tells whether there is to be another.
  function finish(start, result) {
    var time = clock() - start;
    var text = String(result);
    if (runs > 0 && text !== checksum) throw new Error('two runs, two checksums: ' + checksum + ' and ' + text);
    checksum = text;
    runs++;
    used += time;
    if (time < best) best = time;
    return !BENCH.once && (runs < 2 || used < BENCH.budget) && runs < 50;
  }

  function report() {
    say(BENCH.name + ' ' + best.toFixed(3) + ' ' + checksum);
  }

  function fail(error) {
    setTimeout(function () { throw error; }, 0);
  }

  function again() {
    for (;;) {
      var start = clock(), result = run(size);
      if (result && typeof result.then === 'function') {
        // The next turn starts from the promise job, not from inside this loop.
        result.then(function (value) { finish(start, value) ? again() : report(); }).then(null, fail);
        return;
      }
      if (!finish(start, result)) break;
    }
    report();
  }

  again();
})();
