// SPDX-License-Identifier: MIT
// A prelude that tells which built-in functions a test calls. Each is replaced by a proxy that prints `CALLED name` the first
// time; with `listBuiltins` set before, their names are printed instead. What cannot be replaced (a global that may not be
// written, hidden functions) is left out. For tests/test262/test_cases.py.
(function () {
  var say = print, R = Reflect, made = new Map(), originals = new Map(), P = Proxy, has = Function.prototype.call.bind(Map.prototype.has);
  var get = Function.prototype.call.bind(Map.prototype.get), set = Function.prototype.call.bind(Map.prototype.set);
  var apply = R.apply, construct = R.construct, isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
  function keyName(key) { return typeof key === "symbol" ? "[" + key.description + "]" : "." + key; }
  function inner(v) { return has(made, v) ? get(made, v) : v; }
  function replace(f, name) {
    if (has(made, f)) return get(made, f);
    var called = false;
    function tell() {
      if (!called) say("CALLED " + name);
      called = true;
    }
    if (globalThis.listBuiltins) say(name);
    var proxy = globalThis.listBuiltins ? f : new P(f, {
      apply(target, self, args) { tell(); return inner(apply(target, has(originals, self) ? get(originals, self) : self, args)); },
      construct(target, args, newTarget) { tell(); return construct(target, args, newTarget === proxy ? f : newTarget); },
    });
    set(made, f, proxy);
    set(made, proxy, proxy);
    set(originals, proxy, f);
    return proxy;
  }
  var seen = new Set();
  function walk(o, name) {
    if (seen.has(o)) return;
    seen.add(o);
    var later = [];
    for (var key of R.ownKeys(o)) {
      if (o === globalThis && /^(\$262|print|setTimeout|listBuiltins|globalThis)$/.test(String(key))) continue;
      var d = R.getOwnPropertyDescriptor(o, key), path = (name + keyName(key)).replace(/^\./, "");
      if (isObject(d.value)) later.push([d.value, path]);
      if (!d.configurable && !d.writable) continue;
      if (typeof d.value === "function") d.value = replace(d.value, path);
      if (d.get) d.get = replace(d.get, path + " get");
      if (d.set) d.set = replace(d.set, path + " set");
      if (d.get || d.set || typeof d.value === "function") R.defineProperty(o, key, d);
    }
    for (var [value, path] of later) walk(value, path);
  }
  walk(globalThis, "");
  var hidden = {
    IteratorPrototype: R.getPrototypeOf(R.getPrototypeOf([][Symbol.iterator]())),
    ArrayIteratorPrototype: R.getPrototypeOf([][Symbol.iterator]()),
    StringIteratorPrototype: R.getPrototypeOf(""[Symbol.iterator]()),
    MapIteratorPrototype: R.getPrototypeOf(new Map()[Symbol.iterator]()),
    SetIteratorPrototype: R.getPrototypeOf(new Set()[Symbol.iterator]()),
    RegExpStringIteratorPrototype: R.getPrototypeOf(/a/[Symbol.matchAll]("")),
    IteratorHelperPrototype: R.getPrototypeOf([].values().map((x) => x)),
    WrapForValidIteratorPrototype: R.getPrototypeOf(Iterator.from({ next() {} })),
    TypedArray: R.getPrototypeOf(Int8Array),
    GeneratorFunctionPrototype: R.getPrototypeOf(function* () {}),
    AsyncGeneratorFunctionPrototype: R.getPrototypeOf(async function* () {}),
    AsyncFunctionPrototype: R.getPrototypeOf(async function () {}),
    AsyncIteratorPrototype: R.getPrototypeOf(R.getPrototypeOf(R.getPrototypeOf(async function* () {}).prototype)),
  };
  for (var name in hidden) walk(hidden[name], name);
  // What inherits from a function inherits from its proxy.
  [...originals.values()].forEach(function (f) {
    var proto = R.getPrototypeOf(f);
    if (has(made, proto)) R.setPrototypeOf(f, get(made, proto));
  });
})();
