// SPDX-License-Identifier: MIT
// Methods of RegExp.prototype and those of String.prototype that take one.
var line = 'The quick brown fox, which was 12 years old, jumps over the lazy dog; "why?" asked nobody at 10:35.';
var text = '', html = '<p class="a">x &amp; y</p><a href="/z?q=1">z</a>';
for (var i = 0; i < 30; i++) text += line + '\n';
var lines = [];
for (i = 0; i < 16; i++) lines.push(line + i);

var CASES = {
  'test-hit': [200000, function (n) {
    var re = /\d+ years/;
    for (var i = 0, sum = 0; i < n; i++) if (re.test(line)) sum++;
    return sum;
  }],
  'test-miss': [200000, function (n) {
    var re = /^\s*(?:import|export)\b/;
    for (var i = 0, sum = 0; i < n; i++) if (re.test(line)) sum++;
    return sum;
  }],
  'test-short': [400000, function (n) {
    var re = /^[a-z_$][\w$]*$/i, names = ['alpha', 'b1', '9x', 'some_name', 'x-y'];
    for (var i = 0, sum = 0; i < n; i++) if (re.test(names[i % 5])) sum++;
    return sum;
  }],
  'exec-groups': [100000, function (n) {
    var re = /(\d+):(\d+)/;
    for (var i = 0, sum = 0; i < n; i++) sum += +re.exec(line)[2];
    return sum;
  }],
  'exec-named': [60000, function (n) {
    var re = /(?<hour>\d+):(?<minute>\d+)/;
    for (var i = 0, sum = 0; i < n; i++) sum += +re.exec(line).groups.minute;
    return sum;
  }],
  'exec-global-loop': [6000, function (n) {
    var re = /\w+/g, m;
    for (var i = 0, sum = 0; i < n; i++) while ((m = re.exec(line))) sum += m.index + m[0].length;
    return sum;
  }],
  'exec-sticky-lexer': [4000, function (n) {
    var re = /\s+|\w+|"[^"]*"|[^\s\w]/y;
    for (var i = 0, sum = 0; i < n; i++) {
      re.lastIndex = 0;
      while (re.lastIndex < line.length) sum += re.exec(line)[0].length;
    }
    return sum;
  }],
  'match': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.match(/\d+/)[0].length;
    return sum;
  }],
  'match-global': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.match(/\w+/g).length;
    return sum;
  }],
  'matchAll': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) for (var m of line.matchAll(/(\w)(\w*)/g)) sum += m.index;
    return sum;
  }],
  'search': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.search(/lazy|hazy/);
    return sum;
  }],
  'replace-string': [15000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace(/o/g, '0').length;
    return sum;
  }],
  'replace-groups': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace(/(\w+) (\w+)/g, '$2 $1').length;
    return sum;
  }],
  'replace-function': [6000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace(/\b\w/g, function (c) { return c.toUpperCase(); }).length;
    return sum;
  }],
  'replace-first': [80000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace(/\s+$/, '').length + line.replace(/^The/, 'A').length;
    return sum;
  }],
  'replace-escape': [20000, function (n) {
    var map = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
    for (var i = 0, sum = 0; i < n; i++) sum += html.replace(/[&<>"]/g, function (c) { return map[c]; }).length;
    return sum;
  }],
  'replace-trim': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += '   some text to be trimmed  '.replace(/^\s+|\s+$/g, '').length;
    return sum;
  }],
  'replace-camel': [30000, function (n) {
    var up = function (m, c) { return c.toUpperCase(); };
    for (var i = 0, sum = 0; i < n; i++) sum += 'border-top-left-radius'.replace(/-([a-z])/g, up).length;
    return sum;
  }],
  'split': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += lines[i & 15].split(/\W+/).length;
    return sum;
  }],
  'split-lines': [2000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (text + lines[i & 15]).split(/\r?\n/).length;
    return sum;
  }],
  'construct': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (new RegExp('^' + (i % 50) + '[a-z]+$', 'i').test(i % 60 + 'abc')) sum++;
    return sum;
  }],
  'literal-in-loop': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (/fox|cat/.test(line)) sum++;
    return sum;
  }],
  'alternation': [3000, function (n) {
    var re = /\b(?:function|return|while|lazy|var|let|const|nobody)\b/g;
    for (var i = 0, sum = 0; i < n; i++) sum += line.match(re).length;
    return sum;
  }],
  'backtracking': [5000, function (n) {
    var re = /(.*)(\d+)(.*)nobody/;
    for (var i = 0, sum = 0; i < n; i++) sum += re.exec(line)[1].length;
    return sum;
  }],
  'unicode': [10000, function (n) {
    var re = /\p{Lu}\p{Ll}+/gu, wide = 'Grüße aus Zürich und Åland';
    for (var i = 0, sum = 0; i < n; i++) sum += wide.match(re).length;
    return sum;
  }],
  'lookaround': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += '1234567890'.replace(/\B(?=(\d{3})+(?!\d))/g, ',').length;
    return sum;
  }]
};
