#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs test262 and compares with what is expected. README.md describes the files of this folder.

  test262-subset/run.py [--preset NAME] [--jobs N] [--sample N] [--eager] [--update] [--record] [PATH...]

PATH: folders or files of the corpus as seen from its test/ (built-ins/Array). The corpus is WEFT_TEST262, or
shared/test262/test262.tar.xz beside the checkout; without either the project's own cases/ run. Ends with
`N passed, N failed[, N skipped]`; status 1 when anything differs from expectations.txt.
"""
import argparse
import collections
import concurrent.futures
import os
import queue
import re
import shutil
import sys
import tempfile
import time

from corpus import HERE, ROOT, Selection, Test, find_corpus, find_files, in_sample, version_of
from engines import OneProcess, Workers

SLOWNESS = {'release': 1, 'debug': 4, 'asan': 8, 'tsan': 15, 'gc-stress': 12, 'coverage': 6}
SECONDS = 20
BATCH = 16  # files


# ---- Expectations ----

def read_expectations(path):
    """Lines `PATH MODE  # why` -> {(path, mode): why}"""
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
    """Passed and failed by some name."""

    def __init__(self, title):
        self.title, self.counts = title, collections.defaultdict(lambda: [0, 0])

    def add(self, name, ok):
        self.counts[name][0 if ok else 1] += 1

    def rows(self):
        return [(name, good, bad, f'{percent(good, bad):.2f}') for name, (good, bad) in sorted(self.counts.items())]

    def show(self):
        rows = self.rows()
        width = max(len(self.title), *(len(row[0]) for row in rows)) if rows else 0
        if rows:
            print(f'{self.title:{width}}  passed  failed       %')
        for name, good, bad, share in rows:
            print(f'{name:{width}} {good:7} {bad:7} {share:>7}')
        if rows:
            print()


def percent(good, bad):
    """Rounded down: what fails shows."""
    return 10000 * good // (good + bad) / 100 if good + bad else 0


def chapter_of(path):
    parts = path.split('/')[:-1]
    return '/'.join(parts[:2] if parts[:1] != ['staging'] else parts[:1]) or '.'


def short(reason):
    line = reason.split('\n')[0]
    return line if len(line) <= 160 else line[:157] + '...'


class Report:
    def __init__(self, known, options):
        self.known, self.options = known, options
        self.chapters, self.features = Tally('chapter'), Tally('feature')
        self.file = open(options.failures, 'w', encoding='utf-8') if options.failures else None
        self.failed, self.passed, self.skipped, self.differences = {}, set(), collections.Counter(), []
        self.slowest, self.files = [], 0

    def add(self, path, features, missing, results):
        self.files += 1
        if missing:
            self.skipped[missing] += 1
        for mode, reason, cpu_us in results:
            key = (path, mode)
            self.chapters.add(chapter_of(path), reason is None)
            for feature in features:
                self.features.add(feature, reason is None)
            if reason is None:
                self.passed.add(key)
            else:
                self.failed[key] = short(reason)
                if self.file:
                    print(f'{path} {mode}: {short(reason)}', file=self.file, flush=True)
            self.slowest.append((cpu_us, path, mode))
            self.compare(key, reason)

    def compare(self, key, reason):
        if (reason is not None) != (key in self.known):
            text = short(reason) if reason is not None else 'passes, but is listed in expectations.txt'
            self.differ(f'{key[0]} {key[1]}: {text}')

    def differ(self, text):
        self.differences.append(text)
        if not self.options.update and not self.options.failures:
            print(f'FAIL {text}', flush=True)

    def finish(self, seconds):
        good, bad = len(self.passed), len(self.failed)
        if not self.options.quiet:
            print()
            self.chapters.show()
            self.features.show()
            for (path, mode), reason in sorted(self.failed.items()):
                print(f'known: {path} {mode}: {reason}' if (path, mode) in self.known else f'fails: {path} {mode}: {reason}')
        for cpu_us, path, mode in sorted(self.slowest, reverse=True)[:self.options.slowest]:
            print(f'{cpu_us / 1000:9.1f} ms {path} {mode}')
        for feature, count in sorted(self.skipped.items()):
            print(f'not selected: {feature}: {count} files')
        if good + bad:
            cpu = sum(row[0] for row in self.slowest) / 1e6
            print(f'test262: {good} of {good + bad} pass ({percent(good, bad):.2f} %), {self.files} files, {seconds:.0f} s' +
                  (f', tests {cpu:.0f} s of CPU' if cpu else ''))
        skipped = sum(self.skipped.values())
        print(f'{good + bad - len(self.differences)} passed, {len(self.differences)} failed' +
              (f', {skipped} skipped' if skipped else ''))


def record(report, root, selection):
    """docs/conformance.md: what a whole run found."""
    good, bad = len(report.passed), len(report.failed)
    staging = report.chapters.counts.get('staging', [0, 0])
    lines = ['# Conformance', '',
             f'test262, {version_of(root)}, run by `./dev test262 --record`: every selected file, strict and sloppy.', '',
             f'**{good} of {good + bad} runs pass: {percent(good, bad):.2f} %** ({report.files - sum(report.skipped.values())} files);'
             f' of `staging` {percent(*staging):.2f} %.', '',
             '| chapter | passed | failed | % |', '|---|--:|--:|--:|']
    lines += ['| ' + ' | '.join(map(str, row)) + ' |' for row in report.chapters.rows()]
    lines += ['', '## What fails', '']
    failing = collections.defaultdict(list)
    for (path, mode), reason in sorted(report.failed.items()):
        failing[path, report.known.get((path, mode)) or reason].append(mode)
    lines += [f'- `{path}` ({", ".join(modes)}): {why}' for (path, why), modes in failing.items()]
    lines += ['', '## What is not selected', '', 'Folders: ' + ', '.join(f'`{path}`' for path in selection.paths) + '.', '',
              '| feature or harness file | files |', '|---|--:|']
    lines += [f'| {name} | {count} |' for name, count in sorted(report.skipped.items())]
    with open(os.path.join(ROOT, 'docs', 'conformance.md'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')


# ---- Running ----

def run_files(root, paths, selection, engines):
    """[(path, features, what is missing or None, [(mode, reason or None, cpu_us)])]"""
    tests = [Test(root, path) for path in paths]
    requests = [(test, mode) for test in tests if not selection.missing_feature(test) for mode in test.modes()]
    engine = engines.get()
    try:
        answers = engine.run(requests)
    finally:
        engines.put(engine)
    results = collections.defaultdict(list)
    for (test, mode), (reason, cpu_us) in zip(requests, answers):
        results[test.path].append((mode, reason, cpu_us))
    return [(test.path, test.features, selection.missing_feature(test), results[test.path]) for test in tests]


def run_all(root, files, selection, options, scratch, report):
    engines = queue.SimpleQueue()
    for _ in range(options.jobs):
        engines.put(options.engine(options.program, options.seconds, options.flag, options.pacific, scratch))
    batches = [files[i:i + BATCH] for i in range(0, len(files), BATCH)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for results in pool.map(lambda paths: run_files(root, paths, selection, engines), batches):
            for result in results:
                report.add(*result)
    for _ in range(options.jobs):
        problem = engines.get().close()
        if problem:
            report.differ(problem)


def selected_files(root, options, selection):
    def wanted(path):
        return not options.paths or any(path == p or path.startswith(p + '/') for p in options.paths)
    return [path for path in find_files(root)
            if wanted(path) and selection.has_path(path) and in_sample(path, options.sample, options.offset)]


def run_suite(root, expectations, options):
    """Runs what is selected of one corpus; true when all is as expected."""
    known = read_expectations(expectations)
    selection = Selection(os.path.join(HERE, 'selection.txt'))
    files = selected_files(root, options, selection)
    report = Report(known, options)
    start = time.monotonic()
    # Memory, where there is any to write to: a strict copy is written and removed for every other test.
    shm = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    scratch = tempfile.mkdtemp(prefix='weft-test262-', dir=shm)
    try:
        run_all(root, files, selection, options, scratch, report)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    whole = not options.paths and options.sample == 1
    if options.update:
        update(expectations, known, report, whole)
    report.finish(time.monotonic() - start)
    if options.record and whole:
        record(report, root, selection)
    return not report.differences and (files or not options.paths)


def update(expectations, known, report, whole):
    for key in report.passed:
        known.pop(key, None)
    for key, reason in report.failed.items():
        known[key] = known.get(key) or reason
    if whole:
        for key in set(known) - set(report.failed):
            del known[key]
    write_expectations(expectations, known)
    report.differences = []


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--preset', default='release', help='whose worker, build/<preset>/test262-subset/worker')
    parser.add_argument('--worker', help='another worker')
    parser.add_argument('--weft', help='a process of this program for each test, instead of workers')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 2)
    parser.add_argument('--slowness', type=float, help='multiplies every time limit')
    parser.add_argument('--timeout', type=float, default=SECONDS, help='seconds per test')
    parser.add_argument('--sample', type=int, default=1, metavar='N', help='run every Nth file, chosen by a hash of its path')
    parser.add_argument('--offset', type=int, default=0, help='with --sample: which of each N')
    parser.add_argument('--eager', action='store_true', help='make all built-in objects at the start')
    parser.add_argument('--flag', action='append', default=[], help='an option for the program, as --flag=--gc-stress=50')
    parser.add_argument('--pacific', action='store_true', help='run in the time zone of Los Angeles instead of UTC')
    parser.add_argument('--cases', action='store_true', help="run the project's own cases/ even if there is a corpus")
    parser.add_argument('--expectations', metavar='FILE', help='instead of expectations.txt')
    parser.add_argument('--failures', metavar='FILE', help='write every failure to FILE instead of printing differences')
    parser.add_argument('--slowest', type=int, default=0, metavar='N', help='list the N tests that took most time')
    parser.add_argument('--quiet', action='store_true', help='no tables')
    parser.add_argument('--update', action='store_true', help='rewrite expectations.txt')
    parser.add_argument('--record', action='store_true', help='write docs/conformance.md (of a whole run)')
    parser.add_argument('--verbose', action='store_true', help='(for tests/run.py) same as without')
    parser.add_argument('paths', nargs='*')
    return parser.parse_args()


def complete(options):
    """What follows from the options; false when there is no program."""
    options.paths = [re.sub(r'^(?:\./)?test/', '', p.rstrip('/')) for p in options.paths]
    options.engine = OneProcess if options.weft else Workers
    worker = os.path.join(ROOT, 'build', options.preset, 'test262-subset', 'worker')
    options.program = os.path.abspath(options.weft or options.worker or worker)
    options.seconds = options.timeout * (options.slowness or SLOWNESS.get(options.preset, 1))
    if options.eager:
        options.flag.append('--eager-builtins')
    if os.path.exists(options.program):
        return True
    print(f'{options.program}: no such program; run `./dev build {options.preset}`', file=sys.stderr)
    print('0 passed, 1 failed')
    return False


def main():
    options = parse_arguments()
    if not complete(options):
        return 1
    root = None if options.cases else find_corpus()
    expectations = options.expectations or os.path.join(HERE, 'expectations.txt')
    if not root:
        root, options.sample = HERE, 1
        expectations = options.expectations or os.devnull  # every case passes
    return 0 if run_suite(root, expectations, options) else 1


if __name__ == '__main__':
    sys.exit(main())
