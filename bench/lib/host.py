# SPDX-License-Identifier: MIT
"""Figures of Node's modules beside Node without and with its JIT. `./dev bench --groups host`."""
import os
import shutil
import statistics
import subprocess

from .engines import say
from .threads import shown

# Name, what it is, whether more is better, and what share of `node --jitless` and of Node (None: no goal) is wanted.
FIGURES = (
    ("http", "HTTP hello-world, keep-alive, 32 connections", True, 1.5, 0.5),
    ("stream", "a file of 1 GB read, transformed and written by streams", False, None, 0.9),
    ("small-files", "small files: write, stat, rename, read, exists, unlink (sync)", True, None, 1.0),
    ("small-files-async", "the same by fs.promises, 4 at a time", True, None, 1.0),
    ("emitter", "EventEmitter: emit, once, on", True, 1.3, None),
    ("buffers", "Buffer: from, toString, concat, read and write numbers", True, 1.3, None),
    ("urls", "URL and URLSearchParams", True, 1.3, None),
)
SECONDS = 4


def host_engines(engine_list):
    """weft, Node without its JIT, and Node."""
    found = {}
    for engine in engine_list:
        if engine.key == "weft":
            found["weft"] = engine.command
        elif engine.key == "v8":
            found["node --jitless"] = engine.command
            found["node"] = [part for part in engine.command if part != "--jitless"]
    return found


def pinned(cpu, command):
    """On a processor of its own: who asks and who answers shall not take turns on one."""
    if (os.cpu_count() or 1) < 2 or not shutil.which("taskset"):
        return command
    return ["taskset", "-c", str(cpu)] + command


def requests_per_second(command, script):
    load = shutil.which("wrk")
    if load is None:
        return None, "wrk is not installed"
    server = subprocess.Popen(pinned(1, command + [script, "server"]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = server.stdout.readline().split()[1]
        asked = subprocess.run(pinned(0, [load, "-t1", "-c32", f"-d{SECONDS}s", f"http://127.0.0.1:{port}/"]),
                               capture_output=True, text=True, timeout=60)
    finally:
        server.stdin.close()
        server.wait(timeout=10)
    wrong = [line for line in asked.stdout.splitlines() if "errors" in line or "Non-2xx" in line]
    if wrong:
        return None, wrong[0].strip()
    for line in asked.stdout.splitlines():
        if line.startswith("Requests/sec:"):
            return float(line.split()[1]), "requests/s"
    return None, "no figure"


def measure(launcher, command, script, name, folder):
    if name == "http":
        return requests_per_second(command, script)
    outcome = launcher.run(command + [script, name, folder], None, timeout=120)
    if outcome.error:
        return None, outcome.error
    for line in outcome.stdout.splitlines():
        words = line.split(" ", 2)
        if words[0] == name:
            return float(words[1]), words[2]
    return None, "no figure"


def ratio(ours, theirs, more_is_better):
    if ours is None or theirs is None:
        return "", None
    value = ours / theirs if more_is_better else theirs / ours
    return f"{value:.2f}", value


def all_host(root, launcher, engine_list, rounds, wanted=None):
    found = host_engines(engine_list)
    script = os.path.join(root, "host", "measure.cjs")
    folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else os.path.dirname(launcher.program)
    lines = ["## Host", "", "Medians; Node as npm has it. A ratio above 1: weft is faster. Files are in memory where the system has such a folder.", "",
             "| figure | " + " | ".join(found) + " | × node --jitless | × node | at least |", "|---|" + "---:|" * (len(found) + 3)]
    for name, title, more_is_better, jitless_goal, node_goal in FIGURES:
        if wanted and not any(part in name for part in wanted.split(",")):
            continue
        seen, units = {key: [] for key in found}, {}
        for turn in range(rounds):
            order = list(found.items())
            for key, command in order[turn % len(order):] + order[:turn % len(order)]:
                if key in units and not seen[key]:
                    continue  # it failed before
                value, units[key] = measure(launcher, command, script, name, folder)
                if value is not None:
                    seen[key].append(value)
                else:
                    say(f"{name} on {key}: {units[key]}")
        middle = {key: statistics.median(seen[key]) if seen[key] else None for key in found}
        cells = [shown(middle[key], units[key]) for key in found]
        ratios = [ratio(middle["weft"], middle.get(key), more_is_better)[0] for key in ("node --jitless", "node")]
        goals = [f"{goal} × {key}" for key, goal in (("node --jitless", jitless_goal), ("node", node_goal)) if goal]
        lines.append(f"| {title} | " + " | ".join(cells + ratios) + f" | {', '.join(goals)} |")
    return "\n".join(lines) + "\n"
