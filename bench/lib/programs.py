# SPDX-License-Identifier: MIT
"""The programs: found in programs/<group>/ and npm/, put together with the harness, run once, their line read."""
import json
import os
import re
import shutil

from . import engines

GROUPS = {"kernels": "Kernels", "classics": "Classics", "npm": "Programs from npm", "methods": "Methods"}
METHODS_SHARE = 6  # a case of methods/ is short: it gets this part of the budget


class Program:
    """case: for the group methods, which of the file's CASES it is."""

    def __init__(self, group, name, path, case=None):
        self.group = group
        self.name = name
        self.path = path
        self.case = case

    def text(self, harness, shell, scale=1.0, budget=600, once=False):
        """The whole script. In the shells of small engines a function stands in for the scope of a module."""
        with open(self.path) as file:
            body = file.read()
        if self.case is not None:
            body += f"\nvar SIZE = CASES['{self.case}'][0], run = CASES['{self.case}'][1];"
            budget /= METHODS_SHARE
        settings = json.dumps({"name": self.name, "scale": scale, "budget": budget, "once": once})
        script = f"var BENCH = {settings};\n{body}\n{harness}"
        return f"(function () {{\n{script}\n}})();\n" if shell else script


def cases_of(path):
    """The names in the CASES of a file of methods/: lines that begin with two spaces and 'name': [."""
    with open(path) as file:
        return re.findall(r"^  '([\w.-]+)': \[", file.read(), re.M)


def find_programs(root, pattern, groups):
    found = []
    for group in GROUPS:
        if group not in groups:
            continue
        folder = os.path.join(root, "npm") if group == "npm" else os.path.join(root, "programs", group)
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            name, extension = os.path.splitext(entry)
            if extension != ".js" or name == "inputs":
                continue
            path = os.path.join(folder, entry)
            if group == "methods":
                found += [Program(group, f"{name}/{case}", path, case) for case in cases_of(path)]
            else:
                found.append(Program(group, name, path))
    if pattern:
        return [program for program in found if any(part in f"{program.group}/{program.name}" for part in pattern.split(","))]
    return found


def prepare_npm(root, build):
    """Installs the packages of npm/package.json beside which the scripts are written; the folder, or None."""
    with open(os.path.join(root, "npm", "package.json")) as file:
        packages = json.load(file)["dependencies"]
    folder = os.path.join(build, "npm")
    if not engines.npm_install(folder, packages):
        return None
    shutil.copy(os.path.join(root, "npm", "inputs.js"), os.path.join(folder, "inputs.js"))
    return folder


class Workshop:
    """Writes a program for a kind of engine and runs it there."""

    def __init__(self, root, build, launcher, options):
        self.launcher = launcher
        self.options = options
        self.folder = os.path.join(build, "scripts")
        self.npm_folder = None
        self.empty_cpu = {}
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(root, "harness.js")) as file:
            self.harness = file.read()

    def write(self, program, shell=False, **settings):
        folder = self.npm_folder if program.group == "npm" else self.folder
        kind = "shell" if shell else "module"
        path = os.path.join(folder, f"{program.group}-{program.name}.{kind}.cjs".replace("/", "-"))
        text = program.text(self.harness, shell, **settings)
        if not os.path.exists(path) or open(path).read() != text:
            with open(path, "w") as file:
                file.write(text)
        return path

    def weigh_empty(self, engine_list):
        """Notes the CPU time of an empty file for each engine; from here on run() reports CPU time beyond it."""
        empty = os.path.join(self.folder, "empty.cjs")
        open(empty, "w").close()
        for engine in engine_list:
            runs = [self.launcher.run(engine.command + [empty], engine.environment).cpu for _ in range(5)]
            self.empty_cpu[engine.key] = min(runs)

    def run(self, program, engine):
        """(milliseconds, checksum, outcome); milliseconds is None and outcome.error set when it failed."""
        path = self.write(program, shell=not engine.es6, scale=self.options.scale, budget=self.options.budget,
                          once=self.options.budget <= 0)
        outcome = self.launcher.run(engine.command + [path], engine.environment, timeout=self.options.timeout)
        if outcome.error:
            return None, None, outcome
        lines = outcome.stdout.strip().splitlines()
        fields = lines[-1].split(" ", 2) if lines else []
        if len(fields) != 3 or fields[0] != program.name:
            outcome.error = "no result: " + (engines.one_line(outcome.stderr) or "nothing printed")
            return None, None, outcome
        if self.empty_cpu:
            return max(outcome.cpu - self.empty_cpu[engine.key], 1e-4) * 1000, fields[2], outcome
        return float(fields[1]), fields[2], outcome
