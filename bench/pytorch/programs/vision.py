"""Trains the residual network of `descent vision` in PyTorch: same pictures, same network with PyTorch's own initialisation,
same changes of the pictures, Adam with the same settings and schedule, same batches and epochs; one run for each seed.

    descent vision --export pictures.npz
    python vision.py --data pictures.npz [--seeds 3]

Prints a JSON line for each seed and one with the mean. With --step instead the training step of `descent vision step`: its
seconds, after the first, and the most memory that the process has had.
"""

import argparse
import json
import resource
import statistics
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, padding=1, stride=2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=2, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, inputs):
        return self.shortcut(inputs) + self.inner(inputs)


def residual_network():
    return nn.Sequential(nn.Conv2d(3, 24, 5, padding=2, stride=2, bias=False), nn.BatchNorm2d(24), nn.ReLU(),
                         Block(24, 48), nn.ReLU(), Block(48, 96), nn.ReLU(),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(96, 10))


def changed(pictures):
    """Each flipped or not, and shifted by up to two pixels in each direction; zeros come in at the edges."""
    n = len(pictures)
    flipped = torch.where((torch.rand(n) < 0.5)[:, None, None, None], pictures.flip(3), pictures)
    padded = F.pad(flipped, (2, 2, 2, 2))
    rows = torch.randint(0, 5, (n, 1)) + torch.arange(32)
    columns = torch.randint(0, 5, (n, 1)) + torch.arange(32)
    return padded[torch.arange(n)[:, None, None, None], torch.arange(3)[None, :, None, None],
                  rows[:, None, :, None], columns[:, None, None, :]]


def train(seed, data, options):
    torch.manual_seed(seed)
    pictures, labels, test_pictures, test_labels = data
    model = residual_network()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    steps = options.epochs * -(-len(pictures) // options.batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    start = time.perf_counter()
    for _ in range(options.epochs):
        for rows in torch.randperm(len(pictures)).split(options.batch_size):
            optimizer.zero_grad()
            F.cross_entropy(model(changed(pictures[rows])), labels[rows]).backward()
            optimizer.step()
            schedule.step()
    seconds = time.perf_counter() - start
    model.eval()
    with torch.no_grad():
        right = sum((model(part).argmax(1) == expected).sum().item()
                    for part, expected in zip(test_pictures.split(500), test_labels.split(500)))
    return {"seed": seed, "testAccuracy": right / len(test_labels), "trainSeconds": seconds}


def large_network():
    return nn.Sequential(nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(64, 128, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(128 * 28 * 28, 512), nn.ReLU(), nn.Linear(512, 1000))


def step(batch_size, steps=6):
    torch.manual_seed(1)
    model = large_network()
    optimizer = torch.optim.Adam(model.parameters())
    images, labels = torch.rand(batch_size, 3, 224, 224), torch.randint(0, 1000, (batch_size,))
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    return {"secondsPerStep": statistics.median(seconds[1:]),
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "torch": torch.__version__}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", metavar="FILE", help="what descent vision --export has written")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="seeds 1 to N (default 3)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--step", action="store_true", help="measure the step on 32 images of 224 x 224 instead")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.step:
        print(json.dumps(step(32)))
        return
    if options.data is None:
        parser.error("expected --data FILE or --step")
    arrays = numpy.load(options.data)
    data = [torch.from_numpy(arrays[name])
            for name in ("training_pictures", "training_labels", "test_pictures", "test_labels")]
    runs = []
    for seed in range(1, options.seeds + 1):
        runs.append(train(seed, data, options))
        print(json.dumps(runs[-1]), flush=True)
    tested = [run["testAccuracy"] for run in runs]
    print(json.dumps({"mean": statistics.mean(tested), "min": min(tested), "max": max(tested),
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()
