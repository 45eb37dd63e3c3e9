// Generators and async functions: yield, yield*, return through finally, await, for await.
function* numbers(n) { try { yield 1; return 2; } finally { yield 3; } }
function* delegate(g) { return yield* g; }
async function wait(p) { try { return await p; } catch (e) { await e; } }
async function* stream(s) { for await (const v of s) yield v * 2; }
