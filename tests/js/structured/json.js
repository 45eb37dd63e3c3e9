// SPDX-License-Identifier: MIT
// JSON.
'use strict';
const assert = require('../lib/assert.js');

// parse: values
assert.deepEqual(JSON.parse(' [1, -2.5e3, "a\\n\\u0041\\/", true, false, null, {}, []] '), [1, -2500, 'a\nA/', true, false, null, {}, []]);
assert.equal(JSON.parse('-0'), -0);
assert.equal(JSON.parse('123456789012345678901234567890'), 123456789012345678901234567890);
assert.equal(JSON.parse('0.1e-5'), 1e-6);
assert.equal(JSON.parse('"\u20ac\\ud83d\\ude00"'), '\u20ac\u{1F600}');
assert.deepEqual(Object.keys(JSON.parse('{"b":1,"1":2,"a":3,"0":4}')), ['0', '1', 'b', 'a']);
assert.deepEqual(JSON.parse('{"a":1,"a":2}'), { a: 2 });
const proto = JSON.parse('{"__proto__":{"x":1},"toString":2}');
assert.equal(Object.getPrototypeOf(proto), Object.prototype);
assert.equal(Object.hasOwn(proto, '__proto__'), true);
assert.deepEqual(JSON.parse('[{"x":1,"y":2},{"x":3,"y":4},{"y":5,"x":6},{"x":7}]'), [{ x: 1, y: 2 }, { x: 3, y: 4 }, { y: 5, x: 6 }, { x: 7 }]);
const wide = JSON.parse('{"\u20ac":"\u20ac","plain":[1,2.5,"t"],"e\\u0301":0}');
assert.deepEqual(Object.keys(wide), ['\u20ac', 'plain', 'e\u0301']);
const keys = Array.from({ length: 300 }, (_, i) => `"key${i}":${i}`).join();
assert.equal(JSON.parse(`{${keys}}`).key299, 299);
assert.equal(JSON.parse(`[${'7,'.repeat(9999)}7]`).length, 10000);

// parse: errors
const errors = {
  '': 'Unexpected end of JSON input',
  '[1,': 'Unexpected end of JSON input',
  '{bad': "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
  '[1 2]': "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)",
  '{"a" 1}': "Expected ':' after property name in JSON at position 5 (line 1 column 6)",
  '{"a":1,}': 'Expected double-quoted property name in JSON at position 7 (line 1 column 8)',
  '{"a":1\n"b"}': "Expected ',' or '}' after property value in JSON at position 7 (line 2 column 1)",
  '"a\nb"': 'Bad control character in string literal in JSON at position 2 (line 1 column 3)',
  '"\\x"': 'Bad escaped character in JSON at position 2 (line 1 column 3)',
  '"\\u12"': 'Bad Unicode escape in JSON at position 5 (line 1 column 6)',
  '"abc': 'Unterminated string in JSON at position 4 (line 1 column 5)',
  '-': 'No number after minus sign in JSON at position 1 (line 1 column 2)',
  '1.': 'Unterminated fractional number in JSON at position 2 (line 1 column 3)',
  '1e': 'Exponent part is missing a number in JSON at position 2 (line 1 column 3)',
  '1 2': 'Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)',
  '[,]': 'Unexpected token \',\', "[,]" is not valid JSON',
  'trux': 'Unexpected token \'x\', "trux" is not valid JSON',
  'undefined': '"undefined" is not valid JSON',
  'abcdefghijklmnopqrstuvwxyz': 'Unexpected token \'a\', "abcdefghij"... is not valid JSON',
  '[1,2,3,4,5,6,7,8,9,x,11,12,13,14]': 'Unexpected token \'x\', ..."5,6,7,8,9,x,11,12,13"... is not valid JSON',
};
for (const text in errors) {
  const error = assert.throws(() => JSON.parse(text), SyntaxError, text);
  assert.equal(error.message, errors[text], text);
}
assert.throws(() => JSON.parse('\u00a01'), SyntaxError);

// parse: reviver
const seen = [];
const revived = JSON.parse('{"a":[1,2],"b":{"c":3}}', function (key, value, context) {
  seen.push(key, context.source);
  return typeof value === 'number' ? value * 2 : key === 'b' ? undefined : value;
});
assert.deepEqual(revived, { a: [2, 4] });
assert.deepEqual(seen, ['0', '1', '1', '2', 'a', undefined, 'c', '3', 'b', undefined, '', undefined]);
assert.deepEqual(JSON.parse('[1.0,12345678901234567890,"x"]', (k, v, { source }) => source || v), ['1.0', '12345678901234567890', '"x"']);
assert.deepEqual(JSON.parse('[1,[2]]', function (k, v, c) {
  if (k === '0' && v === 1) this[1] = 5;
  return v === 5 ? [v, c.source] : v;
}), [1, [5, undefined]]);

// stringify: values
assert.equal(JSON.stringify({ a: 1, b: 'x"\\\n\u0001\u2028', c: [undefined, () => 1, Symbol()], d: undefined, e: null }),
  '{"a":1,"b":"x\\"\\\\\\n\\u0001\u2028","c":[null,null,null],"e":null}');
