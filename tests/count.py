#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up what ctest ran: tests/count.py FOLDER prints `N passed, N failed[, N skipped]`, FOLDER being where ctest ran; with several presets
a line of each before.

A test program counts as many tests as its own last line says (Check's or tests/run.py's), any other program as one.
With --failures it prints the output of every failed program first. Exit status 1 when something failed.
"""
import os
import re
import sys

OWN_COUNT = re.compile(r'^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$', re.M)
CHECK_COUNT = re.compile(r'Checks: (\d+), Failures: (\d+), Errors: (\d+)')


def blocks(log):
    """Yields (name, output, passed) of each test program in a LastTest.log."""
    for part in re.split(r'^(?=\d+/\d+ Testing: )', log, flags=re.M):
        match = re.match(r'\d+/\d+ Testing: (.*)', part)
        if match:
            output, _, end = part.rpartition('<end of output>')
            output = output.partition('Output:\n')[2].partition('\n')[2]
            yield match.group(1), output, re.search(r'^Test Passed\.', end, re.M) is not None


def count_log(log, preset=''):
    """Of all, or of one preset: the first part of the names."""
    passed = failed = skipped = 0
    for name, output, ok in blocks(log):
        if not name.startswith(preset):
            continue
        own, checks = OWN_COUNT.findall(output), CHECK_COUNT.findall(output)
        good, bad, left_out = (1, 0, 0) if ok else (0, 1, 0)
        if own:
            good, bad, left_out = (int(n or 0) for n in own[-1])
        elif checks:
            bad = sum(int(f) + int(e) for _, f, e in checks)
            good = sum(int(n) for n, _, _ in checks) - bad
        if not ok and bad == 0:
            bad = 1
        passed, failed, skipped = passed + good, failed + bad, skipped + left_out
    return passed, failed, skipped


def line(passed, failed, skipped):
    return f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else '')


def main(arguments):
    folder = [a for a in arguments if not a.startswith('--')][0]
    path = os.path.join(folder, 'Testing', 'Temporary', 'LastTest.log')
    log = ''
    if os.path.exists(path):
        with open(path, encoding='utf-8', errors='replace') as file:
            log = file.read()
    if '--failures' in arguments:
        for name, output, ok in blocks(log):
            if not ok:
                print(f'---- {name}\n{output.rstrip()}')
    presets = list(dict.fromkeys(name.partition('/')[0] for name, _, _ in blocks(log)))
    for preset in presets if len(presets) > 1 else []:
        print(f'{preset:10} {line(*count_log(log, preset + "/"))}')
    totals = count_log(log)
    print(line(*totals))
    return 1 if totals[1] else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
