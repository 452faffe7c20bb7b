"""Writes what PyTorch makes of convolutions and poolings, in float64, for SlidingPyTorchTest.

    python sliding.py > ../resources/dev/descent/core/op/sliding.txt

The operands are small multiples of 1/32, so that sums of products are exact in float32, too: element i of an operand is
((37 i + 11 seed) mod 101 - 50) / 32, or, where there shall be ties, ((7 i + seed) mod 5 - 2) / 32. A case is a line
with the operation and its settings, then the result and the gradients of sum(result * g), one line each. A window is
size, stride, padding, dilation.
"""

import itertools
import platform

import torch
from torch.nn import functional as F


def numbers(shape, seed, ties=False):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return (((7 * i + seed) % 5 - 2) / 32 if ties else ((37 * i + 11 * seed) % 101 - 50) / 32).reshape(shape)


def text(values):
    return ",".join(map(str, values))


def pair(rows, columns, index):
    return rows[index], columns[index]


def show(label, y, operands):
    g = numbers(y.shape, 9)
    gradients = torch.autograd.grad((y * g).sum(), list(operands.values()))
    print(label)
    for name, tensor in (("y", y), *zip(operands, gradients)):
        print(name, text(tensor.shape), *(repr(value) for value in tensor.flatten().tolist()))


def convolutions():
    windows = [(3, 1, 0, 1), (3, 2, 1, 1), (2, 1, 2, 2), (1, 3, 0, 1)]
    for rows, columns in itertools.product(windows, windows):
        for inputs, outputs, groups in ((1, 3, 1), (4, 6, 2)):
            x = numbers((2, inputs, 8, 7), 1).requires_grad_()
            w = numbers((outputs, inputs // groups, rows[0], columns[0]), 2).requires_grad_()
            b = numbers((outputs,), 3).requires_grad_()
            y = F.conv2d(x, w, b, *(pair(rows, columns, i) for i in (1, 2, 3)), groups)
            show(f"conv2d {text(x.shape)} {outputs} {groups} {text(rows)} {text(columns)}", y,
                 {"dx": x, "dw": w, "db": b})


def poolings():
    windows = [(2, 2, 0, 1), (3, 2, 1, 1), (2, 1, 0, 2)]
    for rows, columns in itertools.product(windows, windows):
        for ties in (False, True):
            x = numbers((2, 3, 8, 7), 1, ties).requires_grad_()
            y = F.max_pool2d(x, *(pair(rows, columns, i) for i in (0, 1, 2, 3)))
            show(f"max{'-ties' if ties else ''} {text(x.shape)} {text(rows)} {text(columns)}", y, {"dx": x})
        if rows[3] == columns[3] == 1:
            x = numbers((2, 3, 8, 7), 1).requires_grad_()
            y = F.avg_pool2d(x, *(pair(rows, columns, i) for i in (0, 1, 2)))
            show(f"average {text(x.shape)} {text(rows)} {text(columns)}", y, {"dx": x})
    for height, width in ((1, 1), (3, 2), (8, 7), (5, 10)):
        x = numbers((2, 3, 8, 7), 1).requires_grad_()
        show(f"adaptive {text(x.shape)} {height} {width}", F.adaptive_avg_pool2d(x, (height, width)), {"dx": x})


print(f"# PyTorch {torch.__version__}, Python {platform.python_version()}")
convolutions()
poolings()
