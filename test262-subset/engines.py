# SPDX-License-Identifier: MIT
"""Running tests: many in one process of worker.c, or each in a process of `weft --test262`; and judging what came out."""
import os
import re
import shutil
import signal
import subprocess
import tempfile

SANITIZER = re.compile(r'ERROR: (?:Address|Leak)Sanitizer.*|WARNING: ThreadSanitizer.*|runtime error: .*|'
                       r'(?:CHECK|ASSERT) failed: .*')
UNCAUGHT = re.compile(r'^Uncaught (.*)', re.M)
PHASES = {'p': 'parse', 'r': 'resolution', 'e': 'runtime'}
STUCK = 124  # worker.c's status


class Outcome:
    def __init__(self, status, out, err, phase=None, late=False, cpu_us=0):
        self.status, self.phase, self.late, self.cpu_us = status, phase, late, cpu_us
        self.out, self.err = out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace')


def judge(test, outcome):
    """None when the test passes, or why it fails."""
    if outcome.late:
        return 'time limit'
    report = SANITIZER.search(outcome.err)
    if report:
        return report.group(0)
    if outcome.status < 0:
        return f'killed by {signal.Signals(-outcome.status).name}'
    uncaught = UNCAUGHT.search(outcome.err)
    if test.negative:
        return judge_negative(test.negative, uncaught, outcome)
    if uncaught:
        return uncaught.group(1)
    if outcome.status != 0:
        last = outcome.err.strip().split('\n')[-1]
        return f'exit status {outcome.status} {last}'.strip()
    return judge_async(outcome.out) if 'async' in test.flags else None


def judge_negative(wanted, uncaught, outcome):
    kind, phase = wanted.get('type', ''), wanted.get('phase', '')
    if not uncaught:
        return f'no error; {phase} {kind} expected'
    if uncaught.group(1).partition(':')[0] != kind or outcome.status != 1:
        return f'{kind} expected, got {uncaught.group(1)}'
    if outcome.phase and outcome.phase != phase:
        return f'{kind} in phase {phase} expected, got it in phase {outcome.phase}'
    return None


def judge_async(out):
    lines = out.split('\n')
    failure = next((line for line in lines if line.startswith('Test262:AsyncTestFailure:')), None)
    if failure:
        return failure
    return None if 'Test262:AsyncTestComplete' in lines else '$DONE was not called'


def environment(pacific):
    env = dict(os.environ, TZ='America/Los_Angeles' if pacific else 'UTC', LC_ALL='C.UTF-8', NO_COLOR='1')
    env.setdefault('ASAN_OPTIONS', 'detect_stack_use_after_return=0:allocator_may_return_null=1')
    env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')
    return env


class Workers:
    """One process of worker.c for many tests. Who crashes loses its own result only: another process goes on behind it."""

    def __init__(self, program, seconds, flags, pacific, scratch):
        self.command = [program, f'--seconds={max(1, round(seconds))}'] + flags
        self.env, self.scratch = environment(pacific), scratch
        self.process = self.stderr = None
        self.problems = []  # of processes that ended badly, though every test was answered

    def run(self, requests):
        """[(test, mode)] -> [(reason or None, cpu_us)]"""
        results = []
        while len(results) < len(requests):
            rest = requests[len(results):]
            self.send(''.join(self.line_of(*request) for request in rest))
            for test, _ in rest:
                outcome = self.receive()
                if outcome is None:
                    results.append((self.end(), 0))
                    break
                results.append((judge(test, outcome), outcome.cpu_us))
        return results

    @staticmethod
    def line_of(test, mode):
        flags = {'strict': 's', 'module': 'm'}.get(mode, '') + ('b' if 'CanBlockIsFalse' in test.flags else '')
        return '\t'.join([flags or '-', test.file, *test.preludes()]) + '\n'

    def send(self, text):
        if not self.process:
            self.stderr = tempfile.TemporaryFile(dir=self.scratch)
            self.process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=self.stderr, cwd=self.scratch)
        try:
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it crashed; the answer that is missing tells

    def receive(self):
        head = self.process.stdout.readline().split()
        if len(head) != 6:
            return None
        out, err = (self.process.stdout.read(int(size)) for size in head[4:])
        if len(out) != int(head[4]) or len(err) != int(head[5]):
            return None
        return Outcome(int(head[0]), out, err, PHASES[head[1].decode()], head[2] == b'1', int(head[3]))

    def end(self):
        """Ends the process; what was wrong with it, or None."""
        process, self.process = self.process, None
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdout.close()
        status = process.wait()
        self.stderr.seek(0)
        err = self.stderr.read().decode('utf-8', 'replace')
        self.stderr.close()
        report = SANITIZER.search(err)
        if report:
            return report.group(0)
        if status == STUCK:
            return 'time limit, and cannot be interrupted'
        if status < 0:
            return f'killed by {signal.Signals(-status).name}'
        return f'exit status {status} {err.strip()[-200:]}'.strip() if status or err else None

    def close(self):
        problem = self.end() if self.process else None
        return problem and f'worker: {problem}'


class OneProcess:
    """A process of weft for each test and mode."""

    def __init__(self, program, seconds, flags, pacific, scratch):
        self.command, self.limit = [program, '--test262'] + flags, seconds
        self.env, self.scratch = environment(pacific), scratch

    def run(self, requests):
        return [(self.run_one(*request), 0) for request in requests]

    def close(self):
        return None

    def run_one(self, test, mode):
        command = list(self.command)
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
            return judge(test, self.execute(command + [file]))
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
        try:
            out, err = process.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Outcome(process.returncode, out, err, late=True)
        return Outcome(process.returncode, out, err)
