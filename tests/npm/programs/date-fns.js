// SPDX-License-Identifier: MIT
// date-fns: every function over a table of dates and amounts in a time zone with summer time; formats, parsing, all locales.
// entries: cjs esm
// sizes: full small
// env: TZ=America/New_York
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');

const LEFT_OUT = /Today|Yesterday|Tomorrow|^isThis|^isPast|^isFuture|^constructNow|ToNow|^intlFormat|DefaultOptions|^formatters|^longFormatters|^lightFormatters|^parsers|^isDate$|^default|^eachMinute|^eachHour/;
const DATES = () => [new Date(2020, 1, 29, 23, 59, 59, 999), new Date(2021, 2, 14, 1, 30), new Date(2021, 10, 7, 1, 30), new Date(2000, 0, 1), new Date(1969, 11, 31, 12), new Date(2024, 11, 30, 8, 5, 3), new Date(NaN), new Date(-1e12), new Date(1900, 5, 5, 5, 5)];
const EXTRA = () => [[], [1], [-3], [13], [new Date(2021, 5, 15, 12)], [new Date(2019, 11, 31)], [{weekStartsOn: 1}], [{months: 1, days: 3, hours: 5}], [2, {weekStartsOn: 1, firstWeekContainsDate: 4}], ['yyyy-MM-dd']];
const TOKENS = ['G GGGG GGGGG y yo yy yyy yyyy', 'Y Yo YYYY R RRRR u uuuu', 'Q Qo QQ QQQ QQQQ q qo qqq', 'M Mo MM MMM MMMM MMMMM L Lo LLLL', 'w wo ww I Io II d do dd', 'D Do DDD', 'E EEEE EEEEE EEEEEE i io iiii e eo eeee c co cccc', 'a aaa aaaa aaaaa b bbbb B BBBB BBBBB', 'h ho hh H Ho HH K KK k kk', 'm mo mm s so ss S SS SSS', 'X XX XXX x xx xxx O OOOO z zzzz t T', "P PP PPP PPPP p pp ppp pppp Pp PPPPpppp 'quoted' ''", "yyyy-MM-dd'T'HH:mm:ss.SSSxxx"];

run('date-fns', async (fns) => {
  const dates = DATES();
  for (const name of Object.keys(fns).filter((key) => typeof fns[key] === 'function' && !LEFT_OUT.test(key)).sort()) {
    const lists = [];
    for (let i = 0; i < dates.length; i += small ? 3 : 1) for (const extra of EXTRA()) lists.push([new Date(dates[i]), ...extra]);
    lists.push([{start: dates[3], end: new Date(2000, 1, 10)}], [{start: dates[3], end: new Date(2000, 1, 10)}, {start: new Date(2000, 0, 20), end: new Date(2000, 3, 1)}], [new Date(2000, 0, 15), {start: dates[3], end: dates[0]}], [dates, dates[4]], [dates.slice(0, 4)], [dates[4], dates.slice(0, 4)], [25.5], ['2020-02-29T12:30:00Z'], [{years: 1, months: 2, weeks: 1, days: 3, hours: 4, minutes: 5, seconds: 6}]);
    sweep(name, lists, (...list) => {
      const result = fns[name](...list);
      return Array.isArray(result) && result.length > 40 ? [result.length, result[0], result.at(-1)] : result;
    });
  }
  for (const format of TOKENS) sweep(`format ${format}`, dates.map((d) => [d]), (d) => fns.format(d, format, {useAdditionalDayOfYearTokens: true, useAdditionalWeekYearTokens: true}));
  const parses = [['02/11/2014', 'MM/dd/yyyy'], ['Tuesday, 4 February 2020', 'EEEE, d MMMM yyyy'], ['28th of February', "do 'of' MMMM"], ['5:30 pm', 'h:mm aa'], ['2020-W10-3', "RRRR-'W'II-i"], ['1580000000', 't'], ['2021-03-14 02:30', 'yyyy-MM-dd HH:mm'], ['13/13/2013', 'MM/dd/yyyy'], ['x', 'yyyy'], ['2020-02-29T10:00:00.123+05:30', "yyyy-MM-dd'T'HH:mm:ss.SSSxxx"], ['44 BC', 'y G'], ['Q3 20', 'QQQ yy'], ['366 2020', 'DDD yyyy'], ['noon', 'BBBB'], ['12 AM', 'h a']];
  for (const [text, format] of parses) show(`parse ${text}`, () => fns.parse(text, format, new Date(2010, 5, 15), {useAdditionalDayOfYearTokens: true}));
  for (const text of ['2020-02-29', '2020-02-30', '20200229T1234', '2020-W09-6', '2020-060', '2020-02-29T12:30:45.678+02', '2020-02-29T24:00', '+002020-01', '12:30', '', 'x', '2021-11-07T01:30']) show(`ISO ${text}`, [fns.parseISO(text), fns.parseJSON(text), fns.parseISO(text, {additionalDigits: 0})]);
  for (const [a, b] of [[0, 5], [0, 45], [0, 3000], [0, 90000], [0, 5e6], [0, 4e7], [0, 9e8], [5e9, 0]]) show(`distance ${a} ${b}`, ['formatDistance', 'formatDistanceStrict'].map((f) => fns[f](new Date(a * 1000), new Date(b * 1000), {addSuffix: true, includeSeconds: true})));
  show('relative', [-8, -6, -1, 0, 1, 5, 9].map((n) => fns.formatRelative(fns.addDays(dates[0], n), dates[0])));
  show('duration', fns.formatDuration(fns.intervalToDuration({start: new Date(1929, 0, 15, 12), end: new Date(1968, 3, 4, 19, 5)}), {delimiter: ', '}));
  const locales = require('date-fns/locale');
  for (const name of Object.keys(locales).sort()) {
    const locale = locales[name];
    sweep(`locale ${name}`, dates.slice(0, small ? 2 : 5).map((d) => [d]), (d) => [fns.format(d, 'PPPPpppp EEEE do MMMM QQQQ B aaaa GGGG wo', {locale}), fns.formatDistance(d, dates[3], {locale, addSuffix: true}), fns.formatRelative(d, fns.addDays(d, 3), {locale}), fns.formatDuration({years: 2, days: 1}, {locale}), fns.startOfWeek(d, {locale}).getDate()]);
  }
  const fp = require('date-fns/fp');
  show('fp', [fp.addDays(5)(dates[3]), fp.format('yyyy')(dates[0]), fp.flow && 1, fp.isBefore(dates[0], dates[3]), Object.keys(fp).length]);
  show('zones', [0, 3, 6, 9].map((month) => [new Date(2021, month, 1).getTimezoneOffset(), String(new Date(2021, month, 1))]));
});
