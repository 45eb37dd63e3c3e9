#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the tools that judge everything else: tests/run.py, tests/count.py and tools/tidy, on made-up trees."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests'))
import count  # noqa: E402

# A stand-in for weft: it runs a "JavaScript" file as Python.
FAKE_WEFT = '''#!{python}
import sys
flags = [a for a in sys.argv[1:] if a.startswith('--')]
path = [a for a in sys.argv[1:] if not a.startswith('--')][0]
if '--dump-ast' in flags:
    print('Program')
    sys.exit(0)
exec(''.join(l for l in open(path) if not l.startswith('//')))
'''


class Tree(unittest.TestCase):
    def setUp(self):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix='weft-harness-'))

    def tearDown(self):
        shutil.rmtree(self.root)

    def write(self, path, text, mode=0o644):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as file:
            file.write(text)
        os.chmod(full, mode)

    def read(self, path):
        with open(os.path.join(self.root, path), encoding='utf-8') as file:
            return file.read()


class RunTest(Tree):
    def setUp(self):
        super().setUp()
        self.write('weft', FAKE_WEFT.format(python=sys.executable), 0o755)

    def run_tests(self, *args):
        done = subprocess.run([sys.executable, os.path.join(ROOT, 'tests/run.py'), '--root', self.root,
                               '--weft', os.path.join(self.root, 'weft'), *args],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def expect(self, status, last_line, *parts, args=()):
        code, out = self.run_tests(*args)
        self.assertEqual(out.rstrip('\n').split('\n')[-1], last_line, out)
        self.assertEqual(code, status, out)
        for part in parts:
            self.assertIn(part, out)

    def test_exit_status_decides(self):
        self.write('tests/js/a.js', 'pass')
        self.write('tests/js/deep/b.mjs', 'sys.exit(3)')
        self.write('tests/js/lib/helper.js', 'sys.exit(1)')
        self.write('tests/js/_part.js', 'sys.exit(1)')
        self.expect(1, '1 passed, 1 failed', 'FAIL tests/js/deep/b.mjs: exit status 3, expected 0')
        self.write('tests/js/deep/b.exit', '3\n')
        self.expect(0, '2 passed, 0 failed')

    def test_examples(self):
        self.write('examples/a.js', 'import os; print(os.listdir(".")); open("picture", "w")')
        self.write('examples/lib/helper.js', 'sys.exit(1)')
        self.expect(1, '0 passed, 1 failed', 'FAIL examples/a.js: there is no tests/examples/a.out')
        self.write('tests/examples/a.out', '[]\n')
        self.expect(0, '1 passed, 0 failed')
        self.assertFalse(os.path.exists(os.path.join(self.root, 'picture')))
        self.write('tests/examples/a.out', '[1]\n')
        self.expect(1, '0 passed, 1 failed', 'FAIL examples/a.js: stdout differs')

    def test_output(self):
        self.write('tests/regress/a.js', 'print("one"); print(path, file=sys.stderr)')
        self.write('tests/regress/a.out', 'one\n')
        self.write('tests/regress/a.err', 'regress/a\n')
        self.expect(0, '1 passed, 0 failed')
        self.write('tests/regress/a.out', 'two\n')
        self.expect(1, '0 passed, 1 failed', '-two', '+one')
        self.expect(0, '1 passed, 0 failed', args=['--update'])
        self.assertEqual(self.read('tests/regress/a.out'), 'one\n')
        self.write('tests/regress/a.err', 'nowhere\n')
        self.expect(1, '0 passed, 1 failed', 'stderr lacks `nowhere`')

    def test_header(self):
        self.write('tests/js/a.js', '// flags: --x=1\n// env: A=7\nimport os; assert "--x=1" in flags and os.environ["A"] == "7"')
        self.write('tests/js/b.js', '// timeout: 0.2\nimport time; time.sleep(60)')
        self.write('tests/js/c.js', '// skip: asan,release not today\nsys.exit(1)')
        self.write('tests/js/d.js', 'print("no network"); sys.exit(77)')
        self.expect(1, '1 passed, 1 failed, 2 skipped', 'b.js: time limit', 'SKIP tests/js/c.js: not today',
                    'SKIP tests/js/d.js: no network')

    def test_whole(self):
        self.write('tests/js/a.js', '// whole: release it is slow\nsys.exit(1)')
        os.environ.pop('WEFT_TEST_WHOLE', None)
        self.expect(0, '0 passed, 0 failed, 1 skipped', 'SKIP tests/js/a.js: it is slow')
        os.environ['WEFT_TEST_WHOLE'] = '1'
        try:
            self.expect(1, '0 passed, 1 failed', 'FAIL tests/js/a.js: exit status 1')
        finally:
            del os.environ['WEFT_TEST_WHOLE']

    def test_parts(self):
        for name in 'abcde':
            self.write(f'tests/js/{name}.js', 'sys.exit(path == "tests/js/d.js")')
        self.write('tests/known_failures.txt', 'tests/js/gone.js\n')
        self.expect(1, '3 passed, 1 failed', 'no such test', args=['--part', '1/2'])
        self.expect(1, '1 passed, 1 failed', 'FAIL tests/js/d.js', args=['--part', '2/2'])

    def test_crash_and_sanitizer(self):
        self.write('tests/js/a.js', 'import os; os.kill(os.getpid(), 11)')
        self.write('tests/js/b.js', 'print("x.c:1: runtime error: shift", file=sys.stderr)')
        self.expect(1, '0 passed, 2 failed', 'killed by SIGSEGV', 'runtime error: shift')

    def test_known_failures(self):
        self.write('tests/js/a.js', 'sys.exit(1)')
        self.write('tests/js/b.js', 'pass')
        self.write('tests/known_failures.txt', 'tests/js/a.js  # why\n')
        self.expect(0, '2 passed, 0 failed')
        self.write('tests/known_failures.txt', 'tests/js/a.js asan # elsewhere\ntests/js/b.js\ntests/js/gone.js\n')
        self.expect(1, '0 passed, 3 failed', 'passes, but is listed', 'no such test')

    def test_cli_and_golden(self):
        self.write('tests/cli/a.sh', 'pwd; cat; "$WEFT" --dump-ast x')
        self.write('tests/cli/a.in', 'input\n')
        self.write('tests/cli/a.out', '<tmp>\ninput\nProgram\n')
        self.write('tests/golden/g.js', '1')
        self.write('tests/golden/g.ast', 'Program\n')
        self.expect(0, '2 passed, 0 failed')
        self.write('tests/golden/g.ast', 'Script\n')
        self.expect(1, '0 passed, 1 failed', '--dump-ast differs', args=['golden'])


class CountTest(unittest.TestCase):
    LOG = '''1/4 Testing: unit/a
Output:
----------------------------------------------------------
66%: Checks: 3, Failures: 1, Errors: 0
<end of output>
Test time =   0.01 sec
----------------------------------------------------------
Test Failed.
"unit/a" end time: x
2/4 Testing: js
Output:
----------------------------------------------------------
SKIP x: y
40 passed, 0 failed, 2 skipped
<end of output>
Test time =   0.01 sec
----------------------------------------------------------
Test Passed.
3/4 Testing: tidy
Output:
----------------------------------------------------------
<end of output>
Test time =   0.01 sec
----------------------------------------------------------
Test Passed.
4/4 Testing: crash
Output:
----------------------------------------------------------
100%: Checks: 3, Failures: 0, Errors: 0
<end of output>
Test time =   0.01 sec
----------------------------------------------------------
Test Failed.
'''

    def test_counts_by_program(self):
        # A program that fails although its own count says otherwise is one failure more.
        self.assertEqual(count.count_log(self.LOG), (2 + 40 + 1 + 3, 1 + 1, 2))

    def test_counts_by_preset(self):
        log = self.LOG.replace('Testing: unit', 'Testing: asan/unit').replace('Testing: js', 'Testing: release/js')
        self.assertEqual(count.count_log(log, 'asan/'), (2, 1, 0))
        self.assertEqual(count.count_log(log, 'release/'), (40, 0, 2))


class TidyTest(Tree):
    def setUp(self):
        super().setUp()
        os.makedirs(os.path.join(self.root, 'tools'))
        shutil.copy(os.path.join(ROOT, 'tools/tidy'), os.path.join(self.root, 'tools/tidy'))

    def tidy(self, *args):
        done = subprocess.run([sys.executable, os.path.join(self.root, 'tools/tidy'), *args], cwd=self.root,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1 if done.stdout else 0, done.stderr)
        return done.stdout.splitlines()

    SPDX = '// SPDX-License-Identifier: MIT\n'

    def test_clean(self):
        self.write('vm/a.c', self.SPDX + '#include "gc/gc.h"\n#include <stdio.h>\n// free(x); "\nchar *s = "malloc(";\n')
        self.assertEqual(self.tidy(), [])

    def test_floors_and_libraries(self):
        self.write('vm/a.c', self.SPDX + '#include "runtime/x.h"\n#include "a.h"\n#include "parser/ast.h"\n'
                   '#include <uv.h>\n#include "gc/mark_internal.h"\n#include <pthread.h>\n')
        self.write('threads/b.c', self.SPDX + '#include <uv.h>\n#include <utf8proc.h>\n')
        self.assertEqual([line.split(': ')[0] + ' ' + line.split(': ')[1] for line in self.tidy()],
                         ['threads/b.c:3 library', 'vm/a.c:2 floors', 'vm/a.c:3 floors', 'vm/a.c:4 floors',
                          'vm/a.c:5 library', 'vm/a.c:6 floors', 'vm/a.c:7 library'])

    def test_banned(self):
        self.write('vm/a.c', self.SPDX + 'void f(void) { free(p); o->free(p); my_free(p); }\nint x = sprintf(b, "a");\n')
        self.write('gc/a.c', self.SPDX + 'void f(void) { free(p); setjmp(b); }\n')
        self.write('tests/unit/vm/test_a.c', self.SPDX + 'void f(void) { free(p); strcpy(a, b); }\n')
        self.assertEqual(self.tidy(), ['tests/unit/vm/test_a.c:2: banned: strcpy is banned',
                                       'vm/a.c:2: banned: free is banned', 'vm/a.c:3: banned: sprintf is banned'])

    def test_size_spdx_path(self):
        self.write('vm/a.c', self.SPDX + '\n' * 1600)
        self.write('vm/b.c', 'int x;\n')
        self.write('docs/c.md', 'see /wo' + 'rk/main\n')
        found = self.tidy()
        self.assertEqual([line.split(': ')[1] for line in found], ['path', 'size', 'spdx'])
        self.write('tools/tidy-exceptions.txt', 'size vm/a.c 1700 # a table\nspdx vm/b.c\npath docs/c.md\n')
        self.assertEqual(self.tidy(), [])
        self.write('tools/tidy-exceptions.txt', 'size vm/a.c 1550 # a table\nspdx vm/b.c\npath docs/c.md\n')
        self.assertEqual(self.tidy(), ['vm/a.c:1601: size: 1601 lines, at most 1550'])

    def test_globals(self):
        source = self.SPDX + 'int counter;\nstatic int hidden = 3;\nconst char *const names[] = {"a"};\n' \
            'int *f(void) { static int local; local++; return &hidden + local; }\n_Thread_local int tls;\n'
        for path in ('vm/a.c', 'base/a.c'):
            self.write(path, source)
            out = os.path.join(self.root, 'build/CMakeFiles/weft_' + os.path.dirname(path) + '.dir', path + '.o')
            os.makedirs(os.path.dirname(out))
            subprocess.run([os.environ.get('CC', 'cc'), '-fPIC', '-c', os.path.join(self.root, path), '-o', out],
                           check=True)
        self.assertEqual(self.tidy('--objects', 'build'),
                         [f'vm/a.c:{line}: globals: writable process-wide state: `{symbol}`'
                          for line, symbol in ((2, 'counter'), (3, 'hidden'), (5, 'local'), (6, 'tls'))])
        self.write('tools/tidy-globals.txt', 'vm/a.c counter\nvm/a.c hidden\nvm/a.c local\nvm/a.c tls\nvm/a.c gone\n')
        self.assertEqual(self.tidy('--objects', 'build'),
                         ['tools/tidy-globals.txt:5: globals: no such symbol any more: vm/a.c gone'])


if __name__ == '__main__':
    unittest.main()
