// SPDX-License-Identifier: MIT
// typescript turns generated typed source into ES2017.
const ts = require('typescript');
const {source, hash} = require('./inputs.js');
const SIZE = 1;

const text = source(25, 'ts');
const compilerOptions = {target: ts.ScriptTarget.ES2017, module: ts.ModuleKind.CommonJS};

function run(n) {
  let code = '';
  for (let i = 0; i < n; i++) code = ts.transpileModule(text, {compilerOptions}).outputText;
  return hash(code);
}
