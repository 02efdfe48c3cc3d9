"""The plan of generated campuses, measured: `make bench-plan` (`python -m tests.planning.bench_plan --help`)."""

from __future__ import annotations

import argparse
import statistics
import time

from campus.planning.check import check
from campus.planning.greedy import plan_at_best
from campus.planning.search import Wanted, find_plan
from campus.planning.worth import worth
from tests.planning.generated import FULL, campus

LINE = "{:>5} {:>6} {:>7} {:>11} {:>11} {:>8} {:>8} {:>8} {:>9} {:>9} {:>7} {:>8} {:>7}"
HEADS = (
    "seed",
    "size",
    "greedy",
    "committed",
    "declared",
    "gap",
    "after",
    "gap of",
    "committed",
    "all posts",
    "weeks",
    "cpu",
    "wall",
)
UNDER = ("", "", "ms", "of bound", "", "proven", "s", "declared", "on greedy", "on greedy", "saved", "s", "s")


CLOCKS = {"processor": time.process_time, "wall": time.perf_counter}


def measure(seed, factor, seconds, clock):
    """Plan one campus; give the figures of a line. `clock`: what bounds the search and dates its gap."""
    made = campus(seed, FULL if factor == 1 else FULL.times(factor))
    began = time.process_time()
    quick = plan_at_best(made)
    took = time.process_time() - began
    wall, cpu = time.perf_counter(), time.process_time()
    found = find_plan(made, Wanted(seconds=seconds, seed=seed, now=clock))
    broken = check(made, found.plan) + check(made, quick)
    if broken:
        raise SystemExit(f"seed {seed}: {broken[:3]}")
    before, after = worth(made, quick), found.worth
    stages = {each.name: each for each in found.stages}
    return {
        "seed": seed,
        "size": factor,
        "greedy_ms": 1000 * took,
        "committed": (after.committed, stages["committed"].bound),
        "declared": after.declared,
        "gap": stages["committed"].gap,
        "after": stages["committed"].seconds,
        "declared_gap": stages["declared"].gap,
        "committed_gain": after.committed / max(before.committed, 1) - 1,
        "gain": (after.committed + after.declared) / (before.committed + before.declared) - 1,
        "weeks": before.waited - after.waited,
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
    }


def told(row):
    """Write the figures of a campus as a line."""
    value, bound = row["committed"]
    return LINE.format(
        row["seed"],
        f"{row['size']:.2f}",
        f"{row['greedy_ms']:.0f}",
        f"{value}/{bound}",
        row["declared"],
        f"{row['gap']:.2%}",
        f"{row['after']:.1f}",
        f"{row['declared_gap']:.1%}",
        f"{row['committed_gain']:+.1%}",
        f"{row['gain']:+.1%}",
        row["weeks"],
        f"{row['cpu']:.1f}",
        f"{row['wall']:.1f}",
    )


def main():
    """Measure the campuses that are asked for, one line each, and their medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--sizes", type=float, nargs="+", default=[1 / 3, 1, 3])
    asked.add_argument("--seconds", type=float, default=45, help="seconds for each campus, by --clock")
    asked.add_argument("--clock", choices=CLOCKS, default="processor", help="processor: time of both threads together")
    wanted = asked.parse_args()
    print(LINE.format(*HEADS), LINE.format(*UNDER), sep="\n")  # noqa: T201 (its output is its purpose)
    for factor in wanted.sizes:
        rows = []
        for seed in range(wanted.first, wanted.first + (wanted.seeds if factor == 1 else min(wanted.seeds, 3))):
            rows.append(measure(seed, factor, wanted.seconds, CLOCKS[wanted.clock]))
            print(told(rows[-1]), flush=True)  # noqa: T201 (its output is its purpose)
        worst, gain = max(row["gap"] for row in rows), statistics.median(row["gain"] for row in rows)
        print(f"  size {factor:.2f}: worst gap {worst:.2%}, median gain on greedy {gain:+.1%}")  # noqa: T201 (the same)


if __name__ == "__main__":
    main()
