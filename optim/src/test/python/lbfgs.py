"""Writes where PyTorch's LBFGS goes in float64, with its strong Wolfe line search: the oracle of Descent's.

    python optim/src/test/python/lbfgs.py            writes the file, the same bytes every time
    python optim/src/test/python/lbfgs.py --check    compares with the file; exit code 1 if it differs

The file is src/test/resources/dev/descent/optim/quasinewton/lbfgs.json:

    {"torch": "2.13.0+cpu", "cases": [
      {"function": "rosenbrock", "settings": {...}, "start": [...],
       "steps": [{"loss": before the step, "point": [after it], "iterations": n, "evaluations": m}, ...]}]}

iterations and evaluations count from the start. Functions have gradients written by hand, in the same order of
operations as in the Java test, so that the two differ by rounding in the optimizer alone. Along a curved valley that
difference grows with every direction; the cases end before it reaches 1e-12.
"""

import json
import sys
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FILE = Path(__file__).parent.parent / "resources/dev/descent/optim/quasinewton/lbfgs.json"


def rosenbrock(x):
    """The sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2."""
    value, gradient = 0.0, [0.0] * len(x)
    for i in range(len(x) - 1):
        a, b = x[i + 1] - x[i] * x[i], 1 - x[i]
        value += 100 * a * a + b * b
        gradient[i] += -400 * a * x[i] - 2 * b
        gradient[i + 1] += 200 * a
    return value, gradient


def beale(x):
    value, gradient, power = 0.0, [0.0, 0.0], 1.0
    for i, c in enumerate((1.5, 2.25, 2.625), start=1):
        before, power = power, power * x[1]
        a = c - x[0] + x[0] * power
        value += a * a
        gradient[0] += 2 * a * (power - 1)
        gradient[1] += 2 * a * (x[0] * i * before)
    return value, gradient


def bowl(x):
    """Half the sum of 10^i x[i]^2."""
    value, gradient, curvature = 0.0, [0.0] * len(x), 1.0
    for i in range(len(x)):
        value += 0.5 * curvature * x[i] * x[i]
        gradient[i] = curvature * x[i]
        curvature *= 10
    return value, gradient


def case(function, start, steps, **settings):
    usual = {"learningRate": 1.0, "iterations": 20, "evaluations": 25, "gradientTolerance": 1e-7, "changeTolerance": 1e-9,
             "history": 100} | settings
    parameter = torch.nn.Parameter(torch.tensor(start))
    optimizer = torch.optim.LBFGS(
        [parameter], lr=usual["learningRate"], max_iter=usual["iterations"], max_eval=usual["evaluations"],
        tolerance_grad=usual["gradientTolerance"], tolerance_change=usual["changeTolerance"],
        history_size=usual["history"], line_search_fn="strong_wolfe")

    def closure():
        value, gradient = function(parameter.tolist())
        parameter.grad = torch.tensor(gradient)
        return torch.tensor(value)

    recorded = []
    for _ in range(steps):
        loss = optimizer.step(closure).item()
        state = optimizer.state[parameter]
        recorded.append({"loss": loss, "point": parameter.tolist(), "iterations": state["n_iter"],
                         "evaluations": state["func_evals"]})
    return {"function": function.__name__, "settings": usual, "start": start, "steps": recorded}


def text():
    cases = [
        case(rosenbrock, [-1.2, 1.0], 40, iterations=1),
        case(rosenbrock, [-1.2, 1.0], 4),
        case(rosenbrock, [-1.2, 1.0], 10, iterations=2, history=3, learningRate=0.5),
        case(rosenbrock, [-1.2, 1.0, -1.2, 1.0, -1.2, 1.0], 4, iterations=5, evaluations=6, history=5),
        case(beale, [1.0, 1.0], 20, iterations=1),
        case(beale, [2.8, 0.35], 5, iterations=3, evaluations=4),
        case(bowl, [1.0, 1.0, 1.0, 1.0], 8, iterations=3),
        case(bowl, [5.0, -3.0, 2.0], 3, gradientTolerance=1e-3, changeTolerance=1e-5),
        case(bowl, [0.0, 0.0], 2),
    ]
    return (f'{{"torch": "{torch.__version__}", "cases": [\n' + ",\n".join(map(json.dumps, cases)) + "]}\n")


def main():
    if "--check" in sys.argv:
        if FILE.read_text(encoding="utf-8") != text():
            sys.exit(f"{FILE.name} is not what this script writes")
        return
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
