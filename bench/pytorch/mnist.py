"""Trains a multi-layer perceptron on MNIST, as `descent mnist` does.

Everything that is not training happens beforehand: all images are float tensors on a 0..1 scale, and a batch is an
index_select of one permutation per epoch. Layers have PyTorch's default initialisation, the loss is the mean
cross-entropy. With --until ACCURACY the test set is evaluated every 100 steps and training ends at the first evaluation
that reaches ACCURACY (--epochs remains the limit). The seconds printed are those of training, evaluation excluded.

--json prints one line per epoch, {"epoch", "seconds", "trainLoss", "testAccuracy"}, and last {"result": {...}}.
"""

import argparse
import gzip
import json
import math
import resource
import struct
import sys
import time
from pathlib import Path

import torch
from torch import nn

import optimizers

EVALUATION_INTERVAL = 100  # steps, with --until


def read_idx(directory, name):
    """An IDX file of bytes (plain or .gz) as a uint8 tensor of its shape."""
    path = next((p for p in (Path(directory, name), Path(directory, name + ".gz")) if p.exists()), None)
    if path is None:
        raise SystemExit(f"{directory} has neither {name} nor {name}.gz")
    data = (gzip.decompress if path.suffix == ".gz" else bytes)(path.read_bytes())
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    shape = struct.unpack(f">{rank}I", data[4:4 + 4 * rank])
    if zeros != 0 or kind != 8 or len(data) != 4 + 4 * rank + math.prod(shape):
        raise SystemExit(f"{path} is not a complete IDX file of unsigned bytes")
    return torch.frombuffer(bytearray(data), dtype=torch.uint8, offset=4 + 4 * rank).reshape(shape)


def load(directory):
    """(training images, training labels, test images, test labels): floats [n, 784] in 0..1 and class numbers."""
    def images(name):
        return read_idx(directory, name).flatten(1).float().div_(255)

    def labels(name):
        return read_idx(directory, name).long()

    return (images("train-images-idx3-ubyte"), labels("train-labels-idx1-ubyte"),
            images("t10k-images-idx3-ubyte"), labels("t10k-labels-idx1-ubyte"))


def perceptron(hidden, dropout):
    layers, inputs = [], 784
    for width in hidden:
        layers += [nn.Linear(inputs, width), nn.ReLU(), *([nn.Dropout(dropout)] if dropout else [])]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, 10))


@torch.no_grad()
def accuracy(model, images, labels):
    model.eval()
    correct = (model(images).argmax(1) == labels).sum().item()
    model.train()
    return correct / len(labels)


def train(model, optimizer, data, batch_size, epochs, until=None):
    """Yields one record per epoch; the last one is short if the accuracy `until` was reached within it."""
    images, labels, test_images, test_labels = data
    loss_of = nn.CrossEntropyLoss()
    step = 0
    for epoch in range(1, epochs + 1):
        seconds, total, seen, reached = 0.0, 0.0, 0, False
        start = time.perf_counter()
        for batch in torch.randperm(len(images)).split(batch_size):
            optimizer.zero_grad()
            loss = loss_of(model(images.index_select(0, batch)), labels.index_select(0, batch))
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
            seen += len(batch)
            step += 1
            if until is not None and step % EVALUATION_INTERVAL == 0:
                seconds += time.perf_counter() - start
                reached = accuracy(model, test_images, test_labels) >= until
                start = time.perf_counter()
                if reached:
                    break
        seconds += time.perf_counter() - start
        yield {"epoch": epoch, "seconds": seconds, "trainLoss": total / seen, "images": seen, "steps": step,
               "testAccuracy": accuracy(model, test_images, test_labels)}
        if reached:
            return


def setting(text):
    name, equals, value = text.partition("=")
    try:
        if not equals:
            raise ValueError
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not of the form name=number") from None


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, metavar="DIR", help="the four MNIST files, plain or .gz")
    parser.add_argument("--hidden", default="128", metavar="128,64", help="widths of the hidden layers (default 128)")
    parser.add_argument("--dropout", type=float, default=0.0, help="after each hidden layer (default 0)")
    parser.add_argument("--optimizer", default="adam", metavar="NAME", help=", ".join(optimizers.RULES))
    parser.add_argument("--lr", type=float, help="learning rate, short for --set learningRate=LR")
    parser.add_argument("--set", type=setting, action="append", default=[], metavar="NAME=VALUE",
                        help="a setting of the rule by Descent's name, e.g. beta1=0.8")
    parser.add_argument("--fused", action="store_true", help="PyTorch's fused optimizer, where a CPU has it")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--until", type=float, metavar="ACCURACY", help="stop at this test accuracy, e.g. 0.97")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="JSON lines on standard output")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    data = load(options.data)
    model = perceptron([int(width) for width in options.hidden.split(",")], options.dropout)
    settings = dict(options.set) | ({"learningRate": options.lr} if options.lr is not None else {})
    optimizer = optimizers.make(options.optimizer, model.parameters(), settings, **({"fused": True} if options.fused else {}))

    images, seconds = 0, 0.0
    for record in train(model, optimizer, data, options.batch_size, options.epochs, options.until):
        images += record.pop("images")
        steps = record.pop("steps")
        seconds += record["seconds"]
        if options.json:
            print(json.dumps(record), flush=True)
        else:
            print("epoch {epoch}: {seconds:.2f} s, loss {trainLoss:.4f}, accuracy {testAccuracy:.4f}".format(**record))
    result = {"testAccuracy": record["testAccuracy"], "trainSeconds": seconds, "imagesPerSecond": images / seconds,
              "steps": steps, "threads": options.threads, "torch": torch.__version__,
              "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    if options.json:
        print(json.dumps({"result": result}))
    else:
        print(f"{images / seconds:,.0f} images/s, {steps} steps, {result['peakMegabytes']:.0f} MB at most")
    if options.until is not None and record["testAccuracy"] < options.until:
        sys.exit(f"accuracy {options.until} was not reached in {options.epochs} epochs")


if __name__ == "__main__":
    main()
