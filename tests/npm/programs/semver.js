// SPDX-License-Identifier: MIT
// semver: every function on all pairs of versions and ranges.
// entries: cjs esm
'use strict';
const {run, show, sweep} = require('./lib/harness.js');

const VERSIONS = ['1.2.3', '0.0.0', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-rc.1+build.5', '1.0.0+a.b-c', 'v2.3.4', '=3.0.0', ' 4.5.6 ', '10.20.30', '1.2.3-4', '1.2.3-0a', '1.2', '1', 'x', '', '01.2.3', '1.2.3-01', '1.2.3.4',
  '99999999999999999999.0.0', '9007199254740991.0.0', '1.2.3-a.b.c.10.d.5', '2.0.0-x.7.z.92', null, undefined, 5, {}, `1.0.0-${'a'.repeat(300)}`, '1.0.0-beta', '0.1.20', '0.0.1-z', '>1.2.3', '1.2.3 foo', 'foo 1.2.3'];
const RANGES = ['^1.2.3', '~1.2', '1.x', '*', '', '>=1.0.0 <2.0.0', '1.0.0 - 2.3', '^0.0.1', '^0.1', '~0', '1.2.3 || 2.x || >=10', '<1.0.0-beta', '^1.0.0-alpha', '>1 <=3.x', '=1.2.3', '~>1.2.3', '^x', '>x', '<*', '>=1.0.0-rc.1', 'blerg', '1.2.3 - 2', '>01.2', '||', '^ 1', '>= 1.0', '~ 1.0.3', '1 || || 2', '^1.2.3-beta.4', '<0.0.0', '>=0.0.0-0'];

run('semver', (semver) => {
  const one = VERSIONS.flatMap((v) => [[v], [v, true], [v, {includePrerelease: true, rtl: true}]]);
  for (const name of ['parse', 'valid', 'clean', 'major', 'minor', 'patch', 'prerelease', 'coerce']) sweep(name, one, (...list) => semver[name](...list));
  const pairs = VERSIONS.flatMap((a) => VERSIONS.map((b) => [a, b]));
  for (const name of ['diff', 'compare', 'rcompare', 'compareLoose', 'compareBuild', 'gt', 'lt', 'eq', 'neq', 'gte', 'lte', 'compareIdentifiers', 'rcompareIdentifiers']) sweep(name, pairs, (...list) => semver[name](...list));
  const mixed = VERSIONS.flatMap((v) => RANGES.flatMap((r) => [[v, r], [v, r, {includePrerelease: true}], [v, r, {loose: true}]]));
  for (const name of ['satisfies', 'gtr', 'ltr']) sweep(name, mixed, (...list) => semver[name](...list));
  sweep('outside', mixed.slice(0, 600), (v, r, o) => [semver.outside(v, r, '>', o), semver.outside(v, r, '<', o)]);
  const ranges = RANGES.flatMap((r) => [[r], [r, {includePrerelease: true}], [r, {loose: true}]]);
  for (const name of ['validRange', 'toComparators', 'minVersion']) sweep(name, ranges, (...list) => semver[name](...list));
  const both = RANGES.flatMap((a) => RANGES.flatMap((b) => [[a, b], [a, b, {includePrerelease: true}]]));
  for (const name of ['intersects', 'subset']) sweep(name, both, (...list) => semver[name](...list));
  const good = VERSIONS.filter((v) => semver.valid(v));
  for (const name of ['maxSatisfying', 'minSatisfying', 'simplifyRange']) sweep(name, RANGES, (r) => (name === 'simplifyRange' ? semver[name](good, r) : semver[name](good, r)));
  sweep('inc', good.flatMap((v) => ['major', 'minor', 'patch', 'premajor', 'preminor', 'prepatch', 'prerelease', 'release', 'nope'].flatMap((r) => [[v, r], [v, r, 'beta'], [v, r, 'beta', '1'], [v, r, 'beta', false], [v, r, {loose: true}, 'x']])), (...list) => semver.inc(...list));
  sweep('cmp', good.flatMap((a) => ['===', '!==', '', '=', '==', '!=', '>', '>=', '<', '<=', 'nope'].map((op) => [a, op, '1.2.3'])), (...list) => semver.cmp(...list));
  sweep('truncate', good.flatMap((v) => ['major', 'minor', 'patch', 'prerelease'].map((r) => [v, r])), (...list) => semver.truncate(...list));
  sweep('coerce', ['v1', '1.2.3.4', 'foo1.2bar3', '1a2b3c', '1.2.3.4.5.6.7', 'version 10', '42.6.7.9.3-alpha', '\u0661.2', '9'.repeat(20), '1.2.3-beta+build'].flatMap((v) => [[v], [v, {rtl: true}], [v, {includePrerelease: true}]]), (...list) => String(semver.coerce(...list)));
  show('sort', [semver.sort([...good]), semver.rsort([...good])]);
  show('class', () => new semver.SemVer('1.2.3-a.1+b'));
  show('range class', () => String(new semver.Range('^1.2 || ~2.3.4-x')));
  show('comparator', () => new semver.Comparator('>=1.2.3').intersects(new semver.Comparator('<2')));
  show('expressions', semver.re.map(String));
  show('sources', Object.entries(semver.tokens));
});
