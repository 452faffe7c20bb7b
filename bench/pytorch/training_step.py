"""Times one training step: clear gradients, forward, cross-entropy, backward, Adam.

The batches are made beforehand and used in turn (random pixels, random labels); picking them is not measured. Adam
runs as PyTorch would choose it ("default") and with fused=True.
"""

from functools import partial
from itertools import cycle

import torch
from torch import nn

import optimizers
from common import Case, parse, parser, report

NETWORKS = [((784, 128, 10), 32), ((784, 512, 512, 10), 128)]
IMAGES = 12_800


def perceptron(widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def work(widths, batch_size, implementation):
    model = perceptron(widths)
    optimizer = optimizers.make("adam", model.parameters(), fused=implementation == "fused" or None)
    loss_of = nn.CrossEntropyLoss()
    batches = cycle(list(zip(torch.rand(IMAGES, widths[0]).split(batch_size),
                             torch.randint(0, widths[-1], (IMAGES,)).split(batch_size))))

    def step():
        images, labels = next(batches)
        optimizer.zero_grad()
        loss_of(model(images), labels).backward()
        optimizer.step()

    return step


def cases():
    for widths, batch_size in NETWORKS:
        for implementation in ("default", "fused"):
            yield Case("training-step", "-".join(map(str, widths)),
                       partial(work, widths, batch_size, implementation),
                       {"batch": batch_size, "optimizer": "adam", "implementation": implementation})


if __name__ == "__main__":
    report(cases(), parse(parser(__doc__), seconds=3.0))
