// SPDX-License-Identifier: MIT
// Regular expressions: test, exec with groups, global match, replace with a pattern and with a function, split.
var SIZE = 15000;

var LOG = '2024-03-17 12:45:01 INFO  server/http: GET /index.html?user=ann&id=42 200 17ms\n' +
  '2024-03-17 12:45:02 WARN  server/db: slow query (1832ms) on table accounts\n' +
  '2024-03-17 12:45:09 ERROR server/http: POST /api/v2/items 500 3ms - "connection reset"\n' +
  '2024-03-18 00:00:00 INFO  cron: rotate logs, mail bob.smith@example.org and eve@mail.example.com\n';

function run(n) {
  var line = /^(\d{4})-(\d\d)-(\d\d) (\d+):(\d+):(\d+) (INFO|WARN|ERROR)\s+([\w\/]+): (.*)$/;
  var mail = /[a-z0-9._]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
  var sum = 0;
  for (var i = 0; i < n; i++) {
    var lines = LOG.split(/\r?\n/);
    for (var j = 0; j < lines.length; j++) {
      var match = line.exec(lines[j]);
      if (match === null) continue;
      sum += +match[3] + match[7].length + match[8].length;
      if (/\b[45]\d\d\b/.test(match[9])) sum += 100;
    }
    sum += LOG.match(mail).length;
    sum += LOG.replace(/(\w+)=(\w+)/g, '$2:$1').length;
    sum += LOG.replace(/\d+ms/g, function (text) { return String(parseInt(text, 10) * 2); }).length;
    sum += LOG.search(/"[^"]*"/);
  }
  return sum;
}
