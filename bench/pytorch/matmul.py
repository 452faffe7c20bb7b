"""Times the matrix product [m, k] x [k, n] with each operand plain or transposed.

A transposed operand lies in memory as its transpose and is passed as a view (PyTorch hands the flag to the BLAS).
The result is written into a matrix allocated beforehand, so that memory allocation is not measured. GFLOP/s counts
2mkn operations.
"""

import torch

from common import Report, parse, parser

SHAPES = [(n, n, n) for n in (64, 128, 256, 512, 1024, 2048)] + [
    (32, 784, 128), (128, 784, 512), (128, 512, 512), (32, 128, 10)]


def operand(rows, columns, transposed):
    return torch.randn(columns, rows).t() if transposed else torch.randn(rows, columns)


def main():
    report = Report("matmul", parse(parser(__doc__)))
    with torch.inference_mode():
        for m, k, n in SHAPES:
            for left_transposed in (False, True):
                for right_transposed in (False, True):
                    left = operand(m, k, left_transposed)
                    right = operand(k, n, right_transposed)
                    result = torch.empty(m, n)
                    report.case(f"{m}x{k}x{n}", lambda: torch.mm(left, right, out=result), flops=2 * m * k * n,
                                left="transposed" if left_transposed else "plain",
                                right="transposed" if right_transposed else "plain")


if __name__ == "__main__":
    main()
