// Classes: fields, private members, accessors, static blocks, super.
class A {
  #x = 1;
  static count = 0;
  y = () => this.#x;
  constructor(y) { this.z = y; }
  get x() { return this.#x; }
  static { A.count = 1; }
}
class B extends A {
  constructor(...args) { super(...args); this.w = super.x; }
  #m() { return #m in this; }
  [Symbol.iterator]() { return this.#m(); }
}
class C extends B {}
