// SPDX-License-Identifier: MIT
// JSON both ways: a parser and a printer written in JavaScript beside the built-in ones, over one generated document.
const SIZE = 1500;

class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  fail(what) {
    throw new SyntaxError(what + ' at ' + this.at);
  }
  space() {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt(++this.at);
    return code;
  }
  value() {
    switch (this.space()) {
      case 123: return this.object();
      case 91: return this.array();
      case 34: return this.string();
      case 116: return this.word('true', true);
      case 102: return this.word('false', false);
      case 110: return this.word('null', null);
      default: return this.number();
    }
  }
  word(text, value) {
    if (!this.text.startsWith(text, this.at)) this.fail('expected ' + text);
    this.at += text.length;
    return value;
  }
  number() {
    const start = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (!((code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46 || code === 69 || code === 101)) break;
      this.at++;
    }
    const value = Number(this.text.slice(start, this.at));
    if (start === this.at || Number.isNaN(value)) this.fail('expected a value');
    return value;
  }
  string() {
    let result = '', start = ++this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 34) break;
      if (code !== 92) {
        if (!(code >= 32)) this.fail('unterminated string');
        this.at++;
        continue;
      }
      result += this.text.slice(start, this.at);
      const escape = this.text[this.at + 1];
      this.at += 2;
      if (escape === 'u') {
        result += String.fromCharCode(parseInt(this.text.substr(this.at, 4), 16));
        this.at += 4;
      } else {
        const index = 'bfnrt'.indexOf(escape);
        result += index < 0 ? escape : '\b\f\n\r\t'[index];
      }
      start = this.at;
    }
    result += this.text.slice(start, this.at++);
    return result;
  }
  array() {
    const result = [];
    this.at++;
    if (this.space() === 93) {
      this.at++;
      return result;
    }
    for (;;) {
      result.push(this.value());
      const code = this.space();
      this.at++;
      if (code === 93) return result;
      if (code !== 44) this.fail('expected , or ]');
    }
  }
  object() {
    const result = {};
    this.at++;
    if (this.space() === 125) {
      this.at++;
      return result;
    }
    for (;;) {
      if (this.space() !== 34) this.fail('expected a key');
      const key = this.string();
      if (this.space() !== 58) this.fail('expected :');
      this.at++;
      result[key] = this.value();
      const code = this.space();
      this.at++;
      if (code === 125) return result;
      if (code !== 44) this.fail('expected , or }');
    }
  }
}

function print(value) {
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? quote(value) : String(value);
  if (Array.isArray(value)) return '[' + value.map(print).join(',') + ']';
  const parts = [];
  for (const key of Object.keys(value)) parts.push(quote(key) + ':' + print(value[key]));
  return '{' + parts.join(',') + '}';
}

function quote(text) {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34 || code === 92) result += '\\' + text[i];
    else if (code === 10) result += '\\n';
    else if (code === 9) result += '\\t';
    else if (code < 32) result += '\\u' + code.toString(16).padStart(4, '0');
    else result += text[i];
  }
  return result + '"';
}

function document_of(count) {
  const items = [];
  for (let i = 0; i < count; i++) {
    items.push({
      id: i * 1001, kind: i % 3 === 0 ? 'order' : 'invoice', open: i % 2 === 0, total: i * 12.5 + 0.25, note: null,
      customer: {name: 'Müller & "Sons" ' + i, path: 'c:\\temp\t' + i, tags: ['a', 'b\n', '']},
      lines: [[1, 2, 3.5], [], {x: -1e-7, y: 1e21}],
    });
  }
  return {version: 2, items, control: '\u0001\u001f'};
}

function run(n) {
  const text = JSON.stringify(document_of(12));
  let length = 0, sum = 0;
  for (let i = 0; i < n; i++) {
    const parsed = new Parser(text).value();
    const printed = print(parsed);
    if (printed !== text) return 'different at ' + i;
    length += JSON.stringify(JSON.parse(printed), null, 1).length;
    sum += parsed.items[i % 12].total;
  }
  return length + ',' + sum;
}
