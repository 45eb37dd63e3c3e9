// Loops: test at the bottom, jumps out of loops over iterators, captured head variables.
function sum(a) { var s = 0; for (var i = 0; i < a.length; i++) s += a[i]; return s; }
function closures() { const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs; }
function labels(rows) {
  outer: for (const row of rows) {
    for (const key in row) {
      if (row[key] === 0) continue outer;
      if (row[key] < 0) break outer;
      if (row[key] === 7) return key;
    }
  }
}
function endless() { let n = 0; while (true) { if (++n > 10) break; } do n--; while (n); return n; }
function table(x) { switch (x) { case 0: case 1: return 'a'; case 2: return 'b'; case 5: return 'c'; default: return 'd'; } }
function names(x) { switch (x) { case 'if': return 1; case 'else': return 2; } return 3; }
