# SPDX-License-Identifier: MIT
"""What embedding costs: the C API beside those of duktape, mujs and QuickJS. `./dev bench --groups api`."""
import os
import re
import shutil
import statistics
import subprocess
import tempfile

from .engines import say

ENGINES = ("weft", "duktape", "mujs", "quickjs")
# Name, unit and divisor, what it is, goal.
FIGURES = (
    ("call", "ns", 1, "C calls a trivial JavaScript function", "60 ns"),
    ("native", "ns", 1, "JavaScript calls a trivial C function", "40 ns"),
    ("get", "ns", 1, "C reads a property by its name", "30 ns"),
    ("set", "ns", 1, "C writes a property by its name", ""),
    ("index", "ns", 1, "C reads an element of an array", ""),
    ("object", "ns", 1, "C makes an object with three properties", ""),
    ("string", "ns", 1, "C makes a string and reads it again", ""),
    ("heap", "ms", 1e6, "an isolate (heap with its built-ins), created and destroyed", "0.3 ms"),
    ("memory", "KB", 1024, "resident memory of an idle isolate, of 1,000", "100 KB"),
)


def figures_of(launcher, program, arguments):
    outcome = launcher.run([program] + arguments)
    if outcome.error:
        say(f"{os.path.basename(program)}: {outcome.error}")
        return {}
    return {words[0]: float(words[1]) for words in map(str.split, outcome.stdout.splitlines()) if len(words) == 2}


def library_size(build):
    """Bytes of the shared library without symbols; None: not built."""
    folder = os.path.join(build, "packaging")
    names = sorted(name for name in os.listdir(folder) if re.fullmatch(r"libweft\.so\.\d+\.\d+\.\d+", name)) if os.path.isdir(folder) else []
    if not names or not shutil.which("strip"):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, "libweft.so")
        subprocess.run(["strip", "-o", copy, os.path.join(folder, names[-1])], check=True)
        return os.path.getsize(copy)


def shown(value, divisor, unit):
    value /= divisor
    return f"{value:.3g} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def all_api(launcher, weft, rounds):
    build = os.path.dirname(weft)
    done = subprocess.run(["ninja", "-C", build, "--quiet", "api-benches"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: the programs of bench/api do not build\n{done.stdout[-2000:]}")
    programs = {name: os.path.join(build, "bench", f"api-{name}") for name in ENGINES}
    absent = [name for name, path in programs.items() if not os.path.exists(path)]
    programs = {name: path for name, path in programs.items() if os.path.exists(path)}
    seen = {name: {} for name in programs}
    for _ in range(rounds):
        for name, path in programs.items():
            for figure, value in {**figures_of(launcher, path, ["times"]), **figures_of(launcher, path, ["memory"])}.items():
                seen[name].setdefault(figure, []).append(value)
    peers = [name for name in programs if name != "weft"]
    lines = ["## Embedding", "",
             "The C API (`bench/api`, CPU time, the best batch of 25 in each round, then the median). In brackets: how many times as much "
             "as weft takes.", "",
             "| figure | weft | " + " | ".join(peers) + " | goal |", "|---|" + "---:|" * (len(peers) + 2)]
    for figure, unit, divisor, title, goal in FIGURES:
        middle = {name: statistics.median(values[figure]) for name, values in seen.items() if figure in values}
        if "weft" not in middle:
            continue
        cells = [shown(middle["weft"], divisor, unit)]
        for name in peers:
            cells.append(f"{shown(middle[name], divisor, unit)} ({middle[name] / middle['weft']:.1f})" if name in middle else "")
        lines.append(f"| {title} | " + " | ".join(cells) + f" | {goal} |")
    if absent:
        lines += ["", f"Not here (no header and library that CMake finds): {', '.join(absent)}."]
    size = library_size(build)
    lines += ["", f"`libweft.so` without symbols: {size / (1 << 20):.2f} MB (goal 4 MB)." if size else
              "`libweft.so` is not built here (`ninja -C build/release weft_shared`), so its size is not given."]
    return "\n".join(lines)
