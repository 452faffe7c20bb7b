"""Times exp, tanh, sigmoid, gelu, softmax, log-softmax and layer-norm, forward only.

100 thousand elements stay in the cache, 10 million do not. softmax, log-softmax and layer-norm (with weight and bias)
work on rows of 1000. gelu is the exact one, with erf. Each operation is measured twice: output "reused" writes into a
tensor allocated beforehand, output "new" is the ordinary call, which allocates its result. At 10 million elements the
difference is mostly the cost of fresh memory pages. PyTorch's layer-norm cannot write into a given tensor (its "out"
variant copies); with MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 in the environment the C library keeps
freed memory, and "new" no longer pays for pages either.
"""

from functools import partial

import torch
from torch.nn import functional

from common import Case, parse, parser, report

ROW = 1000


def operations(x, out):
    """name -> (ordinary call, call that writes into out or None)."""
    weight, bias = torch.rand(ROW), torch.rand(ROW)
    return {
        "exp": (lambda: torch.exp(x), lambda: torch.exp(x, out=out)),
        "tanh": (lambda: torch.tanh(x), lambda: torch.tanh(x, out=out)),
        "sigmoid": (lambda: torch.sigmoid(x), lambda: torch.sigmoid(x, out=out)),
        "gelu": (lambda: functional.gelu(x), lambda: torch.ops.aten.gelu.out(x, out=out)),
        "softmax": (lambda: torch.softmax(x, 1), lambda: torch.softmax(x, 1, out=out)),
        "log-softmax": (lambda: torch.log_softmax(x, 1), lambda: torch.log_softmax(x, 1, out=out)),
        "layer-norm": (lambda: functional.layer_norm(x, (ROW,), weight, bias), None),
    }


def work(elements, name, output):
    x = torch.randn(elements // ROW, ROW)
    new, reused = operations(x, torch.empty_like(x))[name]
    return new if output == "new" else reused


def cases():
    small = torch.empty(1, ROW)
    for label, elements in (("100k", 100_000), ("10M", 10_000_000)):
        for name, (_, reused) in operations(small, small).items():
            for output in ("new", "reused") if reused else ("new",):
                yield Case("elementwise", label, partial(work, elements, name, output),
                           {"operation": name, "output": output}, inference=True)


if __name__ == "__main__":
    report(cases(), parse(parser(__doc__)))
