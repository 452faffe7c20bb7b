"""Trains the variational autoencoder of `descent autoencoder` in PyTorch: same data, same network with PyTorch's own
initialisation, same loss, Adam with the same settings, same batches and epochs; one run for each seed.

    python autoencoder.py [--data DIR] [--seeds 3]

Without --data the digits that come with Descent. The loss is the negative evidence lower bound of an image in nats, one
code drawn for each image, in training and for test images alike. Prints a JSON line for each seed and one with the mean.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import mnist  # noqa: E402

DIGITS = Path(__file__).resolve().parents[3] / "examples/src/main/resources/dev/descent/examples/digits"


class Autoencoder(nn.Module):
    def __init__(self, hidden, latent):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, hidden), nn.ReLU())
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, 784))

    def forward(self, images):
        hidden = self.encoder(images)
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return self.decoder(codes), mean, log_variance


def losses(model, images):
    """Reconstruction and divergence, sums over the images."""
    logits, mean, log_variance = model(images)
    reconstruction = F.binary_cross_entropy_with_logits(logits, images, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
    return reconstruction, divergence


def train(seed, training, test, options):
    torch.manual_seed(seed)
    model = Autoencoder(options.hidden, options.latent)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    seconds = 0.0
    for _ in range(options.epochs):
        start = time.perf_counter()
        for rows in torch.randperm(len(training)).split(options.batch_size):
            optimizer.zero_grad()
            (sum(losses(model, training.index_select(0, rows))) / len(rows)).backward()
            optimizer.step()
        seconds += time.perf_counter() - start
    with torch.no_grad():
        reconstruction, divergence = (part.item() / len(test) for part in losses(model, test))
    return {"seed": seed, "testLoss": reconstruction + divergence, "testReconstruction": reconstruction,
            "testDivergence": divergence, "trainSeconds": seconds}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=DIGITS, metavar="DIR", help="the four MNIST files, plain or .gz")
    parser.add_argument("--hidden", type=int, default=400)
    parser.add_argument("--latent", type=int, default=20)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="seeds 1 to N (default 3)")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    training, _, test, _ = mnist.load(options.data)
    runs = []
    for seed in range(1, options.seeds + 1):
        runs.append(train(seed, training, test, options))
        print(json.dumps(runs[-1]), flush=True)
    tested = [run["testLoss"] for run in runs]
    print(json.dumps({"mean": statistics.mean(tested), "min": min(tested), "max": max(tested),
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()
