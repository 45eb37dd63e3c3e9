// SPDX-License-Identifier: MIT
// Library calls on strings: split, join, replace, trim, case, search.
var SIZE = 250000;

function run(n) {
  var line = '  Ada Lovelace, 1815, London, mathematics , engine,  notes,poetry ';
  var length = 0, found = 0;
  for (var i = 0; i < n; i++) {
    var fields = (line + i).split(',');
    for (var j = 0; j < fields.length; j++) fields[j] = fields[j].trim();
    var joined = fields.join('|');
    length += joined.length + joined.toUpperCase().replace('LONDON', 'Paris').length;
    var letters = joined.split('');
    letters.reverse();
    if (letters.join('').indexOf('scit') >= 0) found++;
    found += joined.lastIndexOf('|') + (joined.substring(4, 12) === 'Lovelace' ? 1 : 0);
  }
  return length + ',' + found;
}
