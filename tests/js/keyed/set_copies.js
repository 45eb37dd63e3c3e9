// The results of union, intersection and so on are tables of their own, whatever the sizes and gaps of those they come from.
const assert = require('../lib/assert.js');
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

for (const n of [0, 1, 4, 7, 8, 9, 16, 17, 100, 1000]) {
  const a = new Set(range(0, n)), b = new Set(range(n >> 1, n + 3));
  for (const gaps of [false, true]) {
    if (gaps) for (let i = 0; i < n; i += 3) a.delete(i);
    const order = [...a], walk = a.values();
    walk.next();
    const union = a.union(b), both = a.intersection(b), only = a.difference(b), one = a.symmetricDifference(b);
    assert.deepEqual([...union], [...new Set([...a, ...b])]);
    assert.deepEqual([...both].sort(), order.filter((x) => b.has(x)).sort());
    assert.deepEqual([...only], order.filter((x) => !b.has(x)));
    assert.deepEqual([...one], [...order.filter((x) => !b.has(x)), ...[...b].filter((x) => !a.has(x))]);
    for (const s of [union, both, only, one]) {
      for (const x of range(2000, 2040)) s.add(x).add(-0);
      assert.equal(s.has(2039) && s.has(0), true);
      for (const x of [...s]) s.delete(x);
      assert.equal(s.size, 0);
    }
    assert.deepEqual([...a], order);
    assert.deepEqual([...walk], order.slice(1)); // walks that had begun go on where they were
  }
}

// Almost nothing in common: the room goes back; what `has` does to the set is seen.
const large = new Set(range(0, 5000));
const few = large.intersection({ size: Infinity, has: (x) => x % 1000 === 1, keys() { throw new Error('not walked'); } });
assert.deepEqual([...few], [1, 1001, 2001, 3001, 4001]);
for (let i = 0; i < 100; i++) few.add(i);
assert.equal(few.size, 104);
const changing = new Set([1, 2, 3]);
const seen = changing.intersection({ size: 10, has(x) { if (x < 6) changing.add(x + 3); return true; }, keys() {} });
assert.deepEqual([...seen], [1, 2, 3, 4, 5, 6, 7, 8]);
