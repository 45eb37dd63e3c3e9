# SPDX-License-Identifier: MIT
"""What was measured, as Markdown tables and SVG charts.

A ratio says how many times as fast as a peer weft is: the peer's median divided by weft's.
"""
import datetime
import math
import os
import platform
import statistics

from . import programs as catalogue
from . import svg

# Title, groups, the goal for the geometric mean, the least ratio that a single program may have (None: any).
GOALS = (("kernels + classics", ("kernels", "classics"), 1.3, 0.7), ("programs from npm", ("npm",), 1.0, None),
         ("methods", ("methods",), 1.0, 0.4))
NAMES = {"weft": "weft", "v8": "V8 --jitless", "jsc": "JavaScriptCore, no JIT", "v8-jit": "V8 with JIT",
         "jsc-jit": "JavaScriptCore with JIT", "node": "node of the machine --jitless", "duktape": "duktape",
         "mujs": "mujs"}


class Results:
    def __init__(self, engines, programs):
        self.engines = engines
        self.programs = programs
        self.times = {}
        self.peaks = {}
        self.checksums = {}
        self.errors = {}

    def add(self, program, engine, time, checksum, outcome):
        key = (program, engine.key)
        if outcome.error:
            self.errors[key] = outcome.error
            return
        self.times.setdefault(key, []).append(time)
        self.peaks[key] = max(self.peaks.get(key, 0), outcome.peak)
        self.checksums.setdefault(key, set()).add(checksum)

    def leave_out_wrong(self):
        """The small engines may lack what a program needs; where one gives another result, that is no error of ours."""
        for program in self.programs:
            ours = self.checksums.get((program, "weft"))
            for engine in self.engines:
                key = (program, engine.key)
                if not engine.es6 and ours and key in self.checksums and self.checksums[key] != ours:
                    del self.checksums[key], self.times[key]
                    self.errors[key] = "another result"

    def median(self, program, key):
        times = self.times.get((program, key))
        return statistics.median(times) if times else None

    def ratio(self, program, key):
        ours, theirs = self.median(program, "weft"), self.median(program, key)
        return theirs / ours if ours and theirs else None

    def peers(self):
        return [engine for engine in self.engines if engine.key != "weft"]

    def differences(self):
        """One line for each program on which the engines do not agree, or that an engine which must run it does not."""
        lines = []
        for program in self.programs:
            seen = {}
            for engine in self.engines:
                for checksum in self.checksums.get((program, engine.key), ()):
                    seen.setdefault(checksum, []).append(engine.key)
            if len(seen) > 1:
                parts = "; ".join(f"{', '.join(keys)}: {checksum[:80]}" for checksum, keys in seen.items())
                lines.append(f"{program.group}/{program.name}: different checksums: {parts}")
            for engine in self.engines:
                if engine.es6 and (program, engine.key) in self.errors:
                    lines.append(f"{program.group}/{program.name}: {engine.key}: {self.errors[program, engine.key]}")
        return lines


def geometric_mean(values):
    values = [value for value in values if value]
    return math.exp(sum(math.log(value) for value in values) / len(values)) if values else None


def number(value, digits=2):
    return "—" if value is None else f"{value:.{digits}f}"


def program_table(results, group):
    peers = results.peers()
    programs = [program for program in results.programs if program.group == group]
    lines = ["| program | weft, ms | " + " | ".join(f"{peer.key}, ms" for peer in peers) + " | " +
             " | ".join(f"× {peer.key}" for peer in peers) + " |",
             "|---|---:|" + "---:|" * (2 * len(peers))]
    for program in programs:
        cells = [number(results.median(program, peer.key), 1) for peer in peers]
        ratios = [number(results.ratio(program, peer.key)) for peer in peers]
        lines.append(f"| {program.name} | {number(results.median(program, 'weft'), 1)} | " + " | ".join(cells + ratios) + " |")
    means = [number(geometric_mean([results.ratio(program, peer.key) for program in programs])) for peer in peers]
    lines.append("| **geometric mean** | | " + " | ".join([""] * len(peers) + [f"**{mean}**" for mean in means]) + " |")
    return "\n".join(lines)


