#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The part of test262 that belongs to `./dev test`: our own cases, and every Nth file of the corpus where there is one.

Takes the options of tests/run.py and ends with the same line. `./dev test262` runs everything. The cases run in both ways, in
one process for all and in one of weft for each, and with the built-ins made late and at the start.
"""
import argparse
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WHOLE = os.environ.get('WEFT_TEST_WHOLE') == '1'
RUNNER = os.path.join(ROOT, 'test262-subset', 'run.py')
SAMPLE = {'release': 10, 'debug': 40}  # of some 43,000 files
SLOW_SAMPLE = 200


def run(command):
    """(passed, failed, skipped) as the last line of what it prints says; the rest is printed."""
    outcome = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    lines = outcome.stdout.rstrip('\n').split('\n')
    count = re.fullmatch(r'(\d+) passed, (\d+) failed(?:, (\d+) skipped)?', lines[-1])
    print('\n'.join(lines[:-1] if count else lines))
    return [int(n or 0) for n in count.groups()] if count else [0, 1, 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--weft', default=os.path.join(ROOT, 'build', 'release', 'weft'))
    parser.add_argument('--preset', default='release')
    options, rest = parser.parse_known_args()
    worker = os.path.join(os.path.dirname(os.path.abspath(options.weft)), 'test262-subset', 'worker')
    common = [RUNNER, '--quiet', '--preset', options.preset, *rest]
    step = SAMPLE.get(options.preset, SLOW_SAMPLE)
    release = options.preset == 'release'
    commands = [[*common, '--worker', worker, '--cases'],
                [*common, '--worker', worker, '--cases', '--eager'],
                [*common, '--worker', worker, '--sample', str(step)]]
    if release or WHOLE:  # the workers ran the same code; a process for each takes 20 ms with a sanitizer
        commands.append([*common, '--weft', options.weft, '--cases'])
    if release:  # what the cases touch, and the runner itself, do not depend on the build
        commands.append([os.path.join(HERE, 'test_cases.py'), options.weft])
        commands.append([os.path.join(HERE, 'test_runner.py'), worker, '1'])
    totals = [0, 0, 0]
    for command in commands:
        totals = [a + b for a, b in zip(totals, run(command))]
    passed, failed, skipped = totals
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
