# SPDX-License-Identifier: MIT
"""Instruction counts under callgrind: programs at a hundredth of their size, less what an empty file costs.

Times differ from machine to machine and from hour to hour; instructions hardly do, so that a regression shows anywhere.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess

SCALE = 0.01
LIMIT = 3.0


def count(command, timeout=900):
    """Instructions of one run, or a text that says what went wrong."""
    whole = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--smc-check=none"] + command
    try:
        done = subprocess.run(whole, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return f"not done after {timeout} s"
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        lines = [line for line in done.stderr.splitlines() if not line.startswith("==")]
        return f"exit {done.returncode}: {(lines or ['no count'])[-1][:120]}"
    return int(found.group(1))


def measure(weft, workshop, programs):
    """{name: instructions or text}; `empty` first."""
    empty = os.path.join(workshop.folder, "empty.cjs")
    open(empty, "w").close()
    base = count([weft, empty])
    results = {"empty": base}
    if not isinstance(base, int):
        return results
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        waiting = {}
        for program in programs:
            path = workshop.write(program, scale=SCALE, budget=0, once=True)
            # Each size has a file of its own: the timed runs must not find this one.
            counted = path.replace(".module.", ".counted.")
            os.replace(path, counted)
            waiting[f"{program.group}/{program.name}"] = pool.submit(count, [weft, counted])
        for name, future in waiting.items():
            value = future.result()
            results[name] = value - base if isinstance(value, int) else value
    return results


def compiler():
    found = subprocess.run([shutil.which("cc") or "gcc", "--version"], capture_output=True, text=True)
    return (found.stdout.splitlines() or [""])[0]


def main(root, weft, workshop, programs, record, filtered):
    if shutil.which("valgrind") is None:
        raise SystemExit("bench: --counts needs valgrind (apt-get install valgrind)")
    path = os.path.join(root, "counts.json")
    known = {"counts": {}}
    if os.path.exists(path):
        with open(path) as file:
            known = json.load(file)
    results = measure(weft, workshop, programs)
    broken = {name: value for name, value in results.items() if not isinstance(value, int)}
    worse = []
    if known["counts"] and known.get("compiler") != compiler():
        print(f"recorded with {known.get('compiler')}, measured with {compiler()}: some difference is the compiler's\n")
    print(f"| program | instructions, millions | recorded | difference |\n|---|---:|---:|---:|")
    for name, value in results.items():
        if name in broken:
            print(f"| {name} | {value} | | |")
            continue
        before = known["counts"].get(name)
        change = (value - before) / before * 100 if before else None
        if change is not None and change > LIMIT:
            worse.append((name, change))
        print(f"| {name} | {value / 1e6:.3f} | {before / 1e6:.3f} | {change:+.2f} % |" if before
              else f"| {name} | {value / 1e6:.3f} | | new |")
    if record:
        counts = {name: value for name, value in results.items() if isinstance(value, int)}
        if filtered:
            counts = {**known["counts"], **counts}
        with open(path, "w") as file:
            json.dump({"compiler": compiler(), "scale": SCALE, "counts": counts}, file, indent=2)
            file.write("\n")
        print(f"\nrecorded {len(results) - len(broken)} counts")
        return 1 if broken else 0
    for name, change in worse:
        print(f"\nworse by more than {LIMIT:g} %: {name} ({change:+.2f} %)")
    if not worse and not broken:
        print(f"\nno program is more than {LIMIT:g} % worse than recorded")
    return 1 if worse or broken else 0
