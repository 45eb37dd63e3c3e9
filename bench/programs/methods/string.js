// SPDX-License-Identifier: MIT
// Methods of String and its prototype on short texts, as programs that read and write text call them. What engines remember of
// one constant text (the parts of the last split) is not what is measured: splits take turns among sixteen texts.
var line = 'The quick brown fox, which was 12 years old, jumps over the lazy dog; "why?" asked nobody.';
var text = '', wide = 'Grüße aus Zürich — 東京へ行く、“quoted” text… ';
for (var i = 0; i < 40; i++) text += line + '\n';
var lines = [], tables = [];
for (i = 0; i < 16; i++) {
  lines.push(line + i);
  tables.push('alpha,beta,gamma,delta,12,13.5,true,"x",last' + i);
}
var words = line.split(' ');

var CASES = {
  'charCodeAt': [20, function (n) {
    for (var k = 0, sum = 0; k < n * 10; k++) for (var i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0;
    return sum;
  }],
  'charAt': [20, function (n) {
    for (var k = 0, sum = 0; k < n * 10; k++) for (var i = 0; i < text.length; i++) if (text.charAt(i) === 'o') sum++;
    return sum;
  }],
  'index': [20, function (n) {
    for (var k = 0, sum = 0; k < n * 10; k++) for (var i = 0; i < text.length; i++) if (text[i] === 'o') sum++;
    return sum;
  }],
  'codePointAt': [20, function (n) {
    for (var k = 0, sum = 0; k < n * 10; k++) for (var i = 0; i < text.length; i++) sum = (sum + text.codePointAt(i)) | 0;
    return sum;
  }],
  'at': [400000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (line.at(-1 - i % 80) === 'o') sum++;
    return sum;
  }],
  'for-of': [40, function (n) {
    for (var k = 0, sum = 0; k < n; k++) for (var c of text) if (c === 'o') sum++;
    return sum;
  }],
  'spread': [4000, function (n) {
    for (var k = 0, sum = 0; k < n; k++) sum += [...lines[k & 15]].length;
    return sum;
  }],
  'indexOf': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.indexOf('lazy') + line.indexOf('w', i % 20) + line.indexOf('absent');
    return sum;
  }],
  'indexOf-long': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += text.indexOf('nobody; ' + i % 10);
    return sum;
  }],
  'lastIndexOf': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.lastIndexOf('quick') + line.lastIndexOf('/');
    return sum;
  }],
  'includes': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (line.includes(words[i % 17])) sum++;
    return sum;
  }],
  'startsWith-endsWith': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      if (line.startsWith('The quick')) sum++;
      if (line.endsWith(words[i % 17])) sum++;
    }
    return sum;
  }],
  'slice': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.slice(i % 40, 50).length + line.slice(-5).length;
    return sum;
  }],
  'substring': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.substring(i % 40, i % 40 + 8).length + text.substring(i % 100).length;
    return sum;
  }],
  'substr': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.substr(i % 40, 8).length;
    return sum;
  }],
  'split-char': [20000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += tables[i & 15].split(',').length;
    return sum;
  }],
  'split-lines': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (text + lines[i & 15]).split('\n').length;
    return sum;
  }],
  'split-empty': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += lines[i & 15].split('').length;
    return sum;
  }],
  'split-fresh': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (i + '/path/to/file-' + i).split('/').length;
    return sum;
  }],
  'split-join': [8000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (i + line).split(' ').join('-').length;
    return sum;
  }],
  'replace-string': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace('fox', 'cat').length;
    return sum;
  }],
  'replaceAll-string': [20000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replaceAll('o', '00').length;
    return sum;
  }],
  'replace-function': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.replace('fox', function (m) { return m + i; }).length;
    return sum;
  }],
  'toUpperCase': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words[i % 17].toUpperCase().length + line.toUpperCase().length;
    return sum;
  }],
  'toLowerCase': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words[i % 17].toLowerCase().length + line.toLowerCase().length;
    return sum;
  }],
  'toLowerCase-wide': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += wide.toLowerCase().length;
    return sum;
  }],
  'trim': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += '  padded text '.trim().length + words[i % 17].trim().length;
    return sum;
  }],
  'padStart-padEnd': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += String(i).padStart(8, '0').length + words[i % 17].padEnd(12).length;
    return sum;
  }],
  'repeat': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += '  '.repeat(i % 20).length;
    return sum;
  }],
  'concat': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += 'a'.concat(words[i % 17], 'b').length;
    return sum;
  }],
  'fromCharCode': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += String.fromCharCode(65 + i % 26, 97).length + String.fromCharCode(i % 256).length;
    return sum;
  }],
  'fromCodePoint': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += String.fromCodePoint(65 + i % 26, 0x1F600).length;
    return sum;
  }],
  'String': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += String(i).length + String(true).length + ('' + i).length;
    return sum;
  }],
  'localeCompare': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words[i % 17].localeCompare(words[(i + 5) % 17]) > 0 ? 1 : 0;
    return sum;
  }],
  'compare': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (words[i % 17] < words[(i * 7) % 17]) sum++;
    return sum;
  }],
  'equal': [300000, function (n) {
    var fresh = words.map(function (w) { return (w + ' ').trim(); });
    for (var i = 0, sum = 0; i < n; i++) if (words[i % 17] === fresh[(i * 3) % 17]) sum++;
    return sum;
  }],
  'concat-short': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += (words[i % 17] + '-' + words[(i + 3) % 17]).length;
    return sum;
  }],
  'append': [300000, function (n) {
    for (var i = 0, s = ''; i < n; i++) s += words[i % 17];
    return s.length + s.charCodeAt(n);
  }],
  'append-chars': [500000, function (n) {
    for (var i = 0, s = ''; i < n; i++) s += line[i % 80];
    return s.length + s.charCodeAt(n >> 1);
  }],
  'array-join-build': [200000, function (n) {
    for (var i = 0, parts = []; i < n; i++) parts.push(words[i % 17]);
    return parts.join('').length;
  }],
  'template': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += `${words[i % 17]}: ${i} of ${n}`.length;
    return sum;
  }],
  'as-key': [150000, function (n) {
    var counts = {};
    for (var i = 0; i < n; i++) {
      var key = line.substring(i % 60, i % 60 + 4);
      counts[key] = (counts[key] | 0) + 1;
    }
    return Object.keys(counts).length;
  }],
  'normalize': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += line.normalize().length + wide.normalize('NFD').length;
    return sum;
  }],
  'encodeURIComponent': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += decodeURIComponent(encodeURIComponent(line)).length;
    return sum;
  }],
  'escape-loop': [3000, function (n) {
    var map = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
    for (var i = 0, sum = 0; i < n; i++) {
      var out = '';
      for (var k = 0; k < line.length; k++) out += map[line[k]] || line[k];
      sum += out.length;
    }
    return sum;
  }]
};
