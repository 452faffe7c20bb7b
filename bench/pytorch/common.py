"""What the benchmarks share: options, timing and output.

A case is timed in samples: each sample repeats the work until it has lasted about a millisecond (once, if one
repetition takes longer) and yields the mean time of a repetition. Reported are the median and the fastest sample.
"""

import argparse
import json
import platform
import statistics
import time

import torch

SAMPLE_SECONDS = 1e-3
MINIMUM_SAMPLES = 11


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


class Report:
    """Measures cases and prints one line for each: JSON after a line on the environment, or a table for people."""

    def __init__(self, work, options):
        self.work, self.options = work, options
        if options.json:
            print(json.dumps({"environment": environment()}), flush=True)
        else:
            print(", ".join(f"{key} {value}" for key, value in environment().items()), f"threads {options.threads}")

    def case(self, name, work, flops=None, **details):
        label = " ".join([name, *map(str, details.values())])
        if self.options.only not in label:
            return
        median, fastest = measure(work, self.options.seconds)
        speed = {"gflops": round(flops / median / 1e9, 1)} if flops else {}
        if self.options.json:
            print(json.dumps({"work": self.work, "case": name, **details, "threads": self.options.threads,
                              "microseconds": round(median * 1e6, 3), "fastest": round(fastest * 1e6, 3), **speed}),
                  flush=True)
        else:
            print(f"{label:44} {median * 1e6:12.2f} us  (fastest {fastest * 1e6:.2f})",
                  *(f"{value} GFLOP/s" for value in speed.values()), flush=True)
