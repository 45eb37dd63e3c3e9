#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Installs weft into an empty folder, as users do, and looks at what lies there: two projects of outsiders build against it
(fixtures/cmake with find_package, fixtures/make with pkg-config; shared and static), the libraries export what weft.h declares and
nothing else, man page and completions know the options of `weft --help`, Doxygen makes a reference of the header.

  tests/install/run.py [--weft PROGRAM] [--preset NAME] [--jobs N] [--verbose] [NAME...]

The release preset only. What looks with a tool that is not installed (man, zsh, fish, doxygen, a C++ compiler) is skipped.
"""
import argparse
import fcntl
import inspect
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FIXTURES = os.path.join(HERE, 'fixtures')
HOST_PRINTS = '11,12,13 4 {version} 1\n'
MOST_BYTES = 4 << 20  # of the shared library, stripped


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def check(condition, message):
    if not condition:
        raise Failed(message)


def same(found, expected, what):
    check(found == expected, f'{what}: expected {expected!r}, found {found!r}')


def need(tool):
    if not shutil.which(tool):
        raise Skipped(f'{tool} is not installed')


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def run(*command, **options):
    """What it prints, stderr included; fails with that if its exit status is not 0."""
    env = dict(os.environ, LC_ALL='C.UTF-8', **options.pop('env', {}))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors='backslashreplace', env=env, timeout=600, **options)
    check(done.returncode == 0, f'{" ".join(command)}: exit status {done.returncode}\n{done.stdout[-3000:]}')
    return done.stdout


def dynamic(file, tag):
    return re.findall(rf'^\s+{tag}\s+(\S+)', run('objdump', '-p', file), re.M)


def defined(file, *options):
    """Names of the symbols that a file defines for others, without their versions."""
    names = set()
    for line in run('nm', '-P', '-g', '--defined-only', *options, file).split('\n'):
        words = line.split()
        if len(words) >= 2 and words[1] != 'A':  # the version itself is an absolute symbol
            names.add(words[0].split('@')[0])
    return names


class Installed:
    """The tests, in the order of this file; each is a method."""

    def __init__(self, build, jobs):
        self.build, self.jobs = build, jobs
        self.scratch = tempfile.mkdtemp(prefix='weft-install-')
        self.prefix = os.path.join(self.scratch, 'prefix')
        self.library = os.path.join(self.prefix, 'lib', 'libweft.so')
        self.version = re.search(r'project\(weft VERSION (\S+)', read(os.path.join(ROOT, 'CMakeLists.txt'))).group(1)

    def file(self, *parts):
        path = os.path.join(self.prefix, *parts)
        check(os.path.exists(path), f'{os.path.join(*parts)} is not installed')
        return path

    def options(self):
        """`(short, long, takes a value)` of each option that the program's help shows."""
        text = run(self.file('bin', 'weft'), '--help')
        found = re.findall(r'^  (?:(-\w), )?(--[\w-]+)(=)?', text, re.M)
        check(len(found) > 20, f'only {len(found)} options in --help')
        return found

    def prints(self, program, text, **options):
        same(run(program, **options), text, os.path.basename(program))

    # ---- what `install` does ----

    def install(self):
        # Building and installing must not meet another build in the same folder.
        with open(os.path.join(os.path.dirname(self.build), '.lock-' + os.path.basename(self.build)), 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            run('cmake', '--build', self.build, '--target', 'weft_libraries', '--', '-j', str(self.jobs))
            run('cmake', '--install', self.build, '--prefix', self.prefix, '--strip')
        found = {os.path.relpath(os.path.join(folder, name), self.prefix)
                 for folder, _, names in os.walk(self.prefix) for name in names}
        same(sorted(found), sorted('''
            bin/weft include/weft/weft.h lib/libweft.a lib/libweft.so lib/libweft.so.{major} lib/libweft.so.{version}
            lib/cmake/weft/weft-config.cmake lib/cmake/weft/weft-config-version.cmake lib/pkgconfig/weft.pc
            share/bash-completion/completions/weft share/doc/weft/CHANGELOG.md share/doc/weft/LICENSE share/doc/weft/README.md
            share/fish/vendor_completions.d/weft.fish share/man/man1/weft.1 share/zsh/site-functions/_weft
            '''.format(major=self.version.split('.')[0], version=self.version).split()), 'the files')

    def install_below_destdir(self):
        stage = os.path.join(self.scratch, 'stage')
        run('cmake', '--install', self.build, '--prefix', '/opt/some', '--component', 'development', env={'DESTDIR': stage})
        folder = os.path.join(stage, 'opt', 'some')
        same(sorted(os.listdir(stage)), ['opt'], 'the stage')
        same(sorted(os.listdir(folder)), ['include', 'lib'], 'what the component installs')
        check('prefix=/opt/some\n' in read(os.path.join(folder, 'lib', 'pkgconfig', 'weft.pc')), 'weft.pc names the stage')

    def program(self):
        program = self.file('bin', 'weft')
        same(run(program, '-p', '1 + 2'), '3\n', 'weft -p')
        same(run(program, '--version'), f'v{self.version}\n', 'weft --version')
        check('libweft.so' not in ' '.join(dynamic(program, 'NEEDED')), 'the program needs libweft.so')

    # ---- the libraries ----

    def shared_library(self):
        major = self.version.split('.')[0]
        same(os.readlink(self.library), f'libweft.so.{major}', 'the link libweft.so')
        same(os.readlink(f'{self.library}.{major}'), f'libweft.so.{self.version}', f'the link libweft.so.{major}')
        same(dynamic(self.library, 'SONAME'), [f'libweft.so.{major}'], 'the soname')
        for tag in ('RPATH', 'RUNPATH', 'TEXTREL'):
            same(dynamic(self.library, tag), [], tag)
        size = os.path.getsize(self.library)
        check(size <= MOST_BYTES, f'libweft.so has {size} bytes, at most {MOST_BYTES} are allowed')
        check('.symtab' not in run('objdump', '-h', self.library), 'the library is not stripped')

    def exported_symbols(self):
        """Exactly the functions that the header declares, each with the version WEFT_0."""
        header = re.sub(r'/\*.*?\*/', '', read(self.file('include', 'weft', 'weft.h')), flags=re.S)
        declared = set(re.findall(r'WEFT_API\b[^;]*?\b(weft_\w+)\s*\(', header))
        check(len(declared) > 80, f'only {len(declared)} functions found in weft.h')
        same(sorted(defined(self.library, '-D') ^ declared), [], 'exported or declared, not both')
        same(sorted(defined(self.file('lib', 'libweft.a')) ^ declared), [], 'global in libweft.a or declared, not both')
        versions = set(re.findall(r' weft_\w+@@(\w+)', run('nm', '-D', '--defined-only', self.library)))
        same(versions, {'WEFT_0'}, 'the versions of the symbols')

    def header_alone(self):
        header = self.file('include', 'weft', 'weft.h')
        flags = ['-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only']
        run('cc', '-x', 'c', '-std=c11', *flags, header)
        need('c++')
        run('c++', '-x', 'c++', '-std=c++11', *flags, header)

    # ---- outsiders ----

    def outside_with_cmake(self):
        folder = os.path.join(self.scratch, 'cmake')
        configure = ['cmake', '-G', 'Ninja', '-S', os.path.join(FIXTURES, 'cmake'), '-B', folder, f'-DCMAKE_PREFIX_PATH={self.prefix}']
        run(*configure, f'-DWANTED_VERSION={self.version}')
        run('cmake', '--build', folder)
        expected = HOST_PRINTS.format(version=self.version)
        shared, static = os.path.join(folder, 'host_shared'), os.path.join(folder, 'host_static')
        self.prints(shared, expected)
        self.prints(static, expected)
        check(f'libweft.so.{self.version.split(".")[0]}' in dynamic(shared, 'NEEDED'), 'host_shared does not need libweft.so')
        check('libweft' not in ' '.join(dynamic(static, 'NEEDED')), 'host_static needs libweft.so')
        cpp = os.path.join(folder, 'host_cpp')
        if os.path.exists(cpp):
            self.prints(cpp, '42\n')
        done = subprocess.run([*configure, '-DWANTED_VERSION=99.0'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        check(done.returncode != 0 and '99.0' in done.stdout, 'find_package(weft 99.0) finds this version')

    def outside_with_make(self):
        need('make')
        folder = os.path.join(self.scratch, 'make')
        os.mkdir(folder)
        env = {'PKG_CONFIG_PATH': os.path.join(self.prefix, 'lib', 'pkgconfig')}
        same(run('pkg-config', '--modversion', 'weft', env=env), self.version + '\n', 'the version of weft.pc')
        run('make', '-C', folder, '-f', os.path.join(FIXTURES, 'make', 'Makefile'), env=env)
        expected = HOST_PRINTS.format(version=self.version)
        shared, static = os.path.join(folder, 'host_shared'), os.path.join(folder, 'host_static')
        self.prints(shared, expected)
        self.prints(static, expected)
        check(f'libweft.so.{self.version.split(".")[0]}' in dynamic(shared, 'NEEDED'), 'host_shared does not need libweft.so')
        check('libweft' not in ' '.join(dynamic(static, 'NEEDED')), 'host_static needs libweft.so')

    # ---- what people read ----

    def man_page(self):
        page = self.file('share', 'man', 'man1', 'weft.1')
        text = re.sub(r'\\f.|\\', '', read(page))
        check(f'"weft {self.version}"' in text, 'the man page names another version')
        documented = set(re.findall(r'(?<![\w-])--?\w[\w-]*', text))
        for short, name, _ in self.options():
            check(name in documented, f'the man page lacks {name}')
            check(not short or short in documented, f'the man page lacks {short}')

    def man_page_renders(self):
        need('man')
        text = run('man', '--warnings', '-l', self.file('share', 'man', 'man1', 'weft.1'), env={'MANWIDTH': '80', 'MANPAGER': 'cat'})
        check('warning:' not in text and 'EXIT STATUS' in text, text[:2000])

    def completion_knows(self, path, form):
        text = read(self.file('share', *path))
        for short, name, value in self.options():
            for option in filter(None, (short, name)):
                check(re.search(form(option, value), text), f'{os.path.join(*path)} lacks {option}{value}')

    def bash_completion(self):
        path = ('bash-completion', 'completions', 'weft')
        self.completion_knows(path, lambda option, value: rf"[\s']{option}[\s']")
        run('bash', '-n', self.file('share', *path))
        script = f'''source {self.file('share', *path)}
            try() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _weft 2>/dev/null; echo "${{COMPREPLY[*]}}"; }}
            touch a.js b.mjs c.txt
            try weft --gc
            try weft --input-type = m
            try weft --heap-limit 5 ''
            try weft -r ''
            try weft a.js --gc'''
        folder = os.path.join(self.scratch, 'bash')
        os.mkdir(folder)
        same(run('bash', '-c', script, cwd=folder), '--gc-stats --gc-stress\nmodule\na.js b.mjs\na.js b.mjs c.txt\n\n', 'completions')

    def zsh_completion(self):
        path = ('zsh', 'site-functions', '_weft')
        def form(option, value):
            mark = value and ('=' if option[1] == '-' else r'\+')
            return rf"[\s'*),{{]{option}{mark}[\[,}}]"
        self.completion_knows(path, form)
        need('zsh')
        run('zsh', '-n', self.file('share', *path))

    def fish_completion(self):
        path = ('fish', 'vendor_completions.d', 'weft.fish')
        self.completion_knows(path, lambda option, value: rf"complete .* -{'l' if option[1] == '-' else 's'} {option.lstrip('-')}\s"
                              + (r'+(-x|-r)\s' if value and option[1] == '-' else ''))
        need('fish')
        run('fish', '-n', self.file('share', *path))

    def reference(self):
        header = self.file('include', 'weft', 'weft.h')
        bare = set(run(sys.executable, os.path.join(ROOT, 'docs', 'header_filter.py'), '--bare', header).split())
        same(sorted(bare), [], 'declarations without a comment')
        need('doxygen')
        folder = os.path.join(self.scratch, 'docs')
        os.mkdir(folder)
        settings = read(os.path.join(ROOT, 'docs', 'Doxyfile')) + f'\nOUTPUT_DIRECTORY = {folder}\n'
        with open(os.path.join(folder, 'Doxyfile'), 'w', encoding='utf-8') as file:
            file.write(settings)
        same(run('doxygen', os.path.join(folder, 'Doxyfile'), cwd=ROOT, env={'WEFT_VERSION': self.version}), '', 'what doxygen prints')
        check('weft_eval' in read(os.path.join(folder, 'html', 'group__running__code.html')), 'weft_eval is not in the reference')


def tests_of(installed, patterns):
    """Methods without arguments, in order. All need `install`."""
    lines = {name: method.__func__.__code__.co_firstlineno for name, method in inspect.getmembers(installed, inspect.ismethod)}
    helpers = {'__init__', 'file', 'options', 'prints', 'completion_knows'}
    names = [name for name in sorted(lines, key=lines.get) if name not in helpers]
    return [name for name in names if not patterns or name == 'install' or any(p in name for p in patterns)]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--weft', default=os.path.join(ROOT, 'build', 'release', 'weft'))
    parser.add_argument('--preset', default='release')
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    if options.preset != 'release':
        print('0 passed, 0 failed, 1 skipped')
        return 0
    counts = {'pass': 0, 'fail': 0, 'skip': 0}
    installed = Installed(os.path.dirname(os.path.abspath(options.weft)), options.jobs)
    try:
        for name in tests_of(installed, options.names):
            state, why = 'pass', ''
            try:
                getattr(installed, name)()
            except Failed as error:
                state, why = 'fail', str(error)
            except Skipped as error:
                state, why = 'skip', str(error)
            except subprocess.TimeoutExpired as error:
                state, why = 'fail', str(error)
            counts[state] += 1
            if state != 'pass' or options.verbose:
                print(f'{state}: install/{name}: {why}'.rstrip(': '))
            if name == 'install' and state == 'fail':
                break
    finally:
        shutil.rmtree(installed.scratch, ignore_errors=True)
    skipped = f', {counts["skip"]} skipped' if counts['skip'] else ''
    print(f'{counts["pass"]} passed, {counts["fail"]} failed{skipped}')
    return 1 if counts['fail'] else 0


if __name__ == '__main__':
    sys.exit(main())
