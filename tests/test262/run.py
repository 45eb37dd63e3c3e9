#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The part of test262 that belongs to `./dev test`: every Nth file, so that it takes a minute, and our own cases.

Takes the options of tests/run.py and ends with the same line. `./dev test262` runs everything.
"""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUNNER = os.path.join(ROOT, 'test262-subset', 'run.py')
SAMPLE = {'release': 28, 'debug': 40}  # of some 43,000 files
SLOW_SAMPLE = 200


def preset_of(arguments):
    return arguments[arguments.index('--preset') + 1] if '--preset' in arguments[:-1] else 'release'


def main():
    arguments = sys.argv[1:]
    step = SAMPLE.get(preset_of(arguments), SLOW_SAMPLE)
    passed = failed = skipped = 0
    for more in (['--cases'], ['--sample', str(step)]):
        outcome = subprocess.run([sys.executable, RUNNER, '--quiet', *arguments, *more], stdout=subprocess.PIPE, text=True)
        lines = outcome.stdout.rstrip('\n').split('\n')
        count = re.fullmatch(r'(\d+) passed, (\d+) failed(?:, (\d+) skipped)?', lines[-1])
        print('\n'.join(lines[:-1] if count else lines))
        numbers = [int(n or 0) for n in count.groups()] if count else [0, 1, 0]
        passed, failed, skipped = passed + numbers[0], failed + numbers[1], skipped + numbers[2]
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
