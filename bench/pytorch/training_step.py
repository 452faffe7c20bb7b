"""Times one training step: clear gradients, forward, cross-entropy, backward, Adam.

The batches are made beforehand and used in turn (random numbers, random labels); picking them is not measured. Adam
runs as PyTorch would choose it ("default") and with fused=True.
"""

from functools import partial
from itertools import cycle

import torch
from torch import nn

import optimizers
from common import Case, parse, parser, report

NETWORKS = [("784-128-10", 32), ("784-512-512-10", 128), ("784-512-512-10+batch-norm", 128),
            ("784-512-512-10+layer-norm", 128), ("cnn", 64), ("lstm", 64), ("gru", 64),
            ("encoder", 16)]
NORMS = {"batch-norm": nn.BatchNorm1d, "layer-norm": nn.LayerNorm}
IMAGES, SEQUENCES = 12_800, 256
CLASSES = 10


def perceptron(widths, norm):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), *([NORMS[norm](outputs)] if norm else ()), nn.ReLU()]
    return nn.Sequential(*layers[:-2 if norm else -1])


def convolutional():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(),
                         nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64 * 5 * 5, 128), nn.ReLU(), nn.Linear(128, CLASSES))


class Recurrent(nn.Module):
    """Reads an image row by row; the state after the last row is classified."""

    def __init__(self, kind):
        super().__init__()
        self.cells = kind(28, 128, batch_first=True)
        self.linear = nn.Linear(128, CLASSES)

    def forward(self, images):
        return self.linear(self.cells(images)[0][:, -1])


def encoder():
    return nn.Sequential(nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, batch_first=True), nn.Flatten(),
                         nn.Linear(64 * 128, CLASSES))


def network_and_examples(network):
    """The network of this name and the shape of all examples for it."""
    if network == "cnn":
        return convolutional(), (IMAGES, 1, 28, 28)
    if network == "encoder":
        return encoder(), (SEQUENCES, 64, 128)
    if network in ("lstm", "gru"):
        return Recurrent(nn.LSTM if network == "lstm" else nn.GRU), (IMAGES, 28, 28)
    sizes, _, norm = network.partition("+")
    widths = [int(width) for width in sizes.split("-")]
    return perceptron(widths, norm), (IMAGES, widths[0])


def work(network, batch_size, implementation):
    model, examples = network_and_examples(network)
    optimizer = optimizers.make("adam", model.parameters(), fused=implementation == "fused" or None)
    loss_of = nn.CrossEntropyLoss()
    batches = cycle(list(zip(torch.rand(examples).split(batch_size),
                             torch.randint(0, CLASSES, examples[:1]).split(batch_size))))

    def step():
        inputs, labels = next(batches)
        optimizer.zero_grad()
        loss_of(model(inputs), labels).backward()
        optimizer.step()

    return step


def cases():
    for network, batch_size in NETWORKS:
        for implementation in ("default", "fused"):
            yield Case("training-step", network, partial(work, network, batch_size, implementation),
                       {"batch": batch_size, "optimizer": "adam", "implementation": implementation})


if __name__ == "__main__":
    report(cases(), parse(parser(__doc__), seconds=3.0))
