#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of test262-subset/run.py itself, on a made-up corpus: tests/test262/test_runner.py WORKER [SECONDS].
SECONDS: the time limit of a test, long enough for this build. Ends with a count line."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RUNNER = os.path.join(ROOT, 'test262-subset', 'run.py')
HARNESS = os.path.join(ROOT, 'test262-subset', 'harness')

# Dies at a test whose name says so, before and behind which it answers like any worker.
MORTAL_WORKER = '''#!{python}
import os, signal, subprocess, sys
worker = subprocess.Popen([{worker!r}] + sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for line in sys.stdin.buffer:
    if b'/crash' in line:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b'/report' in line:
        sys.stderr.write('==1==ERROR: AddressSanitizer: made up\\n')
        sys.exit(1)
    worker.stdin.write(line)
    worker.stdin.flush()
    head = worker.stdout.readline()
    if not head:
        sys.exit(worker.wait())
    sizes = [int(n) for n in head.split()[4:]]
    sys.stdout.buffer.write(head + worker.stdout.read(sum(sizes)))
    sys.stdout.buffer.flush()
worker.stdin.close()
sys.exit(worker.wait())
'''

# path: (front matter, text, {mode: how the reason of the failure begins})
TESTS = {
    'a/both.js': ('', 'if (!(function () { return this })() !== STRICT_HERE) ;', {'sloppy': 'ReferenceError', 'strict': 'ReferenceError'}),
    'a/modes.js': ('', 'if ((function () { return this })() === undefined) throw new Test262Error("s")', {'strict': 'Test262Error: s'}),
    'a/only.js': ('flags: [onlyStrict]', 'if ((function () { return this })() !== undefined) throw 1', {}),
    'a/no.js': ('flags:\n  - noStrict # why\n', 'if ((function () { return this })() === undefined) throw 1', {}),
    'a/raw.js': ('flags: [raw]', 'if (typeof assert !== "undefined" || !(function () { return this })()) throw 1', {}),
    'a/module.js': ('flags: [module]', 'import { x } from "./x_FIXTURE.js"; if (x !== 1) throw 1; export {}', {}),
    'a/x_FIXTURE.js': ('', 'export const x = 1; throw 2', None),
    'a/flow.js': ('includes: [one.js,\n  two.js]', 'assert.sameValue(one + two, 3)', {}),
    'a/block.js': ('includes:\n  - one.js\n  - two.js', 'assert.sameValue(one + two, 3)', {}),
    'a/primitive.js': ('flags: [noStrict]', 'throw 5', {'sloppy': '5'}),
    'a/not_called.js': ('flags: [async, noStrict]', '', {'sloppy': '$DONE was not called'}),
    'a/done.js': ('flags: [async]', 'Promise.resolve().then(() => $DONE())', {}),
    'a/done_badly.js': ('flags: [async, noStrict]', 'setTimeout(() => $DONE(new RangeError("x")), 1)',
                        {'sloppy': 'Test262:AsyncTestFailure:RangeError'}),
    'a/rejection.js': ('', 'Promise.reject(1)', {}),
    'n/parse.js': ('negative:\n  phase: parse\n  type: SyntaxError', '$DONOTEVALUATE(); let x = ;', {}),
    'n/parse_late.js': ('flags: [noStrict]\nnegative:\n  phase: parse\n  type: SyntaxError', 'throw new SyntaxError',
                        {'sloppy': 'SyntaxError in phase parse expected, got it in phase runtime'}),
    'n/parse_module.js': ('flags: [module]\nnegative:\n  phase: parse\n  type: SyntaxError', 'import "./gone.js"; let x = ;', {}),
    'n/resolution.js': ('flags: [module]\nnegative:\n  phase: resolution\n  type: SyntaxError', 'import { y } from "../a/x_FIXTURE.js"', {}),
    'n/runtime.js': ('negative:\n  phase: runtime\n  type: Test262Error', 'throw new Test262Error', {}),
    'n/early.js': ('flags: [noStrict]\nnegative:\n  phase: runtime\n  type: SyntaxError', 'let x = ;',
                   {'sloppy': 'SyntaxError in phase runtime expected, got it in phase parse'}),
    'n/other.js': ('flags: [noStrict]\nnegative:\n  phase: runtime\n  type: TypeError', 'throw new RangeError("r")',
                   {'sloppy': 'TypeError expected, got RangeError: r'}),
    'n/none.js': ('flags: [noStrict]\nnegative:\n  phase: runtime\n  type: TypeError', '1',
                  {'sloppy': 'no error; runtime TypeError expected'}),
    'agents/cannot.js': ('flags: [CanBlockIsFalse]',
                         'assert.throws(TypeError, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1))', {}),
    'agents/can.js': ('flags: [CanBlockIsTrue]',
                      'assert.sameValue(Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1), "timed-out")', {}),
    'out/feature.js': ('features: [Symbol, decorators]', 'throw 1', None),
    'slow/loop.js': ('flags: [noStrict]', 'for (;;);', {'sloppy': 'time limit'}),
    'slow/stuck.js': ('flags: [noStrict]', '$262.agent.start("for (;;);"); $262.agent.broadcast(new SharedArrayBuffer(4), 1)',
                      {'sloppy': 'time limit, and cannot be interrupted'}),
    'z/crash.js': ('flags: [noStrict]', '', {'sloppy': 'killed by SIGSEGV'}),
    'z/report.js': ('flags: [noStrict]', '', {'sloppy': 'ERROR: AddressSanitizer: made up'}),
    'z/last.js': ('', '', {}),
}
SKIPPED = {'out/feature.js'}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def make_corpus(root, worker):
    for path, (front, text, _) in TESTS.items():
        write(os.path.join(root, 'test', path), f'/*---\ndescription: >\n  x: y\n{front}\n---*/\n{text}\n')
    write(os.path.join(root, 'test', 'a/x_FIXTURE.js'), 'export const x = 1;')
    shutil.copytree(HARNESS, os.path.join(root, 'harness'))
    write(os.path.join(root, 'harness', 'one.js'), 'let one = 1;')
    write(os.path.join(root, 'harness', 'two.js'), 'var two = one + 1;')
    mortal = os.path.join(root, 'mortal')
    write(mortal, MORTAL_WORKER.format(python=sys.executable, worker=os.path.abspath(worker)))
    os.chmod(mortal, 0o755)
    return mortal


