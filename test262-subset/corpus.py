# SPDX-License-Identifier: MIT
"""The corpus: where it is, which of its files are tests, and what their front matter says."""
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
ARCHIVE = os.path.join(ROOT, '..', 'shared', 'test262', 'test262.tar.xz')
FRONT_MATTER = re.compile(r'/\*---(.*?)---\*/', re.S)


# ---- The front matter ----

def strip_comment(line):
    return re.sub(r'(^|\s)#.*', '', line)


def parse_front_matter(source):
    """The part of YAML that test262 uses: keys with scalars, flow or block lists, blocks of text, and one level of maps."""
    match = FRONT_MATTER.search(source)
    found = {}
    if not match:
        return found
    lines = re.split(r'\r\n|[\r\n]', match.group(1))
    i = 0
    while i < len(lines):
        head = re.match(r'(\w+):\s*(.*)$', lines[i])
        i += 1
        if not head:
            continue
        body = []
        while i < len(lines) and not re.match(r'\w+:', lines[i]):
            body.append(lines[i])
            i += 1
        found[head.group(1)] = parse_value(head.group(2), body)
    return found


def parse_value(first, body):
    first = strip_comment(first).strip()
    if first[:1] in ('|', '>'):
        return '\n'.join(body)
    if first.startswith('['):
        text = ' '.join([first] + [strip_comment(line) for line in body])
        inside = text[1:text.index(']')] if ']' in text else text[1:]
        return [word.strip().strip('"\'') for word in inside.split(',') if word.strip()]
    body = [strip_comment(line).strip() for line in body]
    body = [line for line in body if line]
    if not first and body and body[0].startswith('-'):
        return [line[1:].strip() for line in body if line.startswith('-')]
    if not first and body and ':' in body[0]:
        return {key.strip(): value.strip() for key, _, value in (line.partition(':') for line in body)}
    return ' '.join([first] + body).strip()


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


class Test:
    """One file: how it is to be run."""

    def __init__(self, root, path):
        self.root, self.path = root, path
        self.file = os.path.join(tests_of(root), path)
        with open(self.file, encoding='utf-8', errors='surrogateescape', newline='') as file:
            self.source = file.read()
        front = parse_front_matter(self.source)
        self.flags = set(as_list(front.get('flags')))
        self.features = as_list(front.get('features'))
        self.includes = as_list(front.get('includes'))
        self.negative = front.get('negative') if isinstance(front.get('negative'), dict) else None

    def modes(self):
        if 'module' in self.flags:
            return ['module']
        if 'raw' in self.flags or 'noStrict' in self.flags:
            return ['sloppy']
        return ['strict'] if 'onlyStrict' in self.flags else ['sloppy', 'strict']

    def preludes(self):
        if 'raw' in self.flags:
            return []
        names = ['assert.js', 'sta.js'] + (['doneprintHandle.js'] if 'async' in self.flags else []) + self.includes
        return [os.path.join(self.root, 'harness', name) for name in names]


# ---- Which tests ----

def tests_of(root):
    """The corpus keeps its tests in test/, this folder in cases/."""
    folder = os.path.join(root, 'test')
    return folder if os.path.isdir(folder) else os.path.join(root, 'cases')


class Selection:
    def __init__(self, path):
        self.paths, self.features, self.includes = [], set(), set()
        for line in open(path, encoding='utf-8'):
            words = line.split('#')[0].split()
            if len(words) == 2 and words[0] == 'path':
                self.paths.append(words[1])
            elif len(words) == 2 and words[0] == 'feature':
                self.features.add(words[1])
            elif len(words) == 2 and words[0] == 'include':
                self.includes.add(words[1])
            elif words:
                raise ValueError(f'{path}: {line}')

    def has_path(self, path):
        return not any(path == p or path.startswith(p + '/') for p in self.paths)

    def missing_feature(self, test):
        missing = next((feature for feature in test.features if feature in self.features), None)
        return missing or next((name for name in test.includes if name in self.includes), None)


def find_files(root):
    base = tests_of(root)
    for folder, folders, names in os.walk(base):
        folders.sort()
        for name in sorted(names):
            if name.endswith('.js') and '_FIXTURE' not in name:
                yield os.path.relpath(os.path.join(folder, name), base).replace(os.sep, '/')


def find_corpus():
    """The folder that holds test/ and harness/, or None."""
    named = os.environ.get('WEFT_TEST262')
    if named:
        if os.path.isdir(os.path.join(named, 'test')):
            return os.path.abspath(named)
        raise ValueError(f'WEFT_TEST262: {named} has no folder test')
    return unpack(ARCHIVE) if os.path.exists(ARCHIVE) else None


def unpack(archive):
    """Under build/, once for each archive. Two builds may want it at the same time."""
    state = os.stat(archive)
    key = hashlib.sha256(f'{state.st_size} {int(state.st_mtime)}'.encode()).hexdigest()[:12]
    cache = os.path.join(ROOT, 'build', 'test262-corpus')
    os.makedirs(cache, exist_ok=True)
    target = os.path.join(cache, key)
    with open(os.path.join(cache, 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(target):
            partial = target + '.partial'
            shutil.rmtree(partial, ignore_errors=True)
            with tarfile.open(archive) as tar:
                tar.extractall(partial)
            os.rename(partial, target)
    for folder, folders, _ in os.walk(target):
        if 'test' in folders and 'harness' in folders:
            return folder
    raise ValueError(f'{archive} holds no test262')


def version_of(root):
    """As the corpus itself tells: the commit of a checkout, or what the README beside the files says."""
    git = subprocess.run(['git', '-C', root, 'log', '-1', '--format=commit %H of %cs'], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)
    if git.returncode == 0 and os.path.isdir(os.path.join(root, '.git')):
        return git.stdout.strip()
    readme = os.path.join(root, 'README')
    found = re.search(r'commit [0-9a-f]{40} of [-\d]+', open(readme, encoding='utf-8').read()) if os.path.exists(readme) else None
    return found.group(0) if found else 'of unknown version'


def in_sample(path, step, offset):
    """By a hash, so that a file stays in a sample whatever is added beside it."""
    return step == 1 or zlib.crc32(path.encode()) % step == offset % step
