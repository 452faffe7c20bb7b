"""Prints the numbers of losses.txt: what PyTorch's losses make of given predictions, in float64.

For each loss its value, and its gradient with respect to the predictions: ordinary ones, and some of up to 10,000.
Written with PyTorch 2.13.0 and Python 3.11.7:
python losses.py > ../resources/dev/descent/nn/loss/losses.txt
"""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
LOGITS = [0.5, -1.25, 3.0, 2.0, 2.0, -4.0, -0.125, 0.75, 0.0625, 10.0, -20.0, 30.0]
LABELS = [2, 0, 1, 0]
IGNORING = [2, -7, 1, -7]
CLASS_WEIGHTS = [0.5, 2.0, 1.25]
ANSWERS = [1.0, 0.0, 1.0, 0.25, 0.5, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.75]
VALUES = [1.0, -1.0, 0.25, 0.0, 2.5, -3.0, 0.375, 0.75, -0.9375, 9.5, -19.0, 30.25]
TEACHER = [0.25, 0.5, 0.25, 0.0, 1.0, 0.0, 0.125, 0.375, 0.5, 0.5, 0.25, 0.25]
EXTREME = [1e4, -1e4, 0.0, -1e4, 1e4, 1e4, 0.0, 1e4, -1e4, -1e4, 0.0, -1e4]


def show(name, values):
    print(f"{name}:", ", ".join(f"{value:.12g}" for value in values.detach().flatten().tolist()))


def run(name, loss):
    for kind, logits in (("", LOGITS), (" of extremes", EXTREME)):
        x = torch.tensor(logits).reshape(4, 3).requires_grad_()
        value = loss(x)
        value.backward()
        show(name + kind, value)
        show(f"{name}{kind} gradient", x.grad)


labels, ignoring = torch.tensor(LABELS), torch.tensor(IGNORING)
weight = torch.tensor(CLASS_WEIGHTS)
answers, values, teacher = (torch.tensor(t).reshape(4, 3) for t in (ANSWERS, VALUES, TEACHER))

run("cross entropy", lambda x: F.cross_entropy(x, labels))
run("smoothed", lambda x: F.cross_entropy(x, labels, label_smoothing=0.1))
run("weighted", lambda x: F.cross_entropy(x, labels, weight=weight))
run("ignoring", lambda x: F.cross_entropy(x, ignoring, ignore_index=-7))
run("all three", lambda x: F.cross_entropy(x, ignoring, weight=weight, ignore_index=-7, label_smoothing=0.3))
run("negative log likelihood", lambda x: F.nll_loss(x, labels))
run("negative log likelihood of some", lambda x: F.nll_loss(x, ignoring, weight=weight, ignore_index=-7))
run("binary", lambda x: F.binary_cross_entropy_with_logits(x, answers))
run("binary of weight 3", lambda x: F.binary_cross_entropy_with_logits(x, answers, pos_weight=torch.tensor(3.0)))
run("binary of three weights", lambda x: F.binary_cross_entropy_with_logits(x, answers, pos_weight=weight))
run("mean squared error", lambda x: F.mse_loss(x, values))
run("huber", lambda x: F.huber_loss(x, values))
run("huber of delta 0.5", lambda x: F.huber_loss(x, values, delta=0.5))
run("kullback leibler", lambda x: F.kl_div(F.log_softmax(x, 1), teacher, reduction="batchmean"))
run("l1", lambda x: 0.01 * x.abs().sum())
run("l2", lambda x: 0.01 * x.square().sum() / 2)
run("two tasks", lambda x: F.cross_entropy(x[:, :2], labels % 2) + 0.25 * F.huber_loss(x[:, 2:], values[:, 2:]))