def expected_failures():
    return {(path, mode): why for path, (_, _, failing) in TESTS.items() for mode, why in (failing or {}).items()}


def run(root, *arguments):
    env = dict(os.environ, WEFT_TEST262=root)
    seconds = sys.argv[2] if len(sys.argv) > 2 else '2'
    outcome = subprocess.run([sys.executable, RUNNER, '--timeout', seconds, '--slowness', '1', '--jobs', '2', *arguments], env=env,
                             stdout=subprocess.PIPE, text=True)
    return outcome.returncode, outcome.stdout


def check_failures(path, good):
    found = dict(line.rstrip('\n').split(': ', 1) for line in open(path, encoding='utf-8'))
    for key, why in expected_failures().items():
        reason = found.pop(' '.join(key), 'passes')
        good(reason.startswith(why), f'{key[0]} {key[1]}: {reason}, expected {why}')
    good(not found, f'these fail: {found}')


def main():
    worker = sys.argv[1]
    counts = [0, 0]

    def good(ok, what):
        counts[0 if ok else 1] += 1
        if not ok:
            print(f'FAIL {what}')

    root = tempfile.mkdtemp(prefix='weft-runner-')
    try:
        mortal = make_corpus(root, worker)
        failures, expectations = os.path.join(root, 'failures'), os.path.join(root, 'expectations')
        common = ['--worker', mortal, '--expectations', expectations]
        status, _ = run(root, *common, '--failures', failures)
        good(status == 1, 'unexpected failures give status 1')
        check_failures(failures, good)
        status, out = run(root, *common, '--update')
        good(status == 0, f'--update gives status {status}\n{out}')
        status, out = run(root, *common)
        good(status == 0 and f' passed, 0 failed, {len(SKIPPED)} skipped' in out, f'what is expected is no failure:\n{out}')
        with open(expectations, 'a', encoding='utf-8') as file:
            file.write('a/done.js strict  # it does not\n')
        status, out = run(root, *common, 'a', 'n')
        good(status == 1 and 'FAIL a/done.js strict: passes, but is listed' in out, f'what passes unexpectedly is told:\n{out}')
        status, out = run(root, *common, 'n')
        good(status == 0, f'and not where it did not run:\n{out}')
        parts = [run(root, *common, '--sample', '2', '--offset', str(offset), 'a', '--failures', failures)[1] for offset in (0, 1)]
        files = [int(out.split(' files')[0].split()[-1]) for out in parts]
        good(0 < files[0] < sum(files) == sum(path.startswith('a/') and 'FIXTURE' not in path for path in TESTS),
             f'samples are parts: {files}')
    finally:
        shutil.rmtree(root)
    print(f'{counts[0]} passed, {counts[1]} failed')
    return 1 if counts[1] else 0


if __name__ == '__main__':
    sys.exit(main())
