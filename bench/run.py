#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the programs of this folder on weft and on its peers, side by side, and reports; see README.md.

`./dev bench` calls it with --weft. Every engine runs each program once a round, so that what disturbs the machine
disturbs all alike.
"""
import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from lib import api, counts, engines, figures, host, programs, report, threads  # noqa: E402


def options():
    parser = argparse.ArgumentParser(prog="./dev bench", description="weft beside its peers")
    parser.add_argument("--weft", required=True, help="the program to measure")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, every engine once in each (5)")
    parser.add_argument("--jit", action="store_true", help="also the two peers with their JITs on")
    parser.add_argument("--filter", metavar="TEXT[,TEXT]", help="only programs whose group/name contains one of these")
    parser.add_argument("--groups", default="kernels,classics,npm,methods", help="which of kernels, classics, npm, methods, figures, threads, host, api")
    parser.add_argument("--engines", metavar="KEY[,KEY]", help="only these: weft, v8, jsc, v8-jit, jsc-jit, node, duktape, mujs")
    parser.add_argument("--out", metavar="DIR", help="where performance.md goes (docs/ when nothing is left out)")
    parser.add_argument("--budget", type=float, default=600, help="milliseconds of repetitions in one process (600); 0: one run")
    parser.add_argument("--scale", type=float, default=1.0, help="factor of the sizes of all programs (1)")
    parser.add_argument("--timeout", type=float, default=180, help="seconds one process may take (180)")
    parser.add_argument("--cpu", action="store_true", help="one run a process, its CPU time less an empty file's: for busy machines")
    parser.add_argument("--counts", action="store_true", help="instruction counts under callgrind beside those recorded")
    parser.add_argument("--record", action="store_true", help="with --counts: record them in bench/counts.json")
    parser.add_argument("--list", action="store_true", help="list the programs")
    chosen = parser.parse_args()
    chosen.weft = os.path.abspath(chosen.weft)
    chosen.groups = chosen.groups.split(",")
    if chosen.cpu:
        chosen.budget = 0
    return chosen


def rounds(chosen, workshop, engine_list, program_list):
    results = report.Results(engine_list, program_list)
    for turn in range(chosen.rounds):
        for place, program in enumerate(program_list):
            # The one who starts changes from round to round.
            shift = (turn + place) % len(engine_list)
            for engine in engine_list[shift:] + engine_list[:shift]:
                if program.group == "npm" and not engine.npm or (program, engine.key) in results.errors:
                    continue
                results.add(program, engine, *workshop.run(program, engine))
            if sys.stderr.isatty():
                print(f"\rround {turn + 1}/{chosen.rounds}  {program.group}/{program.name:30}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    results.leave_out_wrong()
    return results


def main():
    chosen = options()
    build = os.path.join(os.path.dirname(HERE), "build")
    program_list = programs.find_programs(HERE, chosen.filter, chosen.groups)
    if chosen.list:
        for program in program_list:
            print(f"{program.group}/{program.name}")
        return 0
    launcher = engines.Launcher(HERE, os.path.join(build, "bench"))
    workshop = programs.Workshop(HERE, os.path.join(build, "bench"), launcher, chosen)
    if chosen.counts:
        counted = [program for program in program_list if program.group in ("kernels", "classics")]
        return counts.main(HERE, chosen.weft, workshop, counted, chosen.record, len(chosen.groups) < 2 or chosen.filter)
    engine_list = engines.find_engines(chosen.weft, build, chosen.jit)
    if chosen.engines:
        engine_list = [engine for engine in engine_list if engine.key in ["weft"] + chosen.engines.split(",")]
    if "npm" in chosen.groups or "figures" in chosen.groups:
        workshop.npm_folder = programs.prepare_npm(HERE, os.path.join(build, "bench"))
    if workshop.npm_folder is None:
        program_list = [program for program in program_list if program.group != "npm"]
    if chosen.cpu:
        workshop.weigh_empty(engine_list)
    whole = not chosen.filter and not chosen.engines and not chosen.cpu and chosen.scale == 1.0 and set(chosen.groups) >= set(programs.GROUPS)
    if not program_list and not {"figures", "threads", "host", "api"} & set(chosen.groups):
        raise SystemExit("bench: no program fits")
    results = rounds(chosen, workshop, engine_list, program_list)
    figure_text = ""
    if whole or "figures" in chosen.groups:
        known = programs.find_programs(HERE, None, ["classics"])
        figure_text = figures.all_figures(workshop, engine_list, known, chosen.rounds)
    if whole or "threads" in chosen.groups:
        figure_text += "\n" + threads.all_threads(HERE, launcher, engine_list, chosen.rounds, chosen.filter)
    if whole or "host" in chosen.groups:
        figure_text += "\n" + host.all_host(HERE, launcher, engine_list, chosen.rounds, chosen.filter)
    if whole or "api" in chosen.groups:
        figure_text += "\n\n" + api.all_api(launcher, chosen.weft, chosen.rounds)
    folder = chosen.out or (os.path.join(os.path.dirname(HERE), "docs") if whole else None)
    charts = report.write_charts(results, os.path.join(folder, "performance")) if folder else set()
    text = report.markdown(results, figure_text, chosen, charts)
    print(text)
    if folder:
        with open(os.path.join(folder, "performance.md"), "w") as file:
            file.write(text)
    problems = results.differences()
    for line in problems:
        engines.say(line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
