// SPDX-License-Identifier: MIT
// dotenv: parsing, files in a row, overriding, encryption, --require and its own command line in the environment.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const crypto = require('crypto');
const {spawnSync} = require('child_process');

const TEXT = `A=1\nB = spaced  \nC="double \\n newline"\nD='single \\n raw'\nE=\`back "tick" 'x'\`\n# comment\nF=val # trailing\nG="has # hash" # not\nexport H=exported\nI=\nJ=""\nK="multi\nline\nvalue"
L: yaml\nM=a=b=c\nN='it''s'\nO="un closed\nP=$A\nQ=\\$A\nR={"json": [1, 2]}\nS=ünïcödé \u{1F600}\n T=indented\nU.V=dots\nW-X=dash\n1Y=digit\nZ=dup\nZ=second\r\nAA=crlf\r\nBAD LINE\n=nokey\n`;

run('dotenv', (dotenv) => {
  show('parse', dotenv.parse(TEXT));
  show('buffer', dotenv.parse(Buffer.from('x=é')));
  show('empty', [dotenv.parse(''), dotenv.parse('\n\n#\n'), dotenv.parse('\ufeffA=bom')]);
  fs.writeFileSync('.env', TEXT);
  fs.writeFileSync('.env.local', 'A=local\nONLY=here\n');
  fs.writeFileSync('latin', Buffer.from('L=gr\xfcn', 'latin1'));
  const from = (options) => {
    const {parsed, error} = dotenv.config({quiet: true, ...options});
    return [error ? `${error.code} ${error.message.replace(process.cwd(), '')}` : null, parsed && Object.keys(parsed).length, parsed?.A, parsed?.ONLY, parsed?.L];
  };
  const into = (start) => ({...start});
  show('config', [from({processEnv: into({})}), from({path: '.env.local', processEnv: into({})}), from({path: ['.env.local', '.env'], processEnv: into({})}), from({path: ['.env.local', '.env'], override: true, processEnv: into({})}), from({path: 'none', processEnv: into({})}), from({path: ['none', '.env.local'], processEnv: into({})}), from({path: 'latin', encoding: 'latin1', processEnv: into({})})]);
  const target = {A: 'kept'};
  dotenv.populate(target, {A: 'x', B: 'y'});
  show('populate', target);
  dotenv.populate(target, {A: 'x'}, {override: true});
  show('override', target);
  show('bad', () => dotenv.populate({}, 'text'));
  delete process.env.ONLY;
  dotenv.config({path: '.env.local', quiet: true});
  show('process.env', [process.env.ONLY, 'A' in process.env]);
  const key = crypto.createHash('sha256').update('key').digest('hex'), nonce = Buffer.alloc(12, 7);
  const cipher = crypto.createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), nonce);
  const sealed = Buffer.concat([nonce, cipher.update('SECRET=hidden\n'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  show('decrypt', () => dotenv.decrypt(sealed, key));
  for (const wrong of ['00'.repeat(32), 'short']) show(`decrypt ${wrong.length}`, () => { try { return dotenv.decrypt(sealed, wrong); } catch (e) { return `${e.code} ${e.message}`; } });
  const child = (args, env = {}) => {
    const {status, stdout, stderr} = spawnSync(process.execPath, args, {encoding: 'utf8', env: {...process.env, DOTENV_CONFIG_QUIET: 'true', ...env}});
    return [status, stdout, stderr];
  };
  const config = require.resolve('dotenv/config'), print = 'console.log(process.env.A, process.env.ONLY, process.env.K)';
  const clean = {A: undefined, ONLY: undefined};
  show('require', child(['-r', config, '-e', print], clean));
  show('argument', child(['-r', config, '-e', print, 'dotenv_config_path=.env.local'], clean));
  show('environment', child(['-r', config, '-e', print], {...clean, DOTENV_CONFIG_PATH: '.env.local'}));
  show('env-file', child(['--env-file=.env.local', '-e', print], clean));
  show('env-file whole', child(['--env-file=.env', '-e', 'console.log(JSON.stringify(process.env, Object.keys(process.env).filter((k) => k.length < 3).sort()))'], clean));
});
