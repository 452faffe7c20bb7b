"""PyTorch's side of bench/compare; Descent's is dev.descent.bench.Worker.

Says what it runs on, then answers each line of standard input, seconds and a case such as
"0.2 matmul 64x64x64 plain transposed", with a line of two numbers: the median and the fastest sample in microseconds.
Other words than numbers are an error. Ends with its input.
"""

import sys

import torch

import elementwise
import matmul
import optimizer_step
import training_step
from common import environment, parser


def main():
    arguments = parser(__doc__)
    arguments.add_argument("--threads", type=int, default=1, metavar="N", help="threads PyTorch may use (default 1)")
    torch.set_num_threads(arguments.parse_args().threads)
    torch.manual_seed(1)
    modules = (matmul, elementwise, optimizer_step, training_step)
    cases = {f"{case.work} {case.label}": case for module in modules for case in module.cases()}

    here = environment()
    print(f"PyTorch {here['torch']}, Python {here['python']}, {here['capability']}, threads {torch.get_num_threads()}",
          flush=True)
    for request in sys.stdin:
        seconds, label = request.strip().split(" ", 1)
        try:
            if label not in cases:
                raise ValueError(f"no case {label}")
            median, fastest = cases[label].measure(float(seconds))
            print(f"{median * 1e6:.3f} {fastest * 1e6:.3f}", flush=True)
        except Exception as e:  # whatever it is, it is the answer to this request
            print(f"{type(e).__name__}: {' '.join(str(e).split())}", flush=True)


if __name__ == "__main__":
    main()
