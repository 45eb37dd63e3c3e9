# SPDX-License-Identifier: MIT
"""Figures of worker threads beside Node and Bun (with their JITs: that is how people run them). `./dev bench --groups threads`."""
import os
import statistics

# Name, argument per engine (None: the program's own), what it is, the goal, whether more is better.
FIGURES = (
    ("first-message", None, "new Worker to its first message", "0.4 ms"),
    ("workers-per-second", None, "create, exchange one message, end", "3,000 workers/s"),
    ("idle-memory", None, "memory per idle worker", "0.25 MB"),
    ("idle-descriptors", None, "descriptors per idle worker", "0"),
    ("idle-mappings", None, "mappings per idle worker", "5"),
    ("alive", {"weft": "10000", "node": "300", "bun": "300"}, "workers alive at once, all answering", "10 s for 10,000, 4 GB"),
    ("ping-pong", None, "postMessage round trips, small object", "60,000/s"),
    ("one-way", None, "one-way messages, small object", "3,000,000/s"),
    ("post-receive", None, "100,000 small objects posted and received", "30 ms"),
    ("clone", None, "structuredClone of the same", "35 ms"),
    ("post-text", None, "posting a string of 2 million characters", "0.05 ms"),
    ("post-copy", None, "posting a copy of 64 MB", "20 ms"),
    ("post-move", None, "moving 64 MB", "0.1 ms"),
    ("atomics", None, "Atomics.wait/notify round trips", "0.95 of C"),
    ("scaling-cpu", None, "CPU-bound work on 2 workers against 1", "1.97"),
    ("scaling-allocation", None, "allocation-bound work on 2 workers against 1", "1.9"),
)


def thread_engines(engine_list):
    """weft, and the two peers as their users run them."""
    found = {}
    for engine in engine_list:
        if engine.key == "weft":
            found["weft"] = (engine.command, engine.environment)
        elif engine.key == "v8":
            found["node"] = ([part for part in engine.command if part != "--jitless"], None)
        elif engine.key == "jsc":
            found["bun"] = ([part for part in engine.command if "JIT" not in part], None)
    return found


def measure(root, launcher, engine, name, argument, timeout):
    command, environment = engine
    script = os.path.join(root, "threads", "measure.cjs")
    outcome = launcher.run(command + [script, name] + ([argument] if argument else []), environment, timeout=timeout)
    if outcome.error:
        return None, outcome.error
    for line in outcome.stdout.splitlines():
        words = line.split(" ", 2)
        if words[0] == name and len(words) == 3:
            return float(words[1]), words[2]
    return None, "no figure"


def shown(value, unit):
    if value is None:
        return unit
    digits = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{digits} {unit}"


def futexes(launcher, weft):
    """The loop of `atomics` in C."""
    program = os.path.join(os.path.dirname(weft), "bench", "internals")
    outcome = launcher.run([program, "futexes"]) if os.path.exists(program) else None
    if not outcome or outcome.error:
        return "The loop of Atomics.wait/notify in C was not measured."
    times = {name: float(value) for name, value, _ in map(str.split, outcome.stdout.splitlines())}
    return (f"The loop of Atomics.wait/notify in C with futexes: {times['sleeping']:,.0f} round trips/s when threads sleep at once, "
            f"{times['looking']:,.0f} when they look for a while first.")


def all_threads(root, launcher, engine_list, rounds, wanted=None):
    found = thread_engines(engine_list)
    lines = ["## Threads", "", "Medians; Node and Bun with their JITs.", "", "| figure | " + " | ".join(found) + " | goal |",
             "|---|" + "---:|" * (len(found) + 1)]
    for name, arguments, title, goal in FIGURES:
        if wanted and not any(part in name for part in wanted.split(",")):
            continue
        seen = {key: [] for key in found}
        units = {}
        for _ in range(rounds):
            for key, engine in found.items():
                if key in units and not seen[key]:
                    continue  # it failed before
                value, unit = measure(root, launcher, engine, name, (arguments or {}).get(key), 120)
                units[key] = unit
                if value is not None:
                    seen[key].append(value)
        cells = [shown(statistics.median(seen[key]) if seen[key] else None, units[key]) for key in found]
        lines.append(f"| {title} | " + " | ".join(cells) + f" | {goal} |")
    if "weft" in found and (not wanted or any(part in "atomics" for part in wanted.split(","))):
        lines += ["", futexes(launcher, found["weft"][0][0])]
    return "\n".join(lines) + "\n"
