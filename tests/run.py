#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the JavaScript tests, each in its own process with a time limit. tests/README.md describes the conventions.

  tests/run.py [--weft PROGRAM] [--preset NAME] [--jobs N] [--part K/N] [--update] [--verbose] [PATH...]

PATH: files, folders, or parts of names; without any, everything. Ends with `N passed, N failed[, N skipped]`; the exit
status is 1 when a test fails, or when a known failure (tests/known_failures.txt) differs from what is written there.
"""
import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SUITES = ['js', 'regress', 'cli', 'golden', 'node', 'threads', 'gc']
EXAMPLES = 'examples'  # a folder of the root; what its programs print is in tests/examples/
SCRIPTS = ('.js', '.mjs', '.cjs')
NOT_TESTS = {'lib', 'fixtures', 'node_modules'}
DUMPS = {'.tokens': '--dump-tokens', '.ast': '--dump-ast', '.bytecode': '--dump-bytecode'}
SLOWNESS = {'release': 1, 'debug': 4, 'asan': 6, 'tsan': 15, 'gc-stress': 12, 'coverage': 6}
SECONDS = 10
SANITIZER = re.compile(r'ERROR: (?:Address|Leak)Sanitizer|WARNING: ThreadSanitizer|runtime error: .*|'
                       r'(?:CHECK|ASSERT) failed: .*')
WHOLE = os.environ.get('WEFT_TEST_WHOLE') == '1'  # also what says little new in its preset
SKIP = 77  # the exit status with which a test says, on its last line, why it cannot run here


class Result:
    def __init__(self, state, reason='', details=''):
        self.state, self.reason, self.details = state, reason, details


class Test:
    def __init__(self, path):
        self.path = path  # relative to the root
        self.example = path.split(os.sep)[0] == EXAMPLES
        self.stem = os.path.splitext(os.path.join(ROOT, 'tests' if self.example else '', path))[0]
        self.golden = path.split(os.sep)[1] == 'golden'
        self.options = {}
        with open(os.path.join(ROOT, path), 'rb') as file:
            for line in file.read(4096).decode('utf-8', 'replace').split('\n')[:12]:
                match = re.match(r'(?://|#)\s*(flags|args|timeout|skip|whole|env):\s*(.*)', line)
                if match:
                    self.options.setdefault(match.group(1), []).append(match.group(2).strip())

    def option(self, name):
        return ' '.join(self.options.get(name, []))

    def sibling(self, extension):
        path = self.stem + extension
        return path if os.path.exists(path) else None

    def skipped_in(self, preset):
        """`// skip: PRESET[,PRESET...] why`; `// whole: ...` likewise, but not when everything shall run."""
        for line in self.options.get('skip', []) + ([] if WHOLE else self.options.get('whole', [])):
            presets, _, why = line.partition(' ')
            if preset in presets.split(',') or presets == 'all':
                return why or 'skipped by its own word'
        return None


def find_tests(tests_folder):
    suites = [os.path.join(tests_folder, suite) for suite in SUITES] + [os.path.join(ROOT, EXAMPLES)]
    for suite in suites:
        for folder, folders, names in os.walk(suite):
            folders[:] = sorted(f for f in folders if f not in NOT_TESTS)
            if 'package.json' in names and suite.endswith(EXAMPLES):
                continue  # needs packages: tests/npm runs it
            for name in sorted(names):
                is_test = name.endswith(SCRIPTS) or (os.path.basename(suite) == 'cli' and name.endswith('.sh'))
                if is_test and not name.startswith('_') and name != 'run.py':
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def read_known_failures(path, preset):
    """Lines `path [preset,preset...]  # why`."""
    known = set()
    for line in open(path, encoding='utf-8') if os.path.exists(path) else []:
        words = line.split('#')[0].split()
        if words and (len(words) == 1 or preset in words[1].split(',')):
            known.add(words[0])
    return known


class Runner:
    def __init__(self, options):
        self.weft = os.path.abspath(options.weft)
        self.preset = options.preset
        self.update = options.update
        self.slowness = options.slowness or SLOWNESS.get(options.preset, 1)
        self.env = dict(os.environ, WEFT=self.weft, WEFT_PRESET=options.preset, WEFT_SOURCE_ROOT=ROOT, TZ='UTC',
                        LC_ALL='C.UTF-8', NO_COLOR='1')
        self.env.pop('NODE_PATH', None)
        self.env.pop('NODE_OPTIONS', None)
        # Locals must stay on the C stack, where the collector looks for them.
        self.env.setdefault('ASAN_OPTIONS', 'detect_stack_use_after_return=0:allocator_may_return_null=1')
        self.env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')

    def execute(self, command, test, cwd=None, stdin=None):
        """Returns (status, stdout, stderr, timed_out); status is negative for a signal."""
        env = self.env
        if test.options.get('env'):
            env = dict(env, **dict(pair.partition('=')[::2] for pair in shlex.split(test.option('env'))))
        limit = float(test.option('timeout') or SECONDS) * self.slowness
        source = open(stdin, 'rb') if stdin else subprocess.DEVNULL
        try:
            process = subprocess.Popen(command, cwd=cwd or ROOT, env=env, stdin=source, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, start_new_session=True)
            try:
                out, err = process.communicate(timeout=limit)
                timed_out = False
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                timed_out = True
        finally:
            if stdin:
                source.close()
        return process.returncode, self.text(out), self.text(err), timed_out

    def text(self, data):
        """Output as text that says the same on every machine."""
        return data.decode('utf-8', 'backslashreplace').replace(ROOT + os.sep, '<root>/').replace(ROOT, '<root>')

    def run(self, test):
        why = test.skipped_in(self.preset)
        if why:
            return Result('skip', why)
        if test.golden:
            return self.run_golden(test)
        if test.example and not test.sibling('.out'):
            return Result('fail', f'there is no {os.path.relpath(test.stem, ROOT)}.out that says what it prints')
        if test.example or test.path.endswith('.sh'):
            scratch = tempfile.mkdtemp(prefix='weft-test-')
            try:
                program = [self.weft] if test.example else ['sh']
                outcome = self.execute(program + [os.path.join(ROOT, test.path)], test, scratch, test.sibling('.in'))
                outcome = tuple(s.replace(scratch, '<tmp>') if isinstance(s, str) else s for s in outcome)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        else:
            command = [self.weft] + shlex.split(test.option('flags')) + [test.path] + shlex.split(test.option('args'))
            outcome = self.execute(command, test, stdin=test.sibling('.in'))
        return self.judge(test, *outcome)

    def judge(self, test, status, out, err, timed_out):
        details = tail('stdout', out) + tail('stderr', err)
        if timed_out:
            return Result('fail', 'time limit', details)
        if SANITIZER.search(err):
            return Result('fail', SANITIZER.search(err).group(0), details)
        if status < 0:
            return Result('fail', f'killed by {signal.Signals(-status).name}', details)
        if status == SKIP:
            return Result('skip', (out.strip() or err.strip()).split('\n')[-1])
        expected = int(open(test.sibling('.exit')).read()) if test.sibling('.exit') else 0
        if status != expected:
            return Result('fail', f'exit status {status}, expected {expected}', details)
        if test.sibling('.out'):
            difference = self.compare(test.sibling('.out'), out)
            if difference:
                return Result('fail', 'stdout differs', difference + tail('stderr', err))
        if test.sibling('.err'):
            for line in read(test.sibling('.err')).splitlines():
                if line not in err:
                    return Result('fail', f'stderr lacks `{line}`', tail('stderr', err))
        return Result('pass')

    def run_golden(self, test):
        """NAME.ast, NAME.bytecode, NAME.tokens: what the dump of that stage prints."""
        found = [(ext, flag) for ext, flag in DUMPS.items() if test.sibling(ext)]
        if not found:
            return Result('fail', 'no .tokens, .ast or .bytecode beside it')
        for extension, flag in found:
            command = [self.weft] + shlex.split(test.option('flags')) + [flag, test.path]
            status, out, err, timed_out = self.execute(command, test)
            if timed_out or status != 0 or SANITIZER.search(err):
                return Result('fail', f'{flag}: ' + ('time limit' if timed_out else f'exit status {status}'),
                              tail('stdout', out) + tail('stderr', err))
            difference = self.compare(test.sibling(extension), out)
            if difference:
                return Result('fail', f'{flag} differs', difference)
        return Result('pass')

    def compare(self, path, actual):
        expected = read(path)
        if expected == actual:
            return ''
        if self.update:
            with open(path, 'w', encoding='utf-8', newline='') as file:
                file.write(actual)
            return ''
        lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), 'expected', 'actual', lineterm='')
        return ''.join(f'    {line}\n' for line in list(lines)[:40])


def read(path):
    with open(path, encoding='utf-8', errors='backslashreplace', newline='') as file:
        return file.read()


def tail(name, text, count=15):
    lines = text.rstrip('\n').split('\n')
    if lines == ['']:
        return ''
    shown = lines if len(lines) <= 2 * count else lines[:count] + ['...'] + lines[-count:]
    return ''.join(f'    {name}: {line}\n' for line in shown)


def selected(path, patterns):
    def matches(pattern):
        relative = os.path.relpath(os.path.abspath(pattern), ROOT)
        return path == relative or path.startswith(relative + os.sep) or pattern in path
    return not patterns or any(matches(p) for p in patterns)


def part_of(things, part):
    """Those of part `K/N`: every Nth, from the Kth on."""
    k, n = map(int, part.split('/'))
    return things[k - 1::n]


def main():
    global ROOT
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weft', help='the program, by default build/<preset>/weft')
    parser.add_argument('--preset', default='release', help='which build it is: for time limits and known failures')
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--part', default='1/1', metavar='K/N', help='the Kth of N parts of the tests')
    parser.add_argument('--slowness', type=float, help='multiplies every time limit')
    parser.add_argument('--update', action='store_true', help='rewrite .out and golden files with what comes out')
    parser.add_argument('--verbose', action='store_true', help='name every test with its time')
    parser.add_argument('--root', default=ROOT, help='the folder that holds tests/')
    parser.add_argument('paths', nargs='*')
    options = parser.parse_args()
    ROOT = os.path.abspath(options.root)
    tests_folder = os.path.join(ROOT, 'tests')
    options.weft = options.weft or os.path.join(ROOT, 'build', options.preset, 'weft')
    if not os.path.exists(options.weft):
        print(f'{options.weft}: no such program; run `./dev build {options.preset}`', file=sys.stderr)
        print('0 passed, 1 failed')
        return 1

    runner = Runner(options)
    all_paths = list(find_tests(tests_folder))
    tests = part_of([Test(p) for p in all_paths if selected(p, options.paths)], options.part)
    known = read_known_failures(os.path.join(tests_folder, 'known_failures.txt'), options.preset)
    passed = failed = skipped = 0

    def timed(test):
        start = time.monotonic()
        try:
            result = runner.run(test)
        except (OSError, ValueError) as error:
            result = Result('fail', f'harness: {error}')
        return test, result, time.monotonic() - start

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for test, result, seconds in pool.map(timed, tests):
            if result.state == 'skip':
                skipped += 1
                print(f'SKIP {test.path}: {result.reason}')
            elif (result.state == 'fail') == (test.path in known):
                passed += 1
                if options.verbose:
                    note = ' (known failure)' if test.path in known else ''
                    print(f'PASS {test.path}{note} {seconds:.2f}s')
            else:
                failed += 1
                reason = result.reason if result.state == 'fail' else 'passes, but is listed in known_failures.txt'
                print(f'FAIL {test.path}: {reason}\n{result.details}', end='', flush=True)
    for path in sorted(known - set(all_paths)) if options.part.startswith('1/') else []:
        failed += 1
        print(f'FAIL {path}: is listed in known_failures.txt, but there is no such test')
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
