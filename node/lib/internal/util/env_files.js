// SPDX-License-Identifier: MIT
// --env-file: variables of files. Those of later files win, and those that the environment has already win over all.
// Tests: tests/cli/env-file.sh.
'use strict';

function loadEnvFiles(paths) {
  const process = require('process'), { readFileSync } = require('fs'), { parseEnv } = require('internal/util/parse_env');
  const values = Object.assign({ __proto__: null }, ...paths.map((path) => parseEnv(readFileSync(path, 'utf8'))));
  for (const name of Object.keys(values)) process.env[name] ??= values[name];
}

module.exports = { loadEnvFiles };
