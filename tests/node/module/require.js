// SPDX-License-Identifier: MIT
// require: files, folders, packages, exports, imports, cycles, JSON, errors.
'use strict';
const fixtures = './fixtures';
const load = (name) => {
  try {
    return require(name);
  } catch (e) {
    return [e.name, e.code, e.message.replaceAll(__dirname, '<dir>')];
  }
};
process.chdir(__dirname);
const inFixtures = require('module').createRequire(__dirname + '/fixtures/x.js');
const fixture = (name) => {
  try {
    return inFixtures(name);
  } catch (e) {
    return [e.name, e.code, e.message.replaceAll(__dirname, '<dir>')];
  }
};
console.log(load('./fixtures/folder'), load('./fixtures/folder/'), load('./fixtures/data'), load('./fixtures/data.json') === load('./fixtures/data'));
console.log(load('./fixtures/cycle-a'), load('./fixtures/wrapper'), load('./fixtures/noext'));
console.log(load('./nope'), load('nope'), load(''), load(5), load('node:nope'), load('./fixtures/bad/broken.json'), load('./fixtures/bad/throws'));
console.log(load('./fixtures/bad/syntax').slice(0, 3));
for (const name of ['main-dir', 'main-missing-ext', 'index-only', 'exp', 'exp/sub', 'exp/feature/sub', 'exp/feature/private/x', 'exp/dir/sub.js', 'exp/fallback', 'exp/bad', 'exp/missing', 'exp/lib/sub.js', 'exp/package.json',
  'exp-sugar', 'exp-sugar/x.js', 'broken-json', 'esm-only', '@s/p', '@s/p/deep', '@s/p/deep.js', '@s/none', 'main-dir/package.json']) {
  console.log(name, fixture(name));
}
console.log(load('./fixtures/esm.mjs'), load('./fixtures/tla.mjs'), load('./fixtures/detected'), load('./fixtures/module-exports.mjs'));
const file = require.resolve('./fixtures/folder');
console.log(file === __dirname + '/fixtures/folder/index.js', require.cache[file].loaded, require.cache[file].exports === require('./fixtures/folder'), module.children.length > 3);
delete require.cache[file];
console.log(require('./fixtures/folder') !== undefined, require.main === module, module.id, module.loaded, module.parent, module.filename === __filename, module.paths[0] === __dirname + '/node_modules');
console.log(require.resolve.paths('x')[0] === module.paths[0], require.resolve.paths('./x').length, require.resolve.paths('fs'), require.resolve('fs'), require.resolve('node:fs'));
console.log(require.resolve('main-dir', { paths: [__dirname + '/fixtures'] }).endsWith('lib/index.js'), Object.keys(require.extensions), require('node:fs') === require('fs'));
require.extensions['.txt'] = (m, name) => (m.exports = `text ${require('path').basename(name)}`);
require('fs').writeFileSync(require('os').tmpdir() + '/weft-ext.txt', '');
console.log(require(require('os').tmpdir() + '/weft-ext'));
const Module = require('module');
console.log(Module.builtinModules.includes('fs'), Module.isBuiltin('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('nope'), Module.wrap('x'), module instanceof Module, module.constructor === Module);
console.log(Module._nodeModulePaths('/a/node_modules/b'), Module.findPackageJSON('main-dir', __dirname + '/fixtures/x.js').endsWith('main-dir/package.json'));
const made = new Module('/virtual.js');
made._compile('exports.virtual = [__filename, typeof require]', '/virtual.js');
console.log(made.exports);
console.log(typeof fixtures, arguments.length, this === module.exports);
