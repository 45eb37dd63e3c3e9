// SPDX-License-Identifier: MIT
// process.report: what a report has, its file, its settings, and when it comes by itself. Compared with Node.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

function attempt(name, f) {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
}

const { report } = process;
attempt('names', () => Object.keys(report).join());
attempt('settings', () => [report.directory, report.filename, report.compact, report.excludeNetwork, report.signal, report.reportOnFatalError,
  report.reportOnSignal, report.reportOnUncaughtException, report.excludeEnv]);
const facts = report.getReport();
attempt('parts', () => Object.keys(facts).join());
attempt('header', () => {
  const { reportVersion, event, trigger, filename, processId, threadId, cwd, wordSize, arch, platform, osName, host, cpus } = facts.header;
  return [reportVersion, event, trigger, filename, processId === process.pid, threadId, cwd === process.cwd(), wordSize, arch === process.arch,
    platform === process.platform, osName === os.type(), host === os.hostname(), cpus.length === os.cpus().length];
});
attempt('glibc', () => /^\d+\.\d+$/.test(facts.header.glibcVersionRuntime ?? '0.0'));
attempt('stack', () => [facts.javascriptStack.message, facts.javascriptStack.errorProperties]);
attempt('error', () => {
  const { javascriptStack: { message, stack, errorProperties } } = report.getReport(Object.assign(new TypeError('told'), { code: 'E', n: 5 }));
  return [message, stack[0].startsWith('at '), errorProperties];
});
attempt('heap', () => facts.javascriptHeap.usedMemory > 0 && Object.keys(facts.javascriptHeap.heapSpaces).length > 5);
attempt('usage', () => facts.resourceUsage.rss > 0 && facts.resourceUsage.maxRss > 0);
attempt('limits', () => Object.keys(facts.userLimits).join());
attempt('shared objects', () => facts.sharedObjects.some((name) => name.includes('libc.so')));
attempt('environment', () => facts.environmentVariables.PATH === process.env.PATH);
attempt('no object', () => report.getReport(5));
for (const name of ['directory', 'filename', 'compact', 'excludeNetwork', 'signal', 'reportOnSignal', 'excludeEnv']) attempt(name, () => (report[name] = 5));
attempt('no name', () => report.writeReport(5));
attempt('no error', () => report.writeReport('a', 5));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-report-'));
function child(text) {
  const { stderr, status } = spawnSync(process.execPath, ['-e', text], { cwd: folder, encoding: 'utf8' });
  return [stderr.split('\n').filter((line) => /report/.test(line) && !line.startsWith('process.')).map((line) => line.replaceAll(folder, '<folder>').replace(/report\.\d.*json/, 'NAME')), status];
}
try {
  attempt('excluded', () => {
    report.excludeEnv = report.excludeNetwork = true;
    const { header, environmentVariables } = report.getReport();
    return [header.networkInterfaces, environmentVariables];
  });
  console.log(child(`const { report } = process; report.directory = ${JSON.stringify(folder)}; console.error('report', report.writeReport('a.json'), report.writeReport('no/b.json'));`));
  const read = JSON.parse(fs.readFileSync(path.join(folder, 'a.json'), 'utf8'));
  console.log(read.header.filename, read.header.trigger);
  console.log(child('process.report.reportOnUncaughtException = true; process.report.compact = true; throw new Error("the end");'));
  const name = fs.readdirSync(folder).find((entry) => entry.startsWith('report.'));
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  console.log(text.trim().split('\n').length, JSON.parse(text).header.trigger);
} finally {
  fs.rmSync(folder, { recursive: true });
}
