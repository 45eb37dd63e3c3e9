// SPDX-License-Identifier: MIT
// glob, mkdirp and fs-extra: a tree is made, moved, copied, searched and removed; links, filters, streams, JSON files, errors.
// entries: cjs
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const path = require('path');

run(['glob', 'mkdirp', 'fs-extra'], async ({glob, globSync, globStream, globIterate, globStreamSync, Glob, hasMagic, escape, unescape}, {mkdirp}, fse) => {
  const sorted = async (list) => [...await list].map(String).sort();
  show('mkdirp', [path.relative('', await mkdirp('tree/a/b/c')), await mkdirp('tree/a/b'), mkdirp.sync('tree/x/y', {mode: 0o755}) === path.resolve('tree/x'), fs.statSync('tree/x').mode.toString(8), mkdirp.manualSync('tree/m/n') !== undefined, await mkdirp.native('tree/m/o') !== undefined]);
  fs.writeFileSync('file', '');
  const failing = (p) => p.then(() => 'made', (error) => [error.code, error.syscall, path.relative('', error.path ?? '')]);
  show('mkdirp fails', [await failing(mkdirp('file/under')), await failing(mkdirp('/dev/null/here')), await failing(mkdirp.manual('file'))]);
  for (const name of ['a/one.js', 'a/two.ts', 'a/.hidden.js', 'a/b/three.js', 'a/b/c/four.JS', 'x/y/ünï.js', 'x/[br].js', 'x/sp ace.js', 'top.md', 'node_modules/p/index.js']) {
    mkdirp.sync(path.dirname(`tree/${name}`));
    fs.writeFileSync(`tree/${name}`, name);
  }
  fs.symlinkSync('../a', 'tree/x/link');
  fs.symlinkSync('nowhere', 'tree/broken');
  const patterns = ['**/*.js', '*', '**', 'a/**/*.{js,ts}', '*/*.js', '**/b/**', '!(a|x)', '@(a|x)/*', 'a/?(one|two).*', '+(a)/*', '[ax]/*', 'a/[!o]*', '**/.hidden.js', 'a/./one.js', 'a/../top.md', 'x/\\[br\\].js', '{a,x}/{one,y}*', '**/link/**', 'nothing/**', '', '/', './**/*.md', 'a/{1..3}', '**/*.JS', 'x/*[[:space:]]*', 'x/y/*ï*', 'broken', '**/'];
  for (const pattern of patterns) show(pattern || 'empty', await sorted(glob(pattern, {cwd: 'tree'})).catch((error) => error.message));
  const options = {dot: {dot: true}, nocase: {nocase: true}, nodir: {nodir: true}, mark: {mark: true}, follow: {follow: true}, ignore: {ignore: ['**/b/**', 'x/**']}, depth: {maxDepth: 2}, absolute: {absolute: true}, posix: {posix: true}, dotRelative: {dotRelative: true}, children: {ignore: {ignored: (p) => p.name === 'one.js', childrenIgnored: (p) => p.name === 'node_modules'}}, noglobstar: {noglobstar: true}, noext: {noext: true}, matchBase: {matchBase: true}, withFileTypes: {withFileTypes: true, stat: true}, realpath: {realpath: true}};
  for (const [name, value] of Object.entries(options)) {
    const found = await glob(name === 'matchBase' ? '*.js' : '**/*.js', {cwd: 'tree', ...value});
    show(name, found.map((p) => (typeof p === 'string' ? p.replace(process.cwd(), '') : `${p.relative()} ${p.isFile()} ${p.size} ${p.depth()}`)).sort());
  }
  show('sync', await sorted(globSync(['**/*.md', 'a/*'], {cwd: 'tree'})));
  const streamed = [];
  for await (const name of globStream('**/*.js', {cwd: 'tree'})) streamed.push(name);
  show('stream', streamed.sort());
  const iterated = [];
  for await (const name of globIterate('a/*', {cwd: 'tree'})) iterated.push(name);
  show('iterate', [iterated.sort(), globStreamSync('a/*', {cwd: 'tree'}).read() !== null]);
  const reused = new Glob('**/*.ts', {cwd: 'tree'});
  show('object', [reused.walkSync(), new Glob('x/y/*', reused).walkSync(), reused.patterns.map(String).length]);
  show('magic', [hasMagic('a'), hasMagic('a*'), hasMagic(['a', '{b,c}'], {magicalBraces: true}), escape('a*[b]?'), unescape('a[*]')]);
  const aborting = new AbortController();
  aborting.abort(new Error('stopped'));
  await show('aborted', glob('**', {cwd: 'tree', signal: aborting.signal}));
  show('bad pattern', () => globSync(5));

  const outcome = async (label, promise) => {
    try {
      show(label, (await promise) ?? 'done');
    } catch (error) {
      show(label, [error.name, error.code, error.message.replaceAll(process.cwd(), '')]);
    }
  };
  const tree = (folder) => globSync('**', {cwd: folder, dot: true, mark: true}).sort().join(' ');
  await outcome('copy', fse.copy('tree', 'copy', {filter: (from) => !from.includes('node_modules')}));
  show('copied', tree('copy'));
  await outcome('copy again', fse.copy('tree/top.md', 'copy/top.md', {overwrite: false, errorOnExist: true}));
  await outcome('copy into itself', fse.copy('tree', 'tree/a/inside'));
  await outcome('copy over', fse.copy('tree/top.md', 'copy/a'));
  await outcome('copy missing', fse.copy('tree/none', 'copy/none'));
  await outcome('copy dereferenced', fse.copy('tree/x/link', 'copy/real', {dereference: true}));
  show('links', [fs.lstatSync('copy/x/link').isSymbolicLink(), fs.lstatSync('copy/real').isDirectory()]);
  fs.utimesSync('tree/top.md', 1000, 2000);
  fse.copySync('tree/top.md', 'copy/stamped', {preserveTimestamps: true});
  show('stamped', fs.statSync('copy/stamped').mtimeMs);
  await outcome('move', fse.move('copy/a', 'moved/deep/a'));
  await outcome('move over', fse.move('copy/x', 'moved/deep/a'));
  await outcome('move overwriting', fse.move('copy/x', 'moved/deep/a', {overwrite: true}));
  show('moved', [tree('moved'), tree('copy')]);
  await outcome('move into itself', fse.move('moved', 'moved/deep/more'));
  await outcome('outputFile', fse.outputFile('out/deep/er/file.txt', 'content'));
  await outcome('outputJson', fse.outputJson('out/data/x.json', {a: [1, {b: null}]}, {spaces: 2}));
  await outcome('readJson', fse.readJson('out/data/x.json'));
  await outcome('text', fse.readFile('out/data/x.json', 'utf8'));
  fse.writeFileSync('out/bad.json', '{a');
  await outcome('bad json', fse.readJson('out/bad.json', {throws: false}));
  show('bad json message', () => { try { fse.readJsonSync('out/bad.json'); return 'read'; } catch (e) { return e.name; } });
  fse.writeJsonSync('out/y.json', [1, 'x'], {EOL: '\r\n', replacer: (k, v) => (v === 1 ? 2 : v)});
  show('written', fs.readFileSync('out/y.json', 'utf8'));
  await outcome('ensureDir', fse.ensureDir('ens/a/b').then((made) => path.relative('', made)));
  await outcome('ensureFile', fse.ensureFile('ens/f/g.txt'));
  await outcome('ensureFile over a folder', fse.ensureFile('ens/a'));
  await outcome('ensureLink', fse.ensureLink('ens/f/g.txt', 'ens/l/g2.txt'));
  await outcome('ensureSymlink', fse.ensureSymlink('ens/f', 'ens/s/f'));
  await outcome('ensureSymlink missing', fse.ensureSymlink('ens/none', 'ens/s/n'));
  show('ensured', [tree('ens'), fs.readlinkSync('ens/s/f'), fs.statSync('ens/f/g.txt').nlink]);
  await outcome('pathExists', Promise.all(['ens/a', 'ens/none', 'tree/broken'].map((p) => fse.pathExists(p))));
  await outcome('emptyDir', fse.emptyDir('ens'));
  await outcome('emptyDir new', fse.emptyDir('brand/new'));
  show('empty', [fs.readdirSync('ens'), fs.readdirSync('brand')]);
  await outcome('callback', new Promise((resolve) => fse.copy('tree/none', 'z', (error) => resolve(error.code))));
  await outcome('remove', fse.remove('moved'));
  await outcome('remove missing', fse.remove('moved'));
  fse.removeSync('copy');
  show('left', fs.readdirSync('.').sort());
  await outcome('graceful', fse.readFile('tree/none').catch((e) => Promise.reject(e)));
  show('descriptors', (() => { const fd = fse.openSync('file', 'r'); fse.closeSync(fd); return typeof fd; })());
});
