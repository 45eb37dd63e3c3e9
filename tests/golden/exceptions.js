// try, catch, finally with every completion; using.
function all(f) {
  for (;;) {
    try {
      if (f(1)) break;
      if (f(2)) continue;
      if (f(3)) return 1;
      f(4);
    } catch ({ message }) {
      f(message);
    } finally {
      f(5);
    }
  }
}
function resource(open) { using file = open(); return file.read(); }