assert.equal(JSON.stringify('\ud800\u{1F600}\udc00\u20ac'), '"\\ud800\u{1F600}\\udc00\u20ac"');
assert.equal(JSON.stringify([NaN, -0, 1e21, 0.1, -5, Infinity]), '[null,0,1e+21,0.1,-5,null]');
assert.equal(JSON.stringify(undefined), undefined);
assert.equal(JSON.stringify(() => 1), undefined);
assert.equal(JSON.stringify([new Number(1), new String('s'), new Boolean(false), Object(Symbol())]), '[1,"s",false,{}]');
assert.equal(JSON.stringify({ 2: 'b', x: 1, 1: 'a' }), '{"1":"a","2":"b","x":1}');
assert.equal(JSON.stringify(new Date(0)), '"1970-01-01T00:00:00.000Z"');
assert.equal(JSON.stringify([, 1]), '[null,1]');
assert.equal(JSON.stringify(new Proxy([1, 2], {})), '[1,2]');
assert.equal(JSON.stringify(new Map([[1, 2]])), '{}');
assert.equal(JSON.stringify(Object.create({ inherited: 1 }, { hidden: { value: 1 }, shown: { value: 2, enumerable: true } })), '{"shown":2}');
assert.throws(() => JSON.stringify({ a: 1n }), 'Do not know how to serialize a BigInt');
BigInt.prototype.toJSON = function () { return this.toString(); };
assert.equal(JSON.stringify([1n]), '["1"]');
delete BigInt.prototype.toJSON;

// stringify: toJSON, getters, changes on the way
assert.equal(JSON.stringify({ a: { toJSON(key) { return key + '!'; } } }), '{"a":"a!"}');
const changing = { get a() { delete this.b; this.c = 3; return 1; }, b: 2, c: 0 };
assert.equal(JSON.stringify(changing), '{"a":1,"c":3}');
class Point { constructor() { this.x = 1; } }
const point = new Point();
assert.equal(JSON.stringify(point), '{"x":1}');
Point.prototype.toJSON = () => 'point';
assert.equal(JSON.stringify([point]), '["point"]');
Object.prototype.toJSON = function () { return 'all'; };
assert.equal(JSON.stringify({}), '"all"');
delete Object.prototype.toJSON;
assert.equal(JSON.stringify({}), '{}');

// stringify: replacer and space
assert.equal(JSON.stringify({ a: 1, b: [2, { c: 3 }] }, null, 2), '{\n  "a": 1,\n  "b": [\n    2,\n    {\n      "c": 3\n    }\n  ]\n}');
assert.equal(JSON.stringify([[], {}], null, '--'), '[\n--[],\n--{}\n]');
assert.equal(JSON.stringify([1], null, 'abcdefghijklmnop'), '[\nabcdefghij1\n]');
assert.equal(JSON.stringify([1], null, '\u20ac'), '[\n\u20ac1\n]');
assert.equal(JSON.stringify([1], null, new Number(1.9)), '[\n 1\n]');
assert.equal(JSON.stringify({ a: 1, b: { a: 2, c: 3 }, 1: 4 }, ['b', 'a', 1, 'a']), '{"b":{"a":2},"a":1,"1":4}');
assert.equal(JSON.stringify({ a: 1, b: 2 }, (k, v) => (k === 'a' ? undefined : k === '' ? v : v + 1)), '{"b":3}');
let holder;
JSON.stringify(5, function () { holder = this; });
assert.deepEqual(holder, { '': 5 });

// stringify: circles
const circle = { x: { list: [1] } };
circle.x.list.push(circle);
const circular = assert.throws(() => JSON.stringify(circle), TypeError);
assert.equal(circular.message, `Converting circular structure to JSON
    --> starting at object with constructor 'Object'
    |     property 'x' -> object with constructor 'Object'
    |     property 'list' -> object with constructor 'Array'
    --- index 1 closes the circle`);
const long = new Point();
delete Point.prototype.toJSON;
long.a = { b: { c: { d: { e: long } } } };
assert.equal(assert.throws(() => JSON.stringify(long)).message, `Converting circular structure to JSON
    --> starting at object with constructor 'Point'
    |     property 'a' -> object with constructor 'Object'
    |     property 'b' -> object with constructor 'Object'
    |     ...
    |     property 'd' -> object with constructor 'Object'
    --- property 'e' closes the circle`);

// raw JSON
const raw = JSON.rawJSON('12345678901234567890');
assert.equal(JSON.stringify({ n: raw }), '{"n":12345678901234567890}');
assert.equal(JSON.isRawJSON(raw) && !JSON.isRawJSON({}), true);
assert.equal(Object.isFrozen(raw), true);
assert.equal(Object.getPrototypeOf(raw), null);
for (const bad of ['', ' 1', '1\n', '[]', '{}', 'x']) assert.throws(() => JSON.rawJSON(bad), SyntaxError, bad);

// There and back
const text = JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ id: i, name: 'n\u00e9' + i, tags: ['a', 'b'], nested: { v: i / 3 } })));
assert.equal(JSON.stringify(JSON.parse(text)), text);
