// SPDX-License-Identifier: MIT
// dayjs: all its methods, plugins and locales over a table of dates, in a time zone with summer time.
// entries: cjs esm
// env: TZ=Europe/Berlin
'use strict';
const fs = require('fs');
const path = require('path');
const {run, show, sweep} = require('./lib/harness.js');
const {MODULES} = require('./lib/inputs.js');

const INPUTS = () => ['2020-02-29T12:30:45.678', '2021-03-28T02:30:00', '2021-10-31 02:30', '20201231', '2000', '1969-07-20T20:17:40Z', '2024-12-30', 0, 1e12, new Date(2019, 5, 5), 'nonsense', null, undefined && 1, [2021, 1, 2]].filter((v) => v !== undefined);
const UNITS = ['millisecond', 'second', 'minute', 'hour', 'day', 'date', 'week', 'month', 'quarter', 'year', 'isoWeek', 'M', 'y', 'd', 'D', 'ms', 'w'];
const FORMATS = ['', 'YY YYYY M MM MMM MMMM D DD d dd ddd dddd', 'H HH h hh m mm s ss SSS A a Z ZZ', 'Q Do k kk X x w ww wo W WW gggg GGGG', '[escaped] YYYY[-]MM', 'L LL LLL LLLL LT LTS l ll lll llll', 'z zzz', 'BBBB BB'];
// utc and timezone's conversions need Intl; devHelper prints.
const PLUGINS = ['advancedFormat', 'arraySupport', 'buddhistEra', 'calendar', 'customParseFormat', 'dayOfYear', 'duration', 'isBetween', 'isLeapYear', 'isMoment', 'isSameOrAfter', 'isSameOrBefore', 'isToday', 'isTomorrow', 'isYesterday', 'isoWeek', 'isoWeeksInYear', 'localeData', 'localizedFormat', 'minMax', 'negativeYear', 'objectSupport', 'pluralGetSet', 'preParsePostFormat', 'quarterOfYear', 'relativeTime', 'toArray', 'toObject', 'updateLocale', 'utc', 'weekOfYear', 'weekYear', 'weekday'];

run('dayjs', (dayjs) => {
  for (const round of ['bare', 'plugins']) {
    if (round === 'plugins') for (const plugin of PLUGINS) dayjs.extend(require(`dayjs/plugin/${plugin}`));
    const inputs = INPUTS().filter((v) => round === 'plugins' || !Array.isArray(v));
    for (const format of FORMATS) sweep(`${round} format ${format}`, inputs.map((v) => [v]), (v) => dayjs(v).format(format || undefined));
    for (const method of ['startOf', 'endOf']) sweep(`${round} ${method}`, inputs.flatMap((v) => UNITS.map((u) => [v, u])), (v, u) => dayjs(v)[method](u).format('YYYY-MM-DDTHH:mm:ss.SSSZ'));
    for (const method of ['add', 'subtract']) sweep(`${round} ${method}`, inputs.flatMap((v) => UNITS.flatMap((u) => [[v, 1, u], [v, -13, u], [v, 2.5, u]])), (v, n, u) => dayjs(v)[method](n, u).format('YYYY-MM-DDTHH:mm:ss.SSSZ'));
    for (const method of ['get', 'set']) sweep(`${round} ${method}`, inputs.flatMap((v) => UNITS.map((u) => [v, u, 5])), (v, ...list) => String(dayjs(v)[method](...list)));
    sweep(`${round} diff`, inputs.flatMap((a) => inputs.flatMap((b) => ['day', 'month', 'year', 'hour', 'week', 'quarter'].map((u) => [a, b, u]))), (a, b, u) => [dayjs(a).diff(b, u), dayjs(a).diff(b, u, true)]);
    for (const method of ['isSame', 'isBefore', 'isAfter']) sweep(`${round} ${method}`, inputs.flatMap((a) => inputs.map((b) => [a, b])), (a, b) => ['', 'day', 'month'].map((u) => dayjs(a)[method](b, u || undefined)));
    for (const method of ['valueOf', 'unix', 'daysInMonth', 'toDate', 'toJSON', 'toISOString', 'toString', 'utcOffset', 'isValid', 'year', 'month', 'date', 'day', 'hour']) sweep(`${round} ${method}`, inputs.map((v) => [v]), (v) => dayjs(v)[method]());
  }
  const inputs = INPUTS();
  for (const method of ['dayOfYear', 'isLeapYear', 'isoWeek', 'isoWeekday', 'isoWeekYear', 'isoWeeksInYear', 'quarter', 'week', 'weekYear', 'weekday', 'toArray', 'toObject', 'utc', 'local', 'isUTC']) sweep(method, inputs.map((v) => [v]), (v) => { const r = dayjs(v)[method](); return dayjs.isDayjs(r) ? r.format() : r; });
  for (const method of ['calendar', 'from', 'to', 'isSameOrAfter', 'isSameOrBefore']) sweep(method, inputs.flatMap((a) => inputs.map((b) => [a, b])), (a, b) => dayjs(a)[method](dayjs(b)));
  sweep('isBetween', inputs.flatMap((a) => ['()', '[]', '(]'].map((i) => [a, i])), (a, i) => dayjs(a).isBetween('2000-01-01', '2020-12-31', 'day', i));
  for (const [text, format] of [['12-25-1995', 'MM-DD-YYYY'], ['1995 25 Dec', 'YYYY D MMM'], ['05/02/69 1:02:03 PM -05:00', 'MM/DD/YY H:mm:ss A Z'], ['2020-13-45', 'YYYY-MM-DD'], ['1410715640.579', 'X'], ['31st March 2021', 'Do MMMM YYYY']]) show(`parse ${text}`, [dayjs(text, format).format('YYYY-MM-DD HH:mm:ss'), dayjs(text, format, true).isValid(), dayjs.utc(text, format).toISOString && String(dayjs.utc(text, format).valueOf())]);
  const duration = dayjs.duration({years: 1, months: 14, days: 40, hours: 30, minutes: 90, seconds: 3.5});
  show('duration', [duration.humanize(), duration.toISOString(), duration.asDays(), duration.format('Y-M-D H:m:s SSS'), dayjs.duration('P1Y2M3DT4H5M6S').asSeconds(), duration.add(5, 'day').toJSON(), dayjs.duration(-9e7).humanize(true)]);
  show('min max', [dayjs.min(...inputs.slice(0, 5).map((v) => dayjs(v))).format(), dayjs.max(inputs.slice(0, 5).map((v) => dayjs(v))).format()]);
  for (const file of fs.readdirSync(path.join(MODULES, 'dayjs/locale')).filter((f) => f.endsWith('.js')).sort()) {
    const name = file.slice(0, -3);
    require(`dayjs/locale/${name}`);
    sweep(`locale ${name}`, inputs.slice(0, 7).map((v) => [v]), (v) => { const d = dayjs(v).locale(name); return [d.format('dddd D MMMM YYYY LLLL Do wo A'), d.from(dayjs('2020-01-01')), d.calendar(dayjs('2020-02-27')), d.localeData().firstDayOfWeek(), d.startOf('week').format('D')]; });
  }
  dayjs.updateLocale('en', {months: 'ABCDEFGHIJKL'.split('')});
  show('updated', dayjs('2020-05-01').format('MMMM'));
});
