#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the examples of embedding (examples/embedding) and looks at what they print; compiles and runs every program of
docs/embedding.md.

  tests/embedding/run.py [--weft PROGRAM] [--preset NAME] [--jobs N] [--verbose] [NAME...]

The examples lie in build/<preset>/examples, beside the program. What needs a tool or library that is not there is skipped with a
line that says so.
"""
import argparse
import inspect
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True

from run import SANITIZER, SLOWNESS  # noqa: E402


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


class Bench:
    """Where the programs of one preset lie, and how much time they get."""

    def __init__(self, options):
        self.preset = options.preset
        self.build = os.path.dirname(os.path.abspath(options.weft))
        self.slowness = SLOWNESS.get(options.preset, 1)
        self.env = dict(os.environ, LC_ALL='C.UTF-8', NO_COLOR='1')
        self.env.setdefault('ASAN_OPTIONS', 'detect_stack_use_after_return=0:allocator_may_return_null=1')

    def example(self, name):
        path = os.path.join(self.build, 'examples', name)
        if not os.path.exists(path):
            raise Skipped('no C++ compiler' if name == 'raii' else f'{path} is not built')
        return path

    def run(self, *command, status=0, seconds=20, stdin=''):
        """What it prints on stdout; fails with all of it when the exit status is another or a sanitizer speaks."""
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, errors='backslashreplace', env=self.env,
                              timeout=seconds * self.slowness)
        if done.returncode != status or SANITIZER.search(done.stderr):
            raise Failed(f'{command[0]}: exit status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-3000:]}')
        return done.stdout


def same(found, expected):
    if found != expected:
        raise Failed(f'expected\n{expected}\nfound\n{found}')


def fits(found, pattern):
    match = re.fullmatch(pattern, found)
    if not match:
        raise Failed(f'expected something like\n{pattern}\nfound\n{found}')
    return match


# ---- Examples --------------------------------------------------------------------------------------------------------

def calculator(bench):
    program = bench.example('calculator')
    same(bench.run(program, '2 ** 10', 'convert(100, "EUR", "JPY")', 'answer / 2', 'convert(1, "EUR", "XYZ")', 'sin(',
                   'convert(Symbol(), "EUR", "USD")'), '''= 1024
= 16000
= 8000
! RangeError: no rate for 'XYZ'
! SyntaxError: missing ) after argument list
! TypeError: Cannot convert a Symbol value to a number
last answer: 8000
''')
    lines = ['hypot(3, 4)', 'answer + 1', '({ toString() { throw Error("not me") } })', '"ä" + 1', 'throw 7']
    same(bench.run(program, stdin='\n'.join(lines)), '= 5\n= 6\n! Error: not me\n= ä1\n! 7\nlast answer: 0\n')


def plugins(bench):
    budget = 50 * (1 if bench.preset == 'release' else bench.slowness)
    out = bench.run(bench.example('plugins'), '--cpu-ms', str(budget), seconds=60)
    end = {'out of CPU time': ['loop', 'stubborn', 'promises', 'regexp', 'sort', 'getter'],
           'Maximum call stack size exceeded': ['recursion'], '[object Object]': ['thrower']}
    for why, names in end.items():
        for name in names:
            line = rf'^{name} +(stopped: |threw |threw RangeError: ){re.escape(why)}$'
            if len(re.findall(line, out, re.M)) != 2 or not re.search(rf'^{name} +thrown out$', out, re.M):
                raise Failed(f'{name}: {why}, twice\n{out}')
    # Where collections take their time, it may be over before the memory is full.
    full = r'(?:threw RangeError: Out of memory|threw RangeError: Invalid string length|stopped: out of CPU time)'
    for name in ['hog', 'big-string', 'json']:
        if len(re.findall(rf'^{name} +{full}$', out, re.M)) != 2:
            raise Failed(f'{name}: out of memory, twice\n{out}')
    if bench.preset == 'release' and not re.search(r'^hog +threw RangeError: Out of memory$', out, re.M):
        raise Failed(f'hog: out of memory\n{out}')
    if not re.match('born-dead    stopped: out of CPU time\nborn-dead    not started\n', out):
        raise Failed(out)
    if not out.endswith('good         is well, score 14\ngood         bye\nasync        is well, score 6\nasync        bye\n2 plug-ins are left\n'):
        raise Failed(out)


def plugins_of_files(bench):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'mine.js')
        with open(path, 'w') as file:
            file.write('globalThis.onEvent = (n) => { report(n); if (n === 2) throw new RangeError("no twos") }')
        out = bench.run(bench.example('plugins'), '--cpu-ms', '10000', path, os.path.join(folder, 'not-there.js'))
    same(out.replace(folder, 'F').replace('F/mine.js ', 'F/mine.js'),
         'F/not-there.js not started\nF/mine.jsthrew RangeError: no twos\nF/mine.jsis well, score 6\nF/mine.jsbye\n1 plug-ins are left\n')


def game(bench):
    frames = 6000 if bench.preset == 'release' else 600
    out = bench.run(bench.example('game'), str(frames), '--fast', seconds=60)
    match = fits(out, rf'{frames} frames, 500 balls, the highest at [\d.]+ \(in C: ball 0 at [-\d.]+, [\d.]+\)\n'
                 r'frame times in ms: half below ([\d.]+), 99 % below ([\d.]+), all below ([\d.]+)\n'
                 r'heap: (\d+) KB before, (\d+) KB after\nmemory is flat\n')
    half, most, all_below, before, after = map(float, match.groups())
    if not half <= most <= all_below or abs(after - before) > 16 or before > 4096:
        raise Failed(out)


def poll(bench):
    same(bench.run(bench.example('poll')), 'answer: LINE 2\nanswer: LINE 1\nanswer: LINE 0\n'
         "the script's own timer ran meanwhile: yes\n18 characters answered\n")


def raii(bench):
    same(bench.run(bench.example('raii')), '''point: 3, 4
list[2]: 3
twice: 3
caught in JavaScript: Error: no real root of -1
caught in JavaScript: RangeError
caught in C++: TypeError: of the script (the same object)
''')


def python(bench):
    if bench.preset not in ('release', 'debug'):
        raise Skipped('a shared library with a sanitizer cannot be loaded into Python')
    folder = os.path.join(bench.build, 'packaging')
    library = sorted(name for name in os.listdir(folder) if re.fullmatch(r'libweft\.so[\d.]*', name)) if os.path.isdir(folder) else []
    if not library:
        raise Skipped('libweft.so is not built: ninja -C build/release weft_shared, or ./dev install')
    out = bench.run(sys.executable, os.path.join(ROOT, 'examples', 'embedding', 'guest.py'), os.path.join(folder, library[-1]))
    same(out, '''list: [1.0, 2.5, 'drei', [True, None]]
Python from JavaScript: [5.0, 13.0]
called 20000.0 times
JavaScript calls back: [3.0, 2.0, 1.0]
caught in Python: TypeError: Cannot read properties of null (reading 'x')
caught in JavaScript: Error: ValueError: Python does not like 'this'
''')


# ---- The server, under load ------------------------------------------------------------------------------------------

class Client:
    """One connection that is kept."""

    def __init__(self, port, seconds):
        self.socket = socket.create_connection(('127.0.0.1', port), timeout=seconds)
        self.file = self.socket.makefile('rb')

    def send(self, path, method='GET', body=b'', head=''):
        self.socket.sendall(f'{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{head}\r\n'.encode() + body)

    def receive(self):
        status = int(self.file.readline().split()[1])
        size = 0
        while (line := self.file.readline()) not in (b'\r\n', b''):
            name, _, value = line.partition(b':')
            if name.lower() == b'content-length':
                size = int(value)
        return status, self.file.read(size)

    def ask(self, *arguments, **options):
        self.send(*arguments, **options)
        return self.receive()

    def close(self):
        self.file.close()
        self.socket.close()


def load(port, seconds, number, requests, problems):
    try:
        client = Client(port, seconds)
        for i in range(requests):
            body = f'{number}/{i} ä'.encode() * (1 + i % 50)
            if i % 10 == 9:
                expected, found = (200, b'{"late":true}'), client.ask('/late')
            elif i % 25 == 7:
                expected, found = 404, client.ask(f'/nothing?{i}')[0]
            else:
                expected, found = (200, b'POST ' + body), client.ask('/echo', 'POST', body)
            if found != expected:
                problems.append(f'client {number}, request {i}: {found}, expected {expected}')
                return
        client.close()
    except OSError as error:
        problems.append(f'client {number}: {error}')


def server(bench):
    clients, requests = (16, 250) if bench.preset == 'release' else (8, 40)
    seconds = 20 * bench.slowness
    process = subprocess.Popen([bench.example('server'), '--threads', '4'], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, env=bench.env)
    try:
        port = int(fits(process.stdout.readline(), r'listening on http://127\.0\.0\.1:(\d+) with 4 threads\n').group(1))
        problems = []
        threads = [threading.Thread(target=load, args=(port, seconds, i, requests, problems)) for i in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            raise Failed('\n'.join(problems[:5]))
        client = Client(port, seconds)
        same(client.ask('/throw')[0], 500)
        # Several requests in one go are answered in their order; who leaves without waiting harms nobody.
        for path in ['/late', '/', '/late']:
            client.send(path)
        answers = [client.receive() for _ in range(3)]
        same([answers[0][1], answers[1][1][:18], answers[2][1]], [b'{"late":true}', b'hello from thread ', b'{"late":true}'])
        gone = Client(port, seconds)
        gone.send('/late')
        gone.close()
        asked = clients * requests + 4 + 1 + 1  # this one included
        late = clients * (requests // 10) + 2
        found = re.fullmatch(rb'\{"total":(\d+),"late":(\d+)\}', client.ask('/count', head='Connection: close\r\n')[1])
        if not found or not asked - 1 <= int(found.group(1)) <= asked or not late <= int(found.group(2)) <= late + 1:
            raise Failed(f'/count: {found and found.groups()}, expected {asked}, {late}')
        same(client.file.read(), b'')  # it has hung up
        client.close()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=seconds)
        if process.returncode or SANITIZER.search(err) or 'Error: thrown by the script' not in err:
            raise Failed(f'exit status {process.returncode}\n{out}{err[-3000:]}')
        fits(out, r'(thread \d has answered (requests|nothing)\n){4}\d+ requests, of which the scripts counted \d+\n')
        # On one processor the thread that runs may accept all of them.
        if out.count('requests\n') < 2 and len(os.sched_getaffinity(0)) > 1:
            raise Failed(f'one thread did it all\n{out}')
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


# ---- The guide -------------------------------------------------------------------------------------------------------

def guide_programs():
    """The programs of docs/embedding.md: (line, C text, expected output). ```c is a whole program if it has a main, else the body of
    one, in which `isolate` is an isolate; `top:` in the first line's comment: what comes before main. ```text behind it: what it prints."""
    with open(os.path.join(ROOT, 'docs', 'embedding.md'), encoding='utf-8') as file:
        text = file.read()
    head = '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <pthread.h>\n#include <poll.h>\n#include "weft/weft.h"\n'
    top = ''
    for match in re.finditer(r'^```c\n(.*?)^```\n(?:\n?```text\n(.*?)^```\n)?|^## ', text, re.M | re.S):
        code, expected = match.group(1), match.group(2)
        if code is None:
            top = ''  # declarations are those of a chapter
            continue
        line = text.count('\n', 0, match.start()) + 2
        place = f'#line {line} "docs/embedding.md"\n'
        if 'int main(' in code:
            yield line, place + code, expected or ''
        elif code.startswith('/* top'):
            top += place + code
        else:
            yield line, (f'{head}{top}static void body(WeftIsolate *isolate);\n'
                         f'int main(void) {{\n  WeftIsolate *isolate = weft_isolate_new(NULL);\n  body(isolate);\n'
                         f'  if (weft_has_exception(isolate)) {{ puts(weft_exception_text(isolate, weft_exception_take(isolate))); return 1; }}\n'
                         f'  weft_isolate_delete(isolate);\n  return 0;\n}}\n'
                         f'static void body(WeftIsolate *isolate) {{\n{place}{code}}}\n'), expected or ''


def link_line(bench):
    """How build.ninja links an example: what the tree's own build knows about libraries and sanitizers."""
    commands = subprocess.run(['ninja', '-C', bench.build, '-t', 'commands', 'examples/calculator'], capture_output=True, text=True)
    line = [line for line in commands.stdout.split('\n') if 'calculator.c.o' in line]
    if len(line) < 2:
        raise Skipped('ninja does not know how examples are linked')
    return line


