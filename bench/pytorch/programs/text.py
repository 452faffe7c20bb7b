"""The same as `descent text` in PyTorch: which language is a word of?

The same words, split into the same parts, the same layers as PyTorch initialises them, dropout, Adam and cosine. Reads the
word lists that come with Descent. Prints a JSON line for each seed and one with the mean.

    python text.py [--seeds 3] [--threads 2]
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

WORDS = Path(__file__).parents[3] / "examples/src/main/resources/dev/descent/examples/words"
LETTERS, LONGEST, BEGINNING, TEST_STEP = 26, 16, 4, 5


def load():
    """Words and the numbers of their languages, to learn from and to test with: every fifth family for the test."""
    training, test = [], []
    for language, file in enumerate(sorted(WORDS.glob("*.txt"))):
        family, before = -1, None
        for word in file.read_text(encoding="utf-8").split():
            if word[:BEGINNING] != before:
                family, before = family + 1, word[:BEGINNING]
            (test if family % TEST_STEP == 0 else training).append((word, language))
    return tensors(training), tensors(test)


def tensors(words):
    numbers = torch.zeros(len(words), LONGEST, dtype=torch.long)
    for i, (word, _) in enumerate(words):
        numbers[i, :len(word)] = torch.tensor([ord(letter) - ord("a") + 1 for letter in word])
    return numbers, torch.tensor([len(word) for word, _ in words]), torch.tensor([language for _, language in words])


class WordReader(nn.Module):
    def __init__(self, features, cells, classes, dropout):
        super().__init__()
        self.embedding = nn.Embedding(LETTERS + 1, features, padding_idx=0)
        self.dropout = nn.Dropout(dropout)
        self.lstm = nn.LSTM(features, cells, 2, batch_first=True, dropout=dropout)
        self.output = nn.Linear(cells, classes)

    def forward(self, words, lengths):
        letters = self.dropout(self.embedding(words))
        packed = pack_padded_sequence(letters, lengths, batch_first=True, enforce_sorted=False)
        _, (hidden, _) = self.lstm(packed)
        return self.output(self.dropout(hidden[-1]))


def train(training, test, seed, epochs, batch_size):
    torch.manual_seed(seed)
    words, lengths, languages = training
    model = WordReader(32, 128, 10, 0.3)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    steps = epochs * -(-len(words) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    start = time.perf_counter()
    for _ in range(epochs):
        for batch in torch.randperm(len(words)).split(batch_size):
            loss = nn.functional.cross_entropy(model(words[batch], lengths[batch]), languages[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    seconds = time.perf_counter() - start
    model.eval()
    with torch.inference_mode():
        right = model(test[0], test[1]).argmax(1) == test[2]
    return {"seed": seed, "testAccuracy": right.double().mean().item(), "trainSeconds": round(seconds, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="seeds 1 to N (default 3)")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    training, test = load()
    rows = []
    for seed in range(1, options.seeds + 1):
        rows.append(train(training, test, seed, options.epochs, options.batch_size))
        print(json.dumps(rows[-1]), flush=True)
    accuracies = [row["testAccuracy"] for row in rows]
    print(json.dumps({"torch": torch.__version__, "trainingWords": len(training[0]), "testWords": len(test[0]),
                      "mean": statistics.mean(accuracies), "min": min(accuracies), "max": max(accuracies)}))


if __name__ == "__main__":
    main()
