"""How long each document takes in a warm process, in milliseconds: by the wall clock, then of the processor.

Run by `python -m tests.speed.documents`.
"""

import statistics
import sys
import time
from dataclasses import replace

from campus.exchange import pdf
from tests.exchange.papers import AT, CAMPUS, SAMPLES, stamp

RUNS = 40


def main() -> None:
    """Time every document, each time with other values."""
    for name, paper in SAMPLES.items():
        took, worked = [], []
        for number in range(RUNS + 3):
            changed = replace(paper, campus=replace(CAMPUS, name=f"Campus {number}"))
            before, busy = time.perf_counter(), time.process_time()
            made = pdf.render(changed, stamp(), at=AT)
            took.append((time.perf_counter() - before) * 1000)
            worked.append((time.process_time() - busy) * 1000)
        told = [f"{name:18}", figures(took[3:]), figures(worked[3:]), f"{len(made) / 1000:4.0f} kB"]
        sys.stdout.write("  ".join(told) + "\n")


def figures(times: list[float]) -> str:
    """Write the median and the 95th percentile."""
    return f"median {statistics.median(times):4.0f} p95 {sorted(times)[int(RUNS * 0.95)]:4.0f}"


if __name__ == "__main__":
    main()
