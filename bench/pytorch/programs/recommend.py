"""Learns factors of users and items by rows and with whole tables, as `descent recommend` does.

    python bench/pytorch/programs/recommend.py

Ratings of the same recipe (PyTorch's random numbers), the same model, start, batches and rules: SGD and Adagrad, each with
nn.Embedding(sparse=True) and without, and SparseAdam beside Adam. Prints a JSON line for each.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn


def ratings(users, items, count):
    """Pairs of user and item, no pair twice, and their stars."""
    user_own, item_own = 0.3 * torch.randn(users), 0.4 * torch.randn(items)
    share = (0.6 / 4 ** 0.5) ** 0.5
    user_tastes, item_tastes = share * torch.randn(users, 4), share * torch.randn(items, 4)
    popularity = torch.cumsum(1 / (torch.arange(items, dtype=torch.float64) + 100), 0)
    by_popularity = torch.randperm(items)
    pairs = torch.empty(0, dtype=torch.long)
    while len(pairs) < count:
        places = torch.searchsorted(popularity, popularity[-1] * torch.rand(count, dtype=torch.float64), right=True)
        more = torch.randint(users, (count,)) * items + by_popularity[places.clamp_max(items - 1)]
        pairs = torch.unique(torch.cat([pairs, more]))
    pairs = pairs[torch.randperm(len(pairs))[:count]]
    user, item = pairs // items, pairs % items
    rating = 3.5 + user_own[user] + item_own[item] + (user_tastes[user] * item_tastes[item]).sum(1)
    return user, item, (rating + 0.5 * torch.randn(count)).round().clamp(1, 5)


class Factors(nn.Module):
    def __init__(self, users, items, factors, mean, sparse):
        super().__init__()
        self.mean = mean
        self.users, self.items = (nn.Embedding(rows, factors, sparse=sparse) for rows in (users, items))
        self.user_bias, self.item_bias = (nn.Embedding(rows, 1, sparse=sparse) for rows in (users, items))
        for table in (self.users, self.items):
            nn.init.normal_(table.weight, std=0.1)
        for table in (self.user_bias, self.item_bias):
            nn.init.zeros_(table.weight)

    def forward(self, user, item):
        own = self.user_bias(user) + self.item_bias(item)
        return (self.users(user) * self.items(item)).sum(1) + own.squeeze(1) + self.mean


def learn(data, options, make, sparse):
    user, item, stars = data
    held_out = len(stars) // 10
    torch.manual_seed(options.seed + 1)
    model = Factors(options.users, options.items, options.factors, stars[held_out:].mean().item(), sparse)
    optimizer = make(model.parameters())
    seconds = []
    for _ in range(options.epochs):
        for batch in (torch.randperm(len(stars) - held_out) + held_out).split(options.batch_size)[:options.steps]:
            users, items, targets = user[batch], item[batch], stars[batch]
            start = time.perf_counter()
            loss = nn.functional.mse_loss(model(users, items), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            seconds.append(time.perf_counter() - start)
    with torch.no_grad():
        error = nn.functional.mse_loss(model(user[:held_out], item[:held_out]), stars[:held_out]).sqrt().item()
    return {"testError": round(error, 4), "millisecondsPerStep": round(1000 * statistics.median(seconds), 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("users", 2000), ("items", 100000), ("ratings", 600000), ("factors", 32), ("epochs", 3),
                        ("batch-size", 128), ("seed", 1), ("threads", 1)):
        parser.add_argument(f"--{name}", type=int, default=value, metavar="N", help=f"(default {value})")
    parser.add_argument("--steps", type=int, metavar="N", help="of an epoch at most; for times alone")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the rules whose name contains TEXT")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    data = ratings(options.users, options.items, options.ratings)
    for name, sparse, make in (
            ("SGD", True, lambda p: torch.optim.SGD(p, lr=4)),
            ("SGD", False, lambda p: torch.optim.SGD(p, lr=4)),
            ("Adagrad", True, lambda p: torch.optim.Adagrad(p, lr=0.05)),
            ("Adagrad", False, lambda p: torch.optim.Adagrad(p, lr=0.05)),
            ("SparseAdam", True, lambda p: torch.optim.SparseAdam(list(p), lr=0.001)),
            ("Adam", False, lambda p: torch.optim.Adam(p, lr=0.001))):
        if options.only in name:
            result = learn(data, options, make, sparse)
            print(json.dumps({"torch": torch.__version__, "rule": name, "sparse": sparse, **result}), flush=True)


if __name__ == "__main__":
    main()
