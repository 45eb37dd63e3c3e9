# SPDX-License-Identifier: MIT
"""A redis-server for tests: the one that is installed, or Debian's packages unpacked into build/redis, which needs no rights and changes
nothing outside of the build tree."""
import fcntl
import glob
import os
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOME = os.path.join(ROOT, 'build', 'redis')
# What redis-server and redis-tools depend on and a small system lacks.
PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1']


def works(environment):
    command = environment['REDIS_SERVER']
    try:
        return subprocess.run([command, '--version'], env=dict(os.environ, **environment), capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def unpack():
    """Debian's packages into build/redis, once; None, or why not."""
    if shutil.which('apt-get') is None or shutil.which('dpkg-deb') is None:
        return 'redis-server is not installed'
    os.makedirs(HOME, exist_ok=True)
    with open(os.path.join(HOME, '.lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(os.path.join(HOME, '.unpacked')):
            return None
        try:
            done = subprocess.run(['apt-get', 'download', '-q', *PACKAGES], cwd=HOME, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                return 'redis-server is not installed, and Debian\'s packages cannot be downloaded'
            for package in glob.glob(os.path.join(HOME, '*.deb')):
                subprocess.run(['dpkg-deb', '-x', package, os.path.join(HOME, 'root')], check=True, capture_output=True, timeout=60)
                os.remove(package)
        except (OSError, subprocess.SubprocessError):
            return 'redis-server is not installed, and Debian\'s packages cannot be unpacked'
        with open(os.path.join(HOME, '.unpacked'), 'w'):
            pass
    return None


def find():
    """(environment that a program needs to start $REDIS_SERVER, None), or (None, why there is none)."""
    installed = shutil.which('redis-server')
    if installed and works({'REDIS_SERVER': installed}):
        return {'REDIS_SERVER': installed}, None
    why = unpack()
    if why:
        return None, why
    libraries = glob.glob(os.path.join(HOME, 'root', 'usr', 'lib', '*-linux-*'))
    environment = {'REDIS_SERVER': os.path.join(HOME, 'root', 'usr', 'bin', 'redis-server'), 'REDIS_LIBRARIES': ':'.join(libraries)}
    if not works(dict(environment, LD_LIBRARY_PATH=environment['REDIS_LIBRARIES'])):
        return None, 'Debian\'s redis-server does not run here'
    return environment, None
