"""Times one optimizer step (the update alone, gradients given).

Two sets of parameters: the 101,770 of the network 784-128-10 in their 4 tensors, and 10 million in one tensor.
Each rule runs as PyTorch would choose it ("default": a loop over tensors on a CPU), with foreach=True and, where
PyTorch has it on a CPU, with fused=True.
"""

from functools import partial

import torch

import optimizers
from common import Case, parse, parser, report

SIZES = {"784-128-10": [(128, 784), (128,), (10, 128), (10,)], "10M": [(10_000_000,)]}


def work(shapes, rule, implementation):
    parameters = [torch.randn(shape, requires_grad=True) for shape in shapes]
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    how = {} if implementation == "default" else {implementation: True}
    return optimizers.make(rule, parameters, **how).step


def cases():
    for size, shapes in SIZES.items():
        for rule in optimizers.RULES:
            for implementation in ("default", "foreach", *(["fused"] if rule in optimizers.FUSED else [])):
                yield Case("optimizer-step", size, partial(work, shapes, rule, implementation),
                           {"rule": rule, "implementation": implementation})


if __name__ == "__main__":
    report(cases(), parse(parser(__doc__)))
