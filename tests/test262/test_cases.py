#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether the cases touch everything: tests/test262/test_cases.py WEFT. Every built-in function is called by some case (cover.js tells), and
every kind of node of the syntax tree is in some case (`weft --dump-ast`). Ends with a count line."""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUBSET = os.path.join(ROOT, 'test262-subset')
COVER = os.path.join(HERE, 'cover.js')
sys.path.insert(0, SUBSET)
from corpus import Test, find_files  # noqa: E402

NOT_IN_TREES = {'paren', 'callee'}  # the parser strips the one and makes the other up


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True,
                          errors='replace').stdout


def builtin_names(weft):
    with tempfile.TemporaryDirectory() as folder:
        first = os.path.join(folder, 'list.js')
        with open(first, 'w', encoding='utf-8') as file:
            file.write('listBuiltins = true')
        return set(run(weft, '--test262', '--prelude', first, COVER).splitlines())


def called_by(weft, test):
    command = [weft, '--test262', '--prelude', COVER]
    for prelude in test.preludes():
        command += ['--prelude', prelude]
    if 'module' in test.flags:
        return names_called(run(*command, '--module', test.file))
    if test.modes() != ['strict']:
        return names_called(run(*command, test.file))
    with tempfile.NamedTemporaryFile('w', suffix='.js', encoding='utf-8') as file:
        file.write('"use strict";\n' + test.source)
        file.flush()
        return names_called(run(*command, file.name))


def names_called(out):
    return set(re.findall(r'^CALLED (.*)$', out, re.M))


def nodes_in(weft, path):
    trees = ''.join(run(weft, '--dump-ast', f'--input-type={goal}', path) for goal in ('commonjs', 'module'))
    return set(re.findall(r'\(([a-z][a-z.*-]*)', re.sub(r'"(?:[^"\\]|\\.)*"', '', trees)))


def node_names():
    with open(os.path.join(ROOT, 'parser', 'ast.def'), encoding='utf-8') as file:
        return set(re.findall(r'^N\(\w+, \w+, "([^"]+)"\)', file.read(), re.M)) - NOT_IN_TREES


def main():
    weft = os.path.abspath(sys.argv[1])
    tests = [Test(SUBSET, path) for path in find_files(SUBSET)]
    folders = os.walk(os.path.join(SUBSET, 'cases'))
    files = [os.path.join(folder, name) for folder, _, names in folders for name in names if name.endswith('.js')]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        called = set().union(*pool.map(lambda test: called_by(weft, test), tests))
        nodes = set().union(*pool.map(lambda path: nodes_in(weft, path), files))
    names = builtin_names(weft)
    for what, wanted, found in (('is called by no case', names, called), ('is in no case', node_names(), nodes)):
        for name in sorted(wanted - found):
            print(f'FAIL {name} {what}')
            failed += 1
    print(f'{len(names) + len(node_names()) - failed} passed, {failed} failed')
    return 1 if failed or len(names) < 500 else 0


if __name__ == '__main__':
    sys.exit(main())
