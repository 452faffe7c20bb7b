"""Learns to balance a pole on a cart with REINFORCE, as `descent policy` does.

    python bench/pytorch/programs/policy.py --seeds 20

The same task (Gymnasium's CartPole-v1, written out), the same network 4-128-2 with PyTorch's initialisation, ten episodes
played side by side for each step of Adam, the same baseline, until the last 100 episodes took 475 steps on average.
Prints a JSON line for each seed and one for all.
"""

import argparse
import json
import math
import random
import statistics
import time

import torch
from torch import nn

LONGEST, RECENT, SOLVED = 500, 100, 475


def pushed(state, right):
    """The state 0.02 seconds after a push: (position, velocity, angle, angular velocity)."""
    x, velocity, angle, angular = state
    sine, cosine = math.sin(angle), math.cos(angle)
    temp = ((10 if right else -10) + 0.05 * angular ** 2 * sine) / 1.1
    angular_acceleration = (9.8 * sine - cosine * temp) / (0.5 * (4 / 3 - 0.1 * cosine ** 2 / 1.1))
    acceleration = temp - 0.05 * angular_acceleration * cosine / 1.1
    return (x + 0.02 * velocity, velocity + 0.02 * acceleration, angle + 0.02 * angular,
            angular + 0.02 * angular_acceleration)


def failed(state):
    return abs(state[0]) > 2.4 or abs(state[2]) > 12 * 2 * math.pi / 360


@torch.no_grad()
def play(policy, count, decide):
    """Plays episodes side by side: (what was seen, what was done, which episode, when), and the lengths."""
    states = [tuple(random.uniform(-0.05, 0.05) for _ in range(4)) for _ in range(count)]
    seen, actions, episodes, times, lengths = [], [], [], [], [LONGEST] * count
    running = list(range(count))
    for now in range(LONGEST):
        if not running:
            break
        probabilities = policy(torch.tensor([states[i] for i in running])).softmax(1)[:, 1].tolist()
        going_on = []
        for episode, probability in zip(running, probabilities):
            right = decide(probability)
            seen.append(states[episode])
            actions.append(int(right))
            episodes.append(episode)
            times.append(now)
            states[episode] = pushed(states[episode], right)
            if failed(states[episode]):
                lengths[episode] = now + 1
            else:
                going_on.append(episode)
        running = going_on
    return (torch.tensor(seen), torch.tensor(actions), torch.tensor(episodes), torch.tensor(times)), lengths


def advantages(episodes, times, lengths, discount):
    """Discounted returns, less the mean of those from the same time on, over their root mean square."""
    left = torch.tensor(lengths)[episodes] - times
    returns = (1 - discount ** left.double()) / (1 - discount) if discount < 1 else left.double()
    sums = torch.zeros(LONGEST, dtype=torch.float64).index_add_(0, times, returns)
    counts = torch.zeros(LONGEST, dtype=torch.float64).index_add_(0, times, torch.ones_like(returns))
    better = returns - (sums / counts)[times]
    return (better / (better.square().mean().sqrt() + 1e-8)).float()


def learn(seed, options):
    torch.manual_seed(seed)
    random.seed(seed)
    policy = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 2))
    optimizer = torch.optim.Adam(policy.parameters(), lr=options.lr)
    lengths, steps = [], 0
    start = time.perf_counter()

    def mean():
        return statistics.fmean(lengths[-RECENT:]) if len(lengths) >= RECENT else 0

    while len(lengths) < options.episodes and mean() < SOLVED:
        (seen, actions, episodes, times), played = play(policy, options.batch_size, lambda p: random.random() < p)
        log_probabilities = policy(seen).log_softmax(1).gather(1, actions[:, None]).squeeze(1)
        loss = -(log_probabilities * advantages(episodes, times, played, options.discount)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        lengths += played
        steps += len(seen)
    seconds = time.perf_counter() - start
    _, tested = play(policy, 100, lambda p: p > 0.5)
    return {"seed": seed, "solved": mean() >= SOLVED, "episodes": len(lengths), "meanReturn": mean(),
            "testReturn": statistics.fmean(tested), "steps": steps, "seconds": round(seconds, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, metavar="N", help="seeds 1 to N (default %(default)s)")
    parser.add_argument("--episodes", type=int, default=2000, metavar="N", help="at most (default %(default)s)")
    parser.add_argument("--batch-size", type=int, default=10, metavar="N", help="episodes a step (default %(default)s)")
    parser.add_argument("--lr", type=float, default=0.02, help="learning rate (default %(default)s)")
    parser.add_argument("--discount", type=float, default=0.99, help="(default %(default)s)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="(default %(default)s)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    results = []
    for seed in range(1, options.seeds + 1):
        results.append(learn(seed, options))
        print(json.dumps(results[-1]), flush=True)
    episodes = [result["episodes"] for result in results]
    print(json.dumps({"torch": torch.__version__, "seeds": len(results),
                      "solved": sum(result["solved"] for result in results),
                      "meanEpisodes": statistics.fmean(episodes), "deviation": statistics.stdev(episodes),
                      "meanTestReturn": statistics.fmean(result["testReturn"] for result in results),
                      "seconds": round(statistics.fmean(result["seconds"] for result in results), 2)}))


if __name__ == "__main__":
    main()