def guide(bench):
    if not shutil.which('ninja'):
        raise Skipped('no ninja')
    compile_line, link = link_line(bench)[:2]
    source_name = os.path.join(ROOT, 'examples', 'embedding', 'calculator.c')
    object_name = re.search(r'-o (\S+calculator\.c\.o)', compile_line).group(1)
    programs = list(guide_programs())
    if len(programs) < 15:
        raise Failed(f'only {len(programs)} programs in docs/embedding.md')
    with tempfile.TemporaryDirectory() as folder:
        for line, code, expected in programs:
            source, made, program = (os.path.join(folder, f'at_{line}{end}') for end in ('.c', '.o', ''))
            with open(source, 'w') as file:
                file.write('#define _POSIX_C_SOURCE 200809L\n' + code)
            for command in (compile_line.replace(object_name, made).replace(source_name, source) + ' -Wno-unused-function',
                            link.replace(object_name, made).replace('-o examples/calculator', f'-o {program}')):
                done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=bench.build)
                if done.returncode:
                    raise Failed(f'docs/embedding.md:{line}\n{done.stdout}{done.stderr}')
            found = bench.run(program)
            if found != expected:
                raise Failed(f'docs/embedding.md:{line}: expected\n{expected}\nfound\n{found}')


TESTS = [calculator, plugins, plugins_of_files, game, poll, raii, python, server, guide]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weft', default=os.path.join(ROOT, 'build', 'release', 'weft'))
    parser.add_argument('--preset', default='release')
    parser.add_argument('--jobs', type=int, default=1)
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    bench = Bench(options)
    passed = failed = skipped = 0
    for test in TESTS:
        if options.names and not any(name in test.__name__ for name in options.names):
            continue
        try:
            test(bench)
            passed += 1
            if options.verbose:
                print(f'PASS {test.__name__}')
        except Skipped as why:
            skipped += 1
            print(f'SKIP embedding/{test.__name__}: {why}')
        except (Failed, subprocess.TimeoutExpired, OSError) as why:
            failed += 1
            print(f'FAIL embedding/{test.__name__} ({os.path.relpath(inspect.getfile(test), ROOT)}): {why}')
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
