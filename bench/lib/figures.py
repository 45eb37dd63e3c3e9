# SPDX-License-Identifier: MIT
"""Figures that are not programs: what an empty file costs, how fast source is compiled, how long collections stop."""
import os
import re
import statistics

from .engines import say

GC_PROGRAMS = ("binary-trees", "splay")
HEAP_MB = 64


def empty_file(workshop, engines, rounds):
    path = os.path.join(workshop.folder, "empty.cjs")
    open(path, "w").close()
    seen = {engine.key: [] for engine in engines}
    for _ in range(max(rounds * 4, 10)):
        for engine in engines:
            seen[engine.key].append(workshop.launcher.run(engine.command + [path], engine.environment))
    lines = ["An empty file, the whole process:", "", "| engine | CPU time, ms | wall time, ms | peak memory, MB |",
             "|---|---:|---:|---:|"]
    for engine in engines:
        good = [outcome for outcome in seen[engine.key] if not outcome.error]
        if not good:
            lines.append(f"| {engine.key} | {seen[engine.key][0].error} | | |")
            continue
        cpu = statistics.median(outcome.cpu for outcome in good) * 1000
        wall = statistics.median(outcome.wall for outcome in good) * 1000
        peak = statistics.median(outcome.peak for outcome in good) / 1e6
        lines.append(f"| {engine.key} | {cpu:.2f} | {wall:.2f} | {peak:.1f} |")
    return "\n".join(lines)


COMPILE = """
const text = require('fs').readFileSync(require('path').join(FOLDER, 'node_modules/typescript/lib/typescript.js'), 'utf8');
const clock = () => performance.now();
let lazy = Infinity;
for (let i = 0; i < 3; i++) {
  const start = clock();
  new Function('module', 'exports', 'require', text + '\\n//' + i);
  lazy = Math.min(lazy, clock() - start);
}
console.log(text.length / 1e6 / (lazy / 1e3));
"""


def compiling(workshop, engines, rounds):
    """Megabytes of the typescript package's source a second: by weft's compiler alone, then as scripts can see it."""
    source = os.path.join(workshop.npm_folder, "node_modules/typescript/lib/typescript.js")
    if not os.path.exists(source):
        return ""
    script = os.path.join(workshop.npm_folder, "compile.cjs")
    with open(script, "w") as file:
        file.write(f"const FOLDER = {workshop.npm_folder!r};{COMPILE}")
    size = os.path.getsize(source) / 1e6
    parts = []
    rates = internals(workshop, engines[0], ["compile", source])
    if rates:
        parts.append(f"Compiling typescript.js ({size:.1f} MB) from its text in memory to bytecode: whole {rates['whole']:.1f} MB/s, "
                     f"lazy {rates['lazy']:.1f} MB/s of CPU time.")
    lines = ["| engine | `new Function` of its source, MB/s | `require('typescript')`, whole process: CPU time, ms | peak memory, MB |",
             "|---|---:|---:|---:|"]
    for engine in engines:
        if not engine.npm:
            continue
        made, loads = [], []
        for _ in range(rounds):
            outcome = workshop.launcher.run(engine.command + [script], engine.environment)
            if not outcome.error and outcome.stdout.strip():
                made.append(float(outcome.stdout.split()[-1]))
            load = workshop.launcher.run(engine.command + ["-e", f"require({source!r})"], engine.environment)
            if not load.error:
                loads.append(load)
        cells = [f"{statistics.median(made):.1f}" if made else "—"]
        cells += [f"{statistics.median(load.cpu for load in loads) * 1000:.0f}",
                  f"{statistics.median(load.peak for load in loads) / 1e6:.1f}"] if loads else ["—", "—"]
        lines.append(f"| {engine.key} | " + " | ".join(cells) + " |")
    return "\n\n".join(parts + ["\n".join(lines)])


def internals(workshop, weft, arguments):
    """What build/release/bench/internals prints, as {name: value}; None where it was not built beside the program."""
    program = os.path.join(os.path.dirname(weft.command[0]), "bench", "internals")
    if not os.path.exists(program):
        return None
    outcome = workshop.launcher.run([program] + arguments)
    if outcome.error:
        say(outcome.error)
        return None
    return {fields[0]: float(fields[1]) for fields in map(str.split, outcome.stdout.splitlines())}


def isolates(workshop, weft):
    times = internals(workshop, weft, ["isolates"])
    if not times:
        return ""
    rows = [("a realm, its built-ins made when first used", "realm"), ("a realm, all built-ins made at once", "eager-realm"),
            ("an isolate with a realm and an event loop, created and destroyed", "isolate"),
            ("the same with Node's globals, running an empty program", "program")]
    lines = ["Realms and isolates, CPU time of one:", "", "| | ms |", "|---|---:|"]
    return "\n".join(lines + [f"| {label} | {times[key]:.3f} |" for label, key in rows])


def collections(workshop, engines, programs):
    """Pauses as weft counts them, and peak memory of every engine, on the programs that are about the collector."""
    chosen = [program for program in programs if program.name in GC_PROGRAMS]
    if not chosen:
        return ""
    weft = engines[0]
    main = [engine for engine in engines if engine.main]
    lines = [f"The collector, at a heap limit of {HEAP_MB} MB:", "",
             "| program | minor collections, longest ms | full collections, longest ms | all pauses, ms | " +
             " | ".join(f"peak memory {engine.key}, MB" for engine in main) + " |",
             "|---|---:|---:|---:|" + "---:|" * len(main)]
    for program in chosen:
        path = workshop.write(program, scale=1.0, budget=0, once=True)
        outcome = workshop.launcher.run(weft.command + ["--gc-stats", f"--heap-limit={HEAP_MB}", path], weft.environment)
        found = re.search(r"(\d+) minor \(longest ([\d.]+) ms\), (\d+) full \(longest ([\d.]+) ms\), ([\d.]+) ms in all",
                          outcome.stderr)
        cells = [f"{found[1]}, {found[2]}", f"{found[3]}, {found[4]}", found[5]] if found and not outcome.error \
            else [outcome.error or "no statistics", "", ""]
        for engine in main:
            run = outcome if engine is weft else workshop.launcher.run(engine.command + [path], engine.environment)
            cells.append("—" if run.error else f"{run.peak / 1e6:.1f}")
        lines.append(f"| {program.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def all_figures(workshop, engines, programs, rounds):
    parts = [empty_file(workshop, engines, rounds)]
    if workshop.npm_folder:
        parts.append(compiling(workshop, engines, min(rounds, 3)))
    parts.append(isolates(workshop, engines[0]))
    parts.append(collections(workshop, engines, programs))
    return "\n\n".join(part for part in parts if part)
