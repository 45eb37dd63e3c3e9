// SPDX-License-Identifier: MIT
// csv-parse: the callback, synchronous and stream forms, all its options, and the errors with their codes.
// entries: cjs
'use strict';
const {show} = require('./lib/harness.js');
const {parse: parseSync} = require('csv-parse/sync');
const csv = require('csv-parse');
const {Readable} = require('stream');
const {pipeline} = require('stream/promises');
const assert = require('assert');

const said = (error) => `${error.name} ${error.code} ${error.message} at ${error.lines}:${error.column}`;
const sync = (text, options) => {
  try {
    return parseSync(text, options);
  } catch (error) {
    return said(error);
  }
};

(async () => {
  const text = 'id,name,date,n\n1,"Smith, J.",2020-01-02,1.5\n2,"He said ""hi""",,x\n\n# note\n3, padded ,2021-03-04,7\n';
  const all = {
    plain: [text, {skip_empty_lines: true, relax_column_count: true}], columns: [text, {columns: true, comment: '#', skip_empty_lines: true}], named: ['1;2\n3;4', {delimiter: ';', columns: ['a', 'b']}], mapped: ['A,B\n1,2', {columns: (head) => head.map((h) => h.toLowerCase())}],
    trim: [' a , b \n c ,"d" ', {trim: true}], ltrim: [' a , b ', {ltrim: true}], cast: ['a,1,2020-01-01,true\nb,2.5,x,false', {cast: true, cast_date: true}], castWith: ['1,2\n3,4', {cast: (value, context) => `${context.lines}:${context.index}:${context.column}:${context.quoting}=${value}`}],
    quotes: ["'a','b''c'", {quote: "'"}], noQuotes: ['"a",b"c', {quote: null}], escape: ['"a\\"b",c', {escape: '\\'}], relaxQuotes: ['a "b" c,d', {relax_quotes: true}], tabs: ['a\tb\n1\t2', {delimiter: '\t'}], many: ['a::b||c', {delimiter: ['::', '||']}],
    records: ['a,b|c,d|', {record_delimiter: '|'}], crlf: ['a,b\r\nc,d\r\n', {}], bom: ['\ufeffa,b\n1,2', {bom: true, columns: true}], fromTo: ['1\n2\n3\n4\n5', {from: 2, to: 4}], lines: ['1\n2\n3\n4\n5', {from_line: 3, to_line: 4}], info: ['a,b\n1,2', {info: true, columns: true}], raw: ['a,"b"\n', {raw: true}],
    objname: ['k,v\nx,1\ny,2', {columns: true, objname: 'k'}], duplicate: ['a,a\n1,2', {columns: true, group_columns_by_name: true}], onRecord: ['1,2\n3,4\n5,6', {on_record: (record, {lines}) => (lines === 2 ? null : [lines, ...record])}], skipEmpty: [',\n1,2\n , ', {skip_records_with_empty_values: true}],
    inconsistent: ['a,b\n1,2,3', {}], inconsistentColumns: ['a,b\n1', {columns: true}], relaxLess: ['a,b\n1', {columns: true, relax_column_count_less: true}], openQuote: ['a,"b\nc', {}], invalidClosing: ['a,"b"c\n', {}], invalidOpening: ['a,b"c\n', {}], maxSize: ['a'.repeat(50), {max_record_size: 10}],
    skipErrors: ['a,b\n1,2,3\n4,5', {skip_records_with_error: true}], badOption: ['a', {delimiter: 5}], badColumns: ['a', {columns: 5}], encoding: [Buffer.from('gr\xfcn,x', 'latin1'), {encoding: 'latin1'}], utf16: [Buffer.from('ä,b\nc,d', 'utf16le'), {encoding: 'utf16le'}], buffers: ['a,b', {encoding: null}], ignore: ['a,"b""",c', {ignore_last_delimiters: 2}],
    empty: ['', {}], emptyColumns: ['', {columns: true}], unicode: ['名,ñ\n\u{1F600},é', {columns: true}], unknown: ['1,2,3', {columns: ['a', false, 'c']}], undefinedColumn: ['1', {columns: [undefined]}],
  };
  for (const [name, [data, options]] of Object.entries(all)) show(name, sync(data, options));
  await show('callback', new Promise((resolve) => csv.parse('a,b\n1,2', {columns: true}, (error, records, info) => resolve([error, records, info]))));
  await show('callback fails', new Promise((resolve) => csv.parse('a,b\n1,2,3', (error, records) => resolve([said(error), records]))));
  const got = [];
  const parser = csv.parse({columns: true, delimiter: ';', cast: true});
  parser.on('readable', () => {
    for (let record; (record = parser.read()) !== null;) got.push(record);
  });
  // Cut in the middle of quotes, of delimiters and of characters.
  const bytes = Buffer.from('näme;v\n"a;\n""b""";1\n\u{1F600};2\n');
  await pipeline(Readable.from(Array.from(bytes, (b) => Buffer.from([b]))), parser);
  show('streamed', got);
  show('counts', parser.info);
  const rows = [];
  for await (const record of Readable.from(['1,2\n3,', '4\n5,6']).pipe(csv.parse())) rows.push(record);
  show('iterated', rows);
  await show('stream fails', pipeline(Readable.from(['a,b\n', '1,"2']), csv.parse(), async (source) => { for await (const record of source) rows.push(record); }).catch(said));
  const big = Array.from({length: 3000}, (_, i) => `${i},"value ""${i}""",${i / 7}`).join('\n');
  const records = sync(big, {cast: true});
  assert.strictEqual(records.length, 3000);
  show('many', JSON.stringify(records));
  let skipped = [];
  sync('a,b\n1,2,3\n4,5', {skip_records_with_error: true, on_skip: (error, record) => skipped.push([error.code, record])});
  show('on_skip', skipped);
  show('normalized', Object.keys(csv.normalize_options({})).sort());
})();