def summary_table(results):
    measured = [(title, groups) for title, groups, _, _ in GOALS if any(program.group in groups for program in results.programs)]
    lines = ["| peer | " + " | ".join(f"{title}, geometric mean | slowest" for title, _ in measured) + " |",
             "|---|" + "---:|---|" * len(measured)]
    for peer in results.peers():
        cells = []
        for _, groups in measured:
            rated = [(results.ratio(program, peer.key), program.name) for program in results.programs
                     if program.group in groups and results.ratio(program, peer.key)]
            mean = geometric_mean([ratio for ratio, _ in rated])
            cells.append(number(mean))
            cells.append("{1} {0:.2f}".format(*min(rated)) if rated else "—")
        lines.append(f"| {NAMES[peer.key]} {peer.version} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def goals(results):
    lines = []
    for peer in [peer for peer in results.peers() if peer.main]:
        for label, groups, goal, floor in GOALS:
            ratios = {program: results.ratio(program, peer.key) for program in results.programs if program.group in groups}
            mean = geometric_mean(ratios.values())
            if mean is None:
                continue
            lines.append(f"- {label} against {NAMES[peer.key]}: {mean:.2f}, the goal is {goal}: "
                         f"{'reached' if mean >= goal else 'not reached'}")
            low = [f"{program.name} {ratio:.2f}" for program, ratio in ratios.items() if ratio and floor and ratio < floor]
            if low:
                lines.append(f"  - under {floor}: {', '.join(low)}")
    return "\n".join(lines)


def skipped(results):
    lines = []
    for engine in results.engines:
        if engine.es6:
            continue
        names = [program.name for program in results.programs if (program, engine.key) in results.errors]
        if names:
            lines.append(f"- {engine.key} does not run, or gives another result for: {', '.join(names)}")
    return "\n".join(lines)


def machine():
    model = platform.machine()
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    model = line.split(":", 1)[1].strip()
                    break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} processors"


def markdown(results, figures, options, charts):
    rounds = max((len(times) for times in results.times.values()), default=0)
    engines = "; ".join(f"{NAMES[engine.key]} {engine.version}" for engine in results.engines)
    parts = ["# Performance", "",
             "Written by `./dev bench`; not edited by hand. What is measured and how: [bench/README.md](../bench/README.md).", "",
             f"{datetime.date.today().isoformat()}, {machine()}, load {os.getloadavg()[0]:.1f} at the end. {rounds} interleaved "
             f"rounds, medians of the best run of each process. Engines: {engines}.", "",
             "“× peer” is how many times as fast as that peer weft is (the peer's time divided by weft's).", ""]
    if results.times:
        parts += ["## Summary", "", summary_table(results), "", goals(results), ""]
    notes = skipped(results)
    if notes:
        parts += [notes, ""]
    for group, title in catalogue.GROUPS.items():
        if not any(program.group == group for program in results.programs):
            continue
        parts += [f"## {title}", ""]
        if group in charts:
            parts += [f"![{title}: weft beside its peers](performance/{group}.svg)", ""]
        parts += [program_table(results, group), ""]
    if figures:
        parts += ["## Figures", "", figures, ""]
    problems = results.differences()
    if problems:
        parts += ["## Problems", ""] + [f"- {line}" for line in problems] + [""]
    return "\n".join(parts)


def write_charts(results, folder):
    """Writes one chart for each group that has ratios; the set of groups written."""
    os.makedirs(folder, exist_ok=True)
    peers = [peer for peer in results.peers() if peer.main or peer.far] or results.peers()
    written = set()
    for group, title in catalogue.GROUPS.items():
        programs = [program for program in results.programs if program.group == group]
        rows = [(program.name, [results.ratio(program, peer.key) for peer in peers]) for program in programs]
        if not any(ratio for _, ratios in rows for ratio in ratios):
            continue
        means = [geometric_mean([ratios[index] for _, ratios in rows]) for index in range(len(peers))]
        rows.append(("geometric mean", means))
        chart = svg.ratio_chart(f"{title}: weft is so many times as fast as", rows, [NAMES[peer.key] for peer in peers],
                                marks=(1.0, next(goal for _, groups, goal, _ in GOALS if group in groups)))
        with open(os.path.join(folder, f"{group}.svg"), "w") as file:
            file.write(chart)
        written.add(group)
    return written
