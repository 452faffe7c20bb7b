"""The same as `descent charlm` in PyTorch: a causal transformer foretells the characters of Moby-Dick.

The same text, split in the same place, the same layers as PyTorch initialises them (positions with a deviation of 0.02, as
Descent's), AdamW and cosine. Reads the novel that comes with Descent. Prints a JSON line for each seed and one with the mean.

    python charlm.py [--seeds 2] [--threads 2]
"""

import argparse
import gzip
import json
import math
import statistics
import time
from pathlib import Path

import torch
from torch import nn

NOVEL = Path(__file__).parents[3] / "examples/src/main/resources/dev/descent/examples/novel/moby-dick.txt.gz"
WIDTH, HEADS, LAYERS, CONTEXT, DROPOUT = 128, 4, 2, 64, 0.0
BATCH = 64


def load():
    """The numbers of the characters, nine tenths and the rest, and how many kinds there are."""
    text = gzip.decompress(NOVEL.read_bytes()).decode("utf-8")
    alphabet = sorted(set(text))
    numbers = torch.tensor([alphabet.index(character) for character in text])
    split = len(text) - len(text) // 10
    return numbers[:split], numbers[split:], len(alphabet)


class CharacterModel(nn.Module):
    def __init__(self, characters):
        super().__init__()
        self.embedding = nn.Embedding(characters, WIDTH)
        self.positions = nn.Parameter(0.02 * torch.randn(CONTEXT, WIDTH))
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(WIDTH, HEADS, 4 * WIDTH, DROPOUT, "gelu", batch_first=True, norm_first=True)
            for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.output = nn.Linear(WIDTH, characters)
        self.mask = nn.Transformer.generate_square_subsequent_mask(CONTEXT)

    def forward(self, characters):
        x = self.embedding(characters) + self.positions
        for layer in self.layers:
            x = layer(x, src_mask=self.mask, is_causal=True)
        return self.output(self.norm(x))


@torch.inference_mode()
def bits_per_character(model, text):
    """Windows overlap by half, the later half of each counts."""
    model.eval()
    half = CONTEXT // 2
    starts = half * torch.arange((len(text) - 1 - half) // half)
    nats = 0
    for batch in starts.split(BATCH):
        places = batch[:, None] + torch.arange(CONTEXT)
        logits = model(text[places])[:, half:]
        nats += nn.functional.cross_entropy(logits.flatten(0, 1), text[places + 1][:, half:].flatten()).item() * len(batch)
    model.train()
    return nats / len(starts) / math.log(2)


def train(training, test, characters, seed, steps, batch_size):
    torch.manual_seed(seed)
    model = CharacterModel(characters)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    start = time.perf_counter()
    for _ in range(steps):
        places = torch.randint(len(training) - CONTEXT, (batch_size, 1)) + torch.arange(CONTEXT)
        loss = nn.functional.cross_entropy(model(training[places]).flatten(0, 1), training[places + 1].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    seconds = time.perf_counter() - start
    return {"seed": seed, "testBitsPerCharacter": bits_per_character(model, test), "trainSeconds": round(seconds, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first seed (default 1)")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="how many seeds (default 2)")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    training, test, characters = load()
    rows = []
    for seed in range(options.seed, options.seed + options.seeds):
        rows.append(train(training, test, characters, seed, options.steps, options.batch_size))
        print(json.dumps(rows[-1]), flush=True)
    bits = [row["testBitsPerCharacter"] for row in rows]
    print(json.dumps({"torch": torch.__version__, "trainingCharacters": len(training), "testCharacters": len(test),
                      "mean": statistics.mean(bits), "min": min(bits), "max": max(bits)}))


if __name__ == "__main__":
    main()
