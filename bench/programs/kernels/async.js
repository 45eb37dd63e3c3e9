// SPDX-License-Identifier: MIT
// async functions, chains of promises, Promise.all and for await.
const SIZE = 75000;

async function leaf(value) {
  return value + 1;
}

async function branch(depth, value) {
  if (depth === 0) return leaf(value);
  const left = await branch(depth - 1, value);
  return (left + (await leaf(depth))) | 0;
}

async function* ticks(n) {
  for (let i = 0; i < n; i++) yield i;
}

async function run(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum = (sum + (await branch(6, i))) | 0;
    const all = await Promise.all([leaf(1), leaf(2), 3, leaf(i)]);
    sum = (sum + all[3]) | 0;
    await Promise.resolve(i).then((value) => { sum = (sum + value) | 0; });
    for await (const tick of ticks(5)) sum = (sum + tick) | 0;
    try {
      await Promise.reject(i);
    } catch (reason) {
      sum = (sum ^ reason) | 0;
    }
  }
  return sum;
}
