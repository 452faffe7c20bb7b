"""What the benchmarks share: options, timing and output.

A case is timed in samples: each sample repeats the work until it has lasted about a millisecond (once, if one
repetition takes longer) and yields the mean time of a repetition. Reported are the median and the fastest sample.
"""

import argparse
import dataclasses
import json
import platform
import statistics
import time
from typing import Callable

import torch

SAMPLE_SECONDS = 1e-3
MINIMUM_SAMPLES = 5


def parse(parser, seconds=1.0):
    """Adds the options every benchmark has, parses the command line and sets the number of threads."""
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="threads PyTorch may use (default 1)")
    parser.add_argument("--seconds", type=float, default=seconds, metavar="S",
                        help="measuring time per case, warm-up excluded (default %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="run only the cases whose name contains TEXT")
    parser.add_argument("--json", action="store_true", help="JSON lines on standard output")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    return options


def parser(documentation):
    return argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)


def cpu_name():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def environment():
    return {"torch": torch.__version__, "python": platform.python_version(), "cpu": cpu_name(),
            "capability": torch.backends.cpu.get_cpu_capability()}


def repeat(work, times):
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def measure(work, seconds):
    """Warms up for a quarter of the time, then returns (median, fastest) seconds of one repetition of work()."""
    repetitions, elapsed = 1, repeat(work, 1)
    warm = time.perf_counter() + seconds / 4
    while time.perf_counter() < warm or elapsed < SAMPLE_SECONDS:
        elapsed = repeat(work, repetitions)
        if elapsed < SAMPLE_SECONDS:
            repetitions *= 2
    samples, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(samples) < MINIMUM_SAMPLES:
        samples.append(repeat(work, repetitions) / repetitions)
    return statistics.median(samples), min(samples)


@dataclasses.dataclass
class Case:
    """Something to measure: its name and what distinguishes it, and how to make the function to be timed."""

    work: str
    name: str
    make: Callable[[], Callable[[], object]]
    details: dict = dataclasses.field(default_factory=dict)
    flops: int = 0
    inference: bool = False  # without autograd's bookkeeping

    @property
    def label(self):
        return " ".join([self.name, *map(str, self.details.values())])

    def measure(self, seconds):
        """(median, fastest) seconds."""
        with torch.inference_mode(self.inference):
            return measure(self.make(), seconds)


def report(cases, options):
    """Measures cases and prints one line for each: JSON after a line on the environment, or a table for people."""
    if options.json:
        print(json.dumps({"environment": environment()}), flush=True)
    else:
        print(", ".join(f"{key} {value}" for key, value in environment().items()), f"threads {options.threads}")
    for case in cases:
        if options.only not in case.label:
            continue
        median, fastest = case.measure(options.seconds)
        speed = {"gflops": round(case.flops / median / 1e9, 1)} if case.flops else {}
        if options.json:
            print(json.dumps({"work": case.work, "case": case.name, **case.details, "threads": options.threads,
                              "microseconds": round(median * 1e6, 3), "fastest": round(fastest * 1e6, 3), **speed}),
                  flush=True)
        else:
            print(f"{case.label:44} {median * 1e6:12.2f} us  (fastest {fastest * 1e6:.2f})",
                  *(f"{value} GFLOP/s" for value in speed.values()), flush=True)
