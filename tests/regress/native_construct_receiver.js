// The receiver of a constructor that is a proxy was whatever its register had held before; stack traces kept and showed that.
'use strict';
const ways = {
  // Leaves frame headers and other raw words where the next frames lie.
  derived() {
    class A {
      constructor() { new B(); }
    }
    class B extends A {
      constructor() { super(); }
    }
    new B();
  },
  proxy() {
    const p = new Proxy(function () {}, { construct() { return new p(); } });
    new p();
  },
};
for (const name of Object.keys(ways)) {
  let error;
  try {
    ways[name]();
  } catch (e) {
    error = e;
  }
  if (!(error instanceof RangeError) || !/^RangeError: Maximum call stack size exceeded\n +at /.test(error.stack)) throw error;
}
