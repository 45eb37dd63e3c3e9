// SPDX-License-Identifier: MIT
// moment: all its methods over a table of dates, parsing, durations, and all its locales, in a time zone with summer time.
// entries: cjs esm
// sizes: full small
// env: TZ=America/Sao_Paulo
'use strict';
const fs = require('fs');
const path = require('path');
const {run, show, sweep, small} = require('./lib/harness.js');
const {MODULES} = require('./lib/inputs.js');

const INPUTS = () => ['2020-02-29T12:30:45.678', '2018-11-04T00:30:00', '2018-02-17 23:30', '20201231T1234Z', '2000-W10-3', '1969-07-20T20:17:40Z', '2024-366', 0, 1e12, [2019, 5, 5, 5], {y: 2021, M: 1, d: 3}, null, NaN];
const UNITS = ['millisecond', 'second', 'minute', 'hour', 'day', 'date', 'week', 'isoWeek', 'month', 'quarter', 'year', 'weekYear', 'M', 'Q', 'ms'];
const FORMATS = ['', 'M Mo MM MMM MMMM Q Qo D Do DD DDD DDDo DDDD', 'd do dd ddd dddd e E w wo ww W Wo WW', 'YY YYYY YYYYYY Y y N NN gg gggg GG GGGG', 'A a H HH h hh k kk m mm s ss', 'S SS SSS SSSS z zz Z ZZ X x', '[esc] LT LTS L l LL ll LLL lll LLLL llll', 'hmm hmmss Hmm Hmmss'];
const GETTERS = ['milliseconds', 'seconds', 'minutes', 'hours', 'date', 'day', 'weekday', 'isoWeekday', 'dayOfYear', 'week', 'isoWeek', 'month', 'quarter', 'year', 'weekYear', 'isoWeekYear', 'weeksInYear', 'isoWeeksInYear', 'daysInMonth', 'utcOffset', 'isDST', 'isLeapYear', 'isValid', 'valueOf', 'unix', 'toISOString', 'toString', 'toArray', 'toObject', 'toJSON', 'toDate', 'inspect', 'isLocal', 'isUtc', 'creationData', 'parsingFlags', 'eraName', 'eraYear'];

