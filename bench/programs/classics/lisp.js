// SPDX-License-Identifier: MIT
// A Lisp: reader, environments, closures, macros-free evaluator with tail calls, and programs that run on it.
const SIZE = 250;

class Pair {
  constructor(head, tail) {
    this.head = head;
    this.tail = tail;
  }
}

class Name {
  constructor(text) {
    this.text = text;
  }
}

const NIL = null;
const names = new Map();

function intern(text) {
  let name = names.get(text);
  if (name === undefined) {
    name = new Name(text);
    names.set(text, name);
  }
  return name;
}

function read_all(text) {
  const tokens = text.match(/[()']|[^\s()']+/g);
  let at = 0;
  function read() {
    const token = tokens[at++];
    if (token === '(') {
      const items = [];
      while (tokens[at] !== ')') items.push(read());
      at++;
      return list(items);
    }
    if (token === "'") return list([intern('quote'), read()]);
    const number = Number(token);
    return Number.isNaN(number) ? intern(token) : number;
  }
  const forms = [];
  while (at < tokens.length) forms.push(read());
  return forms;
}

function list(items) {
  let result = NIL;
  for (let i = items.length - 1; i >= 0; i--) result = new Pair(items[i], result);
  return result;
}

class Environment {
  constructor(outer) {
    this.values = new Map();
    this.outer = outer;
  }
  find(name) {
    for (let scope = this; scope !== null; scope = scope.outer) if (scope.values.has(name)) return scope;
    throw new ReferenceError('unbound: ' + name.text);
  }
  get(name) {
    for (let scope = this; scope !== null; scope = scope.outer) {
      const value = scope.values.get(name);
      if (value !== undefined) return value;
    }
    throw new ReferenceError('unbound: ' + name.text);
  }
}

class Lambda {
  constructor(parameters, body, environment) {
    this.parameters = parameters;
    this.body = body;
    this.environment = environment;
  }
  bind(values) {
    const scope = new Environment(this.environment);
    let parameter = this.parameters;
    for (let i = 0; i < values.length; i++) {
      scope.values.set(parameter.head, values[i]);
      parameter = parameter.tail;
    }
    return scope;
  }
}

const QUOTE = intern('quote'), IF = intern('if'), DEFINE = intern('define'), LAMBDA = intern('lambda');
const BEGIN = intern('begin'), LET = intern('let'), SET = intern('set!'), COND = intern('cond'), ELSE = intern('else');

function evaluate(form, environment) {
  for (;;) {
    if (form instanceof Name) return environment.get(form);
    if (!(form instanceof Pair)) return form;
    const head = form.head;
    let rest = form.tail;
    switch (head) {
      case QUOTE:
        return rest.head;
      case IF: {
        const chosen = evaluate(rest.head, environment) !== false ? rest.tail : rest.tail.tail;
        if (chosen === NIL) return NIL;
        form = chosen.head;
        continue;
      }
      case COND: {
        let found = NIL;
        for (; rest !== NIL; rest = rest.tail) {
          const clause = rest.head;
          if (clause.head === ELSE || evaluate(clause.head, environment) !== false) {
            found = clause.tail.head;
            break;
          }
        }
        form = found;
        continue;
      }
      case DEFINE:
        environment.values.set(rest.head, evaluate(rest.tail.head, environment));
        return rest.head;
      case SET:
        environment.find(rest.head).values.set(rest.head, evaluate(rest.tail.head, environment));
        return NIL;
      case LAMBDA:
        return new Lambda(rest.head, rest.tail.head, environment);
      case LET: {
        const scope = new Environment(environment);
        for (let binding = rest.head; binding !== NIL; binding = binding.tail) {
          scope.values.set(binding.head.head, evaluate(binding.head.tail.head, environment));
        }
        form = rest.tail.head;
        environment = scope;
        continue;
      }
      case BEGIN:
        for (; rest.tail !== NIL; rest = rest.tail) evaluate(rest.head, environment);
        form = rest.head;
        continue;
    }
    const callee = evaluate(head, environment);
    const values = [];
    for (; rest !== NIL; rest = rest.tail) values.push(evaluate(rest.head, environment));
    if (typeof callee === 'function') return callee(...values);
    environment = callee.bind(values);
    form = callee.body;
  }
}

function print(value) {
  if (value === NIL) return '()';
  if (value instanceof Name) return value.text;
  if (!(value instanceof Pair)) return String(value);
  const parts = [];
  while (value instanceof Pair) {
    parts.push(print(value.head));
    value = value.tail;
  }
  return '(' + parts.join(' ') + ')';
}

function standard() {
  const scope = new Environment(null);
  const define = (text, value) => scope.values.set(intern(text), value);
  define('+', (a, b) => a + b);
  define('-', (a, b) => a - b);
  define('*', (a, b) => a * b);
  define('mod', (a, b) => a % b);
  define('<', (a, b) => a < b);
  define('=', (a, b) => a === b);
  define('cons', (a, b) => new Pair(a, b));
  define('car', (pair) => pair.head);
  define('cdr', (pair) => pair.tail);
  define('null?', (value) => value === NIL);
  define('not', (value) => value === false);
  define('abs', Math.abs);
  return scope;
}

const PROGRAM = `
(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
(define range (lambda (from to) (if (< from to) (cons from (range (+ from 1) to)) '())))
(define map (lambda (f items) (if (null? items) '() (cons (f (car items)) (map f (cdr items))))))
(define fold (lambda (f start items) (if (null? items) start (fold f (f start (car items)) (cdr items)))))
(define filter (lambda (f items)
  (cond ((null? items) '()) ((f (car items)) (cons (car items) (filter f (cdr items)))) (else (filter f (cdr items))))))
(define append (lambda (a b) (if (null? a) b (cons (car a) (append (cdr a) b)))))
(define sort (lambda (items)
  (if (null? items) '()
    (let ((pivot (car items)) (rest (cdr items)))
      (append (sort (filter (lambda (x) (< x pivot)) rest))
        (cons pivot (sort (filter (lambda (x) (not (< x pivot))) rest))))))))
(define safe? (lambda (row column placed distance)
  (cond ((null? placed) (= 0 0))
    ((= (car placed) column) (= 0 1))
    ((= (abs (- (car placed) column)) distance) (= 0 1))
    (else (safe? row column (cdr placed) (+ distance 1))))))
(define queens (lambda (size row placed)
  (if (= row size) 1
    (fold (lambda (sum column) (if (safe? row column placed 1) (+ sum (queens size (+ row 1) (cons column placed))) sum))
      0 (range 0 size)))))
(define count (let ((total 0)) (lambda (by) (begin (set! total (+ total by)) total))))
`;

const MAIN = `
(count (fib 9))
(count (fold + 0 (map (lambda (x) (* x x)) (range 0 30))))
(sort (map (lambda (x) (mod (* x 37) 23)) (range 0 18)))
(queens 4 0 '())
`;

function run(n) {
  const scope = standard();
  for (const form of read_all(PROGRAM)) evaluate(form, scope);
  const main = read_all(MAIN);
  let result = '';
  for (let i = 0; i < n; i++) result = main.map((form) => print(evaluate(form, scope))).join(' ');
  return result;
}
