"""Writes where Gymnasium's CartPole-v1 goes: the oracle of the cart-pole.

    python examples/src/test/python/cart_pole.py            writes the file, the same bytes every time
    python examples/src/test/python/cart_pole.py --check    compares with the file; exit code 1 if it differs

The file is src/test/resources/dev/descent/examples/policy/cart-pole.json. Numbers are printed so that they round-trip.

    {"gymnasium": "1.3.0",
     "episodes": [
      {"start": [position, velocity, angle, angular velocity],
       "pushes": "RLR...",                  to the right or left, one for each step
       "states": [[...], ...],              after each step
       "failed": true}]}                    whether the last state is one of failure; those before are not
"""

import argparse
import json
import sys
from pathlib import Path

import gymnasium

FILE = Path(__file__).parent.parent / "resources/dev/descent/examples/policy/cart-pole.json"


def episode(seed, decide, steps):
    environment = gymnasium.make("CartPole-v1")
    environment.reset(seed=seed)
    state = environment.unwrapped.state
    result = {"start": [float(value) for value in state], "pushes": "", "states": [], "failed": False}
    while len(result["pushes"]) < steps and not result["failed"]:
        right = decide(state, len(result["pushes"]))
        result["failed"] = environment.step(int(right))[2]
        state = environment.unwrapped.state
        result["pushes"] += "R" if right else "L"
        result["states"].append([float(value) for value in state])
    return result


def episodes():
    yield episode(1, lambda state, step: True, 100)
    yield episode(2, lambda state, step: False, 100)
    yield episode(3, lambda state, step: step % 3 != 0, 100)
    yield episode(4, lambda state, step: step % 2 == 0, 100)
    yield episode(5, lambda state, step: state[2] + state[3] > 0, 60)
    yield episode(6, lambda state, step: state[2] + 0.3 * state[3] > 0.05, 500)  # leans to the right, and leaves the track


def contents():
    lines = ",\n".join(json.dumps(each) for each in episodes())
    return f'{{"gymnasium": "{gymnasium.__version__}",\n"episodes": [\n{lines}]}}\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; compare with the file")
    text = contents()
    if parser.parse_args().check:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            sys.exit(f"not what this script writes: {FILE.name}")
        return
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
