"""Times the matrix product [m, k] x [k, n] with each operand plain or transposed.

A transposed operand lies in memory as its transpose and is passed as a view (PyTorch hands the flag to the BLAS).
The result is written into a matrix allocated beforehand, so that memory allocation is not measured. GFLOP/s counts
2mkn operations.
"""

from functools import partial

import torch

from common import Case, parse, parser, report

SHAPES = [(n, n, n) for n in (64, 128, 256, 512, 1024, 2048)] + [
    (32, 784, 128), (128, 784, 512), (128, 512, 512), (32, 128, 10)]


def operand(rows, columns, transposed):
    return torch.randn(columns, rows).t() if transposed else torch.randn(rows, columns)


def work(m, k, n, left_transposed, right_transposed):
    left, right = operand(m, k, left_transposed), operand(k, n, right_transposed)
    result = torch.empty(m, n)
    return lambda: torch.mm(left, right, out=result)


def cases():
    for m, k, n in SHAPES:
        for left in ("plain", "transposed"):
            for right in ("plain", "transposed"):
                yield Case("matmul", f"{m}x{k}x{n}",
                           partial(work, m, k, n, left == "transposed", right == "transposed"),
                           {"left": left, "right": right}, flops=2 * m * k * n, inference=True)


if __name__ == "__main__":
    report(cases(), parse(parser(__doc__)))
