#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs test262, one process of `weft --test262` per test and mode. README.md describes the files of this folder.

  test262-subset/run.py [--weft PROGRAM] [--preset NAME] [--jobs N] [--sample N] [--update] [PATH...]

PATH: folders or files of the corpus as seen from its test/ (built-ins/Array). The corpus is WEFT_TEST262, or
shared/test262/test262.tar.xz beside the checkout; without either the project's own cases/ run. Ends with
`N passed, N failed[, N skipped]`; status 1 when anything differs from expectations.txt.
"""
import argparse
import collections
import fcntl
import hashlib
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
ARCHIVE = os.path.join(ROOT, '..', 'shared', 'test262', 'test262.tar.xz')
SLOWNESS = {'release': 1, 'debug': 4, 'asan': 8, 'tsan': 15, 'gc-stress': 12, 'coverage': 6}
SECONDS = 20
SANITIZER = re.compile(r'ERROR: (?:Address|Leak)Sanitizer.*|WARNING: ThreadSanitizer|runtime error: .*|'
                       r'(?:CHECK|ASSERT) failed: .*')
UNCAUGHT = re.compile(r'^Uncaught (.*)', re.M)
FRONT_MATTER = re.compile(r'/\*---(.*?)---\*/', re.S)


# ---- The front matter ----

def strip_comment(line):
    return re.sub(r'(^|\s)#.*', '', line)


def parse_front_matter(source):
    """The part of YAML that test262 uses: keys with scalars, flow or block lists, blocks of text, and one level of maps."""
    match = FRONT_MATTER.search(source)
    found = {}
    if not match:
        return found
    lines = re.split(r'\r\n|[\r\n]', match.group(1))
    i = 0
    while i < len(lines):
        head = re.match(r'(\w+):\s*(.*)$', lines[i])
        i += 1
        if not head:
            continue
        body = []
        while i < len(lines) and not re.match(r'\w+:', lines[i]):
            body.append(lines[i])
            i += 1
        found[head.group(1)] = parse_value(head.group(2), body)
    return found


def parse_value(first, body):
    first = strip_comment(first).strip()
    if first[:1] in ('|', '>'):
        return '\n'.join(body)
    if first.startswith('['):
        text = ' '.join([first] + [strip_comment(line) for line in body])
        inside = text[1:text.index(']')] if ']' in text else text[1:]
        return [word.strip().strip('"\'') for word in inside.split(',') if word.strip()]
    body = [strip_comment(line).strip() for line in body]
    body = [line for line in body if line]
    if not first and body and body[0].startswith('-'):
        return [line[1:].strip() for line in body if line.startswith('-')]
    if not first and body and ':' in body[0]:
        return {key.strip(): value.strip() for key, _, value in (line.partition(':') for line in body)}
    return ' '.join([first] + body).strip()


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


class Test:
    """One file: how it is to be run."""

    def __init__(self, root, path):
        self.root, self.path = root, path
        self.file = os.path.join(tests_of(root), path)
        with open(self.file, encoding='utf-8', errors='surrogateescape', newline='') as file:
            self.source = file.read()
        front = parse_front_matter(self.source)
        self.flags = set(as_list(front.get('flags')))
        self.features = as_list(front.get('features'))
        self.includes = as_list(front.get('includes'))
        self.negative = front.get('negative') if isinstance(front.get('negative'), dict) else None

    def modes(self):
        if 'module' in self.flags:
            return ['module']
        if 'raw' in self.flags or 'noStrict' in self.flags:
            return ['sloppy']
        return ['strict'] if 'onlyStrict' in self.flags else ['sloppy', 'strict']

    def preludes(self):
        if 'raw' in self.flags:
            return []
        names = ['assert.js', 'sta.js'] + (['doneprintHandle.js'] if 'async' in self.flags else []) + self.includes
        return [os.path.join(self.root, 'harness', name) for name in names]


# ---- Which tests ----

def tests_of(root):
    """The corpus keeps its tests in test/, this folder in cases/."""
    folder = os.path.join(root, 'test')
    return folder if os.path.isdir(folder) else os.path.join(root, 'cases')


class Selection:
    def __init__(self, path):
        self.paths, self.features, self.includes = [], set(), set()
        for line in open(path, encoding='utf-8'):
            words = line.split('#')[0].split()
            if len(words) == 2 and words[0] == 'path':
                self.paths.append(words[1])
            elif len(words) == 2 and words[0] == 'feature':
                self.features.add(words[1])
            elif len(words) == 2 and words[0] == 'include':
                self.includes.add(words[1])
            elif words:
                raise ValueError(f'{path}: {line}')

    def has_path(self, path):
        return not any(path == p or path.startswith(p + '/') for p in self.paths)

    def missing_feature(self, test):
        missing = next((feature for feature in test.features if feature in self.features), None)
        return missing or next((name for name in test.includes if name in self.includes), None)


def find_files(root):
    base = tests_of(root)
    for folder, folders, names in os.walk(base):
        folders.sort()
        for name in sorted(names):
            if name.endswith('.js') and '_FIXTURE' not in name:
                yield os.path.relpath(os.path.join(folder, name), base).replace(os.sep, '/')


def find_corpus():
    """The folder that holds test/ and harness/, or None."""
    named = os.environ.get('WEFT_TEST262')
    if named:
        if os.path.isdir(os.path.join(named, 'test')):
            return os.path.abspath(named)
        raise ValueError(f'WEFT_TEST262: {named} has no folder test')
    return unpack(ARCHIVE) if os.path.exists(ARCHIVE) else None


def unpack(archive):
    """Under build/, once for each archive. Two builds may want it at the same time."""
    state = os.stat(archive)
    key = hashlib.sha256(f'{state.st_size} {int(state.st_mtime)}'.encode()).hexdigest()[:12]
    cache = os.path.join(ROOT, 'build', 'test262-corpus')
    os.makedirs(cache, exist_ok=True)
    target = os.path.join(cache, key)
    with open(os.path.join(cache, 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(target):
            partial = target + '.partial'
            shutil.rmtree(partial, ignore_errors=True)
            with tarfile.open(archive) as tar:
                tar.extractall(partial)
            os.rename(partial, target)
    for folder, folders, _ in os.walk(target):
        if 'test' in folders and 'harness' in folders:
            return folder
    raise ValueError(f'{archive} holds no test262')


# ---- Running ----

class Engine:
    def __init__(self, options, scratch):
        self.weft = os.path.abspath(options.weft)
        self.limit = options.timeout * (options.slowness or SLOWNESS.get(options.preset, 1))
        self.extra = options.flag or []
        self.scratch = scratch
        self.env = dict(os.environ, TZ='UTC', LC_ALL='C.UTF-8', NO_COLOR='1')
        if options.pacific:
            self.env['TZ'] = 'America/Los_Angeles'
        self.env.setdefault('ASAN_OPTIONS', 'detect_stack_use_after_return=0:allocator_may_return_null=1')
        self.env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')

    def run(self, test, mode):
        """None when the test passes, or why it fails."""
        command = [self.weft, '--test262'] + self.extra
        if 'CanBlockIsFalse' in test.flags:
            command.append('--no-can-block')
        for prelude in test.preludes():
            command += ['--prelude', prelude]
        if mode == 'module':
            command.append('--module')
        folder = None
        try:
            file = test.file
            if mode == 'strict':
                folder, file = self.strict_copy(test)
            return judge(test, *self.execute(command + [file]))
        finally:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)

    def strict_copy(self, test):
        """The text with its directive, under the same name; modules that it may import stand beside it as they did."""
        folder = tempfile.mkdtemp(dir=self.scratch)
        here, name = os.path.split(test.file)
        if 'import' in test.source:
            for other in os.listdir(here):
                if other != name:
                    os.symlink(os.path.join(here, other), os.path.join(folder, other))
        path = os.path.join(folder, name)
        with open(path, 'w', encoding='utf-8', errors='surrogateescape', newline='') as file:
            file.write('"use strict";\n' + test.source)
        return folder, path

    def execute(self, command):
        process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, close_fds=False, cwd=self.scratch)
        timed_out = False
        try:
            out, err = process.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            timed_out = True
        return process.returncode, out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace'), timed_out


def judge(test, status, out, err, timed_out):
    if timed_out:
        return 'time limit'
    report = SANITIZER.search(err)
    if report:
        return report.group(0)
    if status < 0:
        return f'killed by {signal.Signals(-status).name}'
    uncaught = UNCAUGHT.search(err)
    if test.negative:
        expected = test.negative.get('type', '')
        if not uncaught:
            return f'no error; {test.negative.get("phase")} {expected} expected'
        name = uncaught.group(1).partition(':')[0]
        return None if name == expected and status == 1 else f'{expected} expected, got {uncaught.group(1)}'
    if uncaught:
        return uncaught.group(1)
    if status != 0:
        last = err.strip().split('\n')[-1]
        return f'exit status {status} {last}'.strip()
    if 'async' in test.flags:
        return judge_async(out)
    return None


def judge_async(out):
    lines = out.split('\n')
    failure = next((line for line in lines if line.startswith('Test262:AsyncTestFailure:')), None)
    if failure:
        return failure
    return None if 'Test262:AsyncTestComplete' in lines else '$DONE was not called'


ENGINE = SELECTION = None  # in each worker


def start_worker(options, scratch):
    global ENGINE, SELECTION
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ENGINE = Engine(options, scratch)
    SELECTION = Selection(os.path.join(HERE, 'selection.txt'))


def run_file(where):
    """(path, features, missing feature or None, [(mode, reason or None)])"""
    test = Test(*where)
    missing = SELECTION.missing_feature(test)
    if missing:
        return test.path, test.features, missing, []
    results = []
    for mode in test.modes():
        try:
            results.append((mode, ENGINE.run(test, mode)))
        except OSError as error:
            results.append((mode, f'harness: {error}'))
    return test.path, test.features, None, results


# ---- Expectations ----

def read_expectations(path):
    """Lines `PATH MODE  # why` -> {(path, mode)}"""
    known = {}
    for line in open(path, encoding='utf-8') if os.path.exists(path) else []:
        words, _, why = line.partition('#')
        words = words.split()
        if len(words) == 2:
            known[(words[0], words[1])] = why.strip()
        elif words:
            raise ValueError(f'{path}: {line}')
    return known


def write_expectations(path, known):
    lines = [f'{test} {mode}' + (f'  # {why}' if why else '') + '\n' for (test, mode), why in sorted(known.items())]
    with open(path, 'w', encoding='utf-8') as file:
        file.write('# The tests that fail, and in which mode. Any difference fails a run; --update rewrites the part that ran.\n')
        file.writelines(lines)


# ---- Reports ----

class Tally:
    def __init__(self):
        self.counts = collections.defaultdict(lambda: [0, 0])

    def add(self, name, ok):
        self.counts[name][0 if ok else 1] += 1

    def show(self, title, only_failing=False):
        rows = [(name, good, bad) for name, (good, bad) in sorted(self.counts.items()) if bad or not only_failing]
        if not rows:
            return
        width = max(len(title), *(len(row[0]) for row in rows))
        print(f'{title:{width}}  passed  failed       %')
        for name, good, bad in rows:
            print(f'{name:{width}} {good:7} {bad:7} {100 * good / (good + bad):7.2f}')
        print()


def chapter_of(path):
    parts = path.split('/')[:-1]
    return '/'.join(parts[:2] if parts[:1] != ['staging'] else parts[:1]) or '.'


def short(reason):
    line = reason.split('\n')[0]
    return line if len(line) <= 160 else line[:157] + '...'


class Report:
    def __init__(self, known, options):
        self.known, self.options = known, options
        self.chapters, self.features, self.total = Tally(), Tally(), Tally()
        self.file = open(options.failures, 'w', encoding='utf-8') if options.failures else None
        self.failed, self.passed, self.skipped, self.differences = {}, set(), collections.Counter(), []

    def add(self, path, features, missing, results):
        if missing:
            self.skipped[missing] += 1
        for mode, reason in results:
            key = (path, mode)
            self.chapters.add(chapter_of(path), reason is None)
            self.total.add('all', reason is None)
            for feature in features:
                self.features.add(feature, reason is None)
            if reason is None:
                self.passed.add(key)
            else:
                self.failed[key] = short(reason)
                if self.file:
                    print(f'{path} {mode}: {short(reason)}', file=self.file, flush=True)
            self.compare(key, reason)

    def compare(self, key, reason):
        if (reason is not None) == (key in self.known):
            return
        self.differences.append(key)
        if not self.options.update and not self.options.failures:
            text = short(reason) if reason is not None else 'passes, but is listed in expectations.txt'
            print(f'FAIL {key[0]} {key[1]}: {text}', flush=True)

    def finish(self, seconds, selected):
        if not self.options.quiet:
            print()
            self.chapters.show('chapter')
            self.features.show('features with failures', only_failing=True)
        for feature, count in sorted(self.skipped.items()):
            print(f'not selected: {feature}: {count} files')
        good, bad = self.total.counts['all']
        if good + bad:
            print(f'test262: {good} of {good + bad} pass ({100 * good / (good + bad):.2f} %), {selected} files, {seconds:.0f} s')
        ran = len(self.passed) + len(self.failed)
        skipped = sum(self.skipped.values())
        print(f'{ran - len(self.differences)} passed, {len(self.differences)} failed' +
              (f', {skipped} skipped' if skipped else ''))


def selected_files(root, options, selection):
    def wanted(path):
        return not options.paths or any(path == p or path.startswith(p + '/') for p in options.paths)
    options.paths = [re.sub(r'^(?:\./)?test/', '', p.rstrip('/')) for p in options.paths]
    files = [path for path in find_files(root) if wanted(path) and selection.has_path(path)]
    return files[options.offset % options.sample::options.sample]


def run_suite(root, expectations, options):
    """Runs what is selected of one corpus; true when all is as expected."""
    known = read_expectations(expectations)
    files = selected_files(root, options, Selection(os.path.join(HERE, 'selection.txt')))
    report = Report(known, options)
    start = time.monotonic()
    # Memory, where there is any to write to: a strict copy is written and removed for every other test.
    shm = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    scratch = tempfile.mkdtemp(prefix='weft-test262-', dir=shm)
    try:
        with multiprocessing.Pool(options.jobs, start_worker, (options, scratch)) as pool:
            for result in pool.imap(run_file, [(root, path) for path in files], chunksize=8):
                report.add(*result)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if options.update:
        for key in report.passed:
            known.pop(key, None)
        known.update({key: known.get(key) or why for key, why in report.failed.items()})
        if not options.paths and options.sample == 1:
            known = {key: why for key, why in known.items() if key in report.failed}
        write_expectations(expectations, known)
        report.differences = []
    report.finish(time.monotonic() - start, len(files))
    return not report.differences and (files or not options.paths)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weft', help='the program, by default build/<preset>/weft')
    parser.add_argument('--preset', default='release', help='which build it is: for time limits')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 2)
    parser.add_argument('--slowness', type=float, help='multiplies every time limit')
    parser.add_argument('--timeout', type=float, default=SECONDS, help='seconds per test')
    parser.add_argument('--sample', type=int, default=1, metavar='N', help='run every Nth file')
    parser.add_argument('--offset', type=int, default=0, help='with --sample: which of each N')
    parser.add_argument('--flag', action='append', help='an option for weft, as --flag=--gc-stress=50')
    parser.add_argument('--pacific', action='store_true', help='run in the time zone of Los Angeles instead of UTC')
    parser.add_argument('--cases', action='store_true', help="run the project's own cases/ even if there is a corpus")
    parser.add_argument('--failures', metavar='FILE', help='write every failure to FILE instead of printing differences')
    parser.add_argument('--quiet', action='store_true', help='no tables')
    parser.add_argument('--update', action='store_true', help='rewrite expectations.txt')
    parser.add_argument('--verbose', action='store_true', help='(for tests/run.py) same as without')
    parser.add_argument('paths', nargs='*')
    return parser.parse_args()


def main():
    options = parse_arguments()
    options.weft = options.weft or os.path.join(ROOT, 'build', options.preset, 'weft')
    if not os.path.exists(options.weft):
        print(f'{options.weft}: no such program; run `./dev build {options.preset}`', file=sys.stderr)
        print('0 passed, 1 failed')
        return 1
    corpus = None if options.cases else find_corpus()
    if corpus:
        return 0 if run_suite(corpus, os.path.join(HERE, 'expectations.txt'), options) else 1
    options.sample = 1
    return 0 if run_suite(HERE, os.path.join(HERE, 'cases_expectations.txt'), options) else 1


if __name__ == '__main__':
    sys.exit(main())
