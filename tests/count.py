#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up what ctest ran: tests/count.py BUILD_DIR... prints `N passed, N failed[, N skipped]`.

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


def count_log(log):
    passed = failed = skipped = 0
    for _, output, ok in blocks(log):
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


def main(arguments):
    show = '--failures' in arguments
    totals = [0, 0, 0]
    for build in (a for a in arguments if not a.startswith('--')):
        path = os.path.join(build, 'Testing', 'Temporary', 'LastTest.log')
        if not os.path.exists(path):
            continue
        with open(path, encoding='utf-8', errors='replace') as file:
            log = file.read()
        for name, output, ok in blocks(log) if show else []:
            if not ok:
                print(f'---- {os.path.basename(build)}: {name}\n{output.rstrip()}')
        totals = [a + b for a, b in zip(totals, count_log(log))]
    passed, failed, skipped = totals
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