run('moment', (moment) => {
  moment.suppressDeprecationWarnings = true;
  const inputs = INPUTS();
  for (const format of FORMATS) sweep(`format ${format}`, inputs.map((v) => [v]), (v) => [moment(v).format(format || undefined), moment.utc(v).format(format || undefined), moment.parseZone(v).format(format || undefined)]);
  for (const name of GETTERS) sweep(name, inputs.map((v) => [v]), (v) => { const r = moment(v)[name](); return name === 'creationData' ? [typeof r.input, r.format] : r; });
  for (const name of GETTERS.slice(0, 16)) sweep(`set ${name}`, inputs.flatMap((v) => [0, 5, -3, 100].map((n) => [v, n])), (v, n) => moment(v)[name](n).format());
  for (const name of ['startOf', 'endOf']) sweep(name, inputs.flatMap((v) => UNITS.map((u) => [v, u])), (v, u) => moment(v)[name](u).format());
  for (const name of ['add', 'subtract']) sweep(name, inputs.flatMap((v) => UNITS.flatMap((u) => [[v, 1, u], [v, -13, u], [v, 2.5, u]])), (v, n, u) => moment(v)[name](n, u).format());
  sweep('diff', inputs.flatMap((a) => inputs.flatMap((b) => (small ? ['days'] : ['days', 'months', 'years', 'hours', 'weeks']).map((u) => [a, b, u]))), (a, b, u) => [moment(a).diff(b, u), moment(a).diff(b, u, true)]);
  for (const name of ['isSame', 'isBefore', 'isAfter', 'isSameOrBefore', 'isSameOrAfter', 'from', 'to', 'calendar']) sweep(name, inputs.flatMap((a) => inputs.map((b) => [a, b])), (a, b) => moment(a)[name](b));
  sweep('isBetween', inputs.map((a) => [a]), (a) => ['()', '[]', '[)', '(]'].map((i) => moment(a).isBetween('2000-01-01', '2019-06-05', 'day', i)));
  const texts = ['2013-02-08 09:30:26.123+07:00', '2013-02-08T24:00', '2013-060', '2013W065', '20130208T080910.123', 'Mon, 25 Dec 1995 13:30:00 GMT', '/Date(1198908717056-0700)/', 'x', '', '+012013-02-08', '2013-02-30', 'Dec 25, 1995'];
  for (const text of texts) show(`parse ${text}`, [moment(text).format(), moment.utc(text).format(), moment(text, moment.ISO_8601, true).isValid(), moment(text, moment.RFC_2822).isValid()]);
  for (const [text, format] of [['12-25-1995', 'MM-DD-YYYY'], ['1995 25 Dec', 'YYYY D MMM'], ['2nd Tuesday 2020', 'Do dddd YYYY'], ['24/12/2019 09:15:00', 'DD MM YYYY hh:mm:ss'], ['2012 77', 'YYYY DDDD'], ['1410715640.579', 'X'], ['5 BC', 'y N'], ['2020-13-45', 'YYYY-MM-DD']]) show(`parse ${text}`, () => [moment(text, format).format('YYYY-MM-DD HH:mm:ss'), moment(text, format, true).isValid(), moment(text, format).parsingFlags().overflow]);
  const durations = [5000, '7.23:59:59.999', 'P1Y2M3W4DT5H6M7S', '-PT3H', {years: 2, months: -3, days: 40, ms: 5}, 'x', null, {from: '2020-01-31', to: '2021-03-01'}];
  for (const value of durations) show(`duration ${JSON.stringify(value)}`, () => { const d = moment.duration(value); return [d.humanize(), d.humanize(true), d.toISOString(), d.asDays(), d.asMonths(), d.asSeconds(), d.years(), d.months(), d.days(), d.isValid(), d.abs().toJSON(), d.clone().add(1, 'd').subtract({h: 2}).as('hours')]; });
  show('thresholds', [moment.relativeTimeThreshold('s'), moment.relativeTimeThreshold('s', 3), moment.duration(10, 's').humanize(), moment.duration(25, 'd').humanize({d: 7, w: 4})]);
  show('zone', ['2018-11-03T23:59:59', '2018-11-04T01:00:00', '2019-02-16T23:59:59', '2019-02-17T00:00:00'].map((t) => [moment(t).utcOffset(), moment(t).isDST(), moment(t).utcOffset(330).format(), moment.parseZone(`${t}+05:00`).local().format()]));
  show('static', [moment.min(inputs.slice(0, 6).map((v) => moment(v))).format(), moment.max(inputs.slice(0, 6).map((v) => moment(v))).format(), moment.isMoment({}), moment.isDate(new Date()), moment.normalizeUnits('M'), moment.months(), moment.weekdaysMin(true), moment.version, moment.localeData().ordinal(3), moment.invalid().format()]);
  for (const file of fs.readdirSync(path.join(MODULES, 'moment/locale')).filter((f) => f.endsWith('.js')).sort()) {
    const name = file.slice(0, -3);
    require(`moment/locale/${name}`);
    sweep(`locale ${name}`, inputs.slice(0, small ? 3 : 7).map((v) => [v]), (v) => {
      const m = moment(v).locale(name);
      const text = m.format('dddd, D MMMM YYYY, LLLL Do wo A');
      return [text, m.from(moment('2020-01-01')), m.calendar(moment('2020-02-27')), moment.duration(3, 'h').locale(name).humanize(true), moment(m.format('LLLL'), 'LLLL', name).isValid(), m.localeData().firstDayOfWeek(), m.localeData().longDateFormat('L')];
    });
  }
  show('locales', moment.locales().sort().join(' '));
  moment.defineLocale('mine', {parentLocale: 'en', months: 'ABCDEFGHIJKL'.split(''), relativeTime: {future: 'in %s!', past: '%s ago!', s: (n) => `${n}secs`}, calendar: {sameElse: '[x]L'}});
  show('own', moment('2020-05-01').locale('mine').format('MMMM LLL'));
});
