"""Writes what PyTorch's optimizers of matrices do in float64: the oracle of Adafactor and Muon; and of Shampoo, which
PyTorch does not have: a transcription of its formulas with torch.linalg.

    python optim/src/test/python/matrix_trajectories.py            writes the files, the same bytes every time
    python optim/src/test/python/matrix_trajectories.py --check    compares with the files; exit code 1 if they differ

The files are in src/test/resources/dev/descent/optim/rule/matrices, with the layout of trajectories.py, and besides

    "shape": [2, 3]      of the parameter, in each case; parameters, gradients and state are lists of all its numbers

PyTorch's Muon computes the direction in bfloat16, where nothing could be compared to more than two digits. Here
Tensor.bfloat16 is replaced by a copy in float64; all else is PyTorch's code.
"""

import argparse
import json
import random
import sys
from pathlib import Path
from unittest import mock

import torch
from torch import optim

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FOLDER = Path(__file__).parent.parent / "resources/dev/descent/optim/rule/matrices"
STEPS, COORDINATES, CHANGE = 200, 6, 100
RECORDED = (1, 2, 3, 5, 10, 20, 50, 99, 100, 150, 200)
INITIAL = [0.0, 0.53, -1.27, 0.31, -0.02, 0.8]
SHAPES = {"wide": [2, 3], "tall": [3, 2], "vector": [6]}


def short(x):
    """Four significant digits: any gradient will do, and this one can be read and stored cheaply."""
    return float(f"{x:.4g}")


def gradients():
    """kind -> [step][coordinate]"""
    chance = random.Random(21)

    def normal(_):
        return [chance.gauss(mean, 1) for mean in (0, 0.3, -0.5, 0, 0.1, 2)]

    def mixed_scales(_):
        return [scale * chance.gauss(0, 1) for scale in (1e-6, 1e-3, 1, 1e3, 1e-4, 10)]

    def sparse(step):
        present = (chance.random() < 0.1, step % 32 < 8, step >= 60, step == 1, False, step % 3 == 0)
        return [chance.gauss(0, 1) if here else 0.0 for here in present]

    def constant(_):
        return [1.0, -0.003, 2.5, 25.0, -0.2, 3.0]

    kinds = {"normal": normal, "mixedScales": mixed_scales, "sparse": sparse, "constant": constant}
    return {name: [[short(g) for g in kind(step)] for step in range(1, STEPS + 1)] for name, kind in kinds.items()}


def adafactor(settings):
    return optim.Adafactor, {
        "lr": settings["learningRate"], "beta2_decay": settings["beta2Decay"],
        "eps": (settings["epsilon1"], settings["epsilon2"]), "d": settings["threshold"],
        "weight_decay": settings["weightDecay"], "foreach": False}


def muon(settings):
    return optim.Muon, {
        "lr": settings["learningRate"], "momentum": settings["momentum"], "weight_decay": settings["weightDecay"],
        "eps": settings["epsilon"], "ns_steps": settings["iterations"]}


class TranscribedShampoo(optim.Optimizer):
    """Algorithm 1 of arXiv 1802.09568; epsilon as in arXiv 2002.09018, a part of the largest eigenvalue."""

    def __init__(self, parameters, lr, epsilon, interval):
        super().__init__(parameters, {"lr": lr, "epsilon": epsilon, "interval": interval})

    @staticmethod
    def inverse_fourth_root(matrix, epsilon):
        largest = torch.linalg.eigvalsh(matrix)[-1]
        values, vectors = torch.linalg.eigh(matrix + epsilon * largest * torch.eye(len(matrix)))
        return vectors @ torch.diag(values.pow(-0.25)) @ vectors.T

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                gradient = parameter.grad.reshape(len(parameter), -1)
                rows, columns = gradient.shape
                state = self.state[parameter]
                if not state:
                    state.update(t=0, l=torch.zeros(rows, rows), r=torch.zeros(columns, columns))
                state["t"] += 1
                state["l"] += gradient @ gradient.T
                state["r"] += gradient.T @ gradient
                if not state["l"].any():
                    continue
                if state["t"] <= group["interval"] or state["t"] % group["interval"] == 0:
                    self.left = self.inverse_fourth_root(state["l"], group["epsilon"])
                    self.right = self.inverse_fourth_root(state["r"], group["epsilon"])
                parameter -= group["lr"] * (self.left @ gradient @ self.right).reshape(parameter.shape)


def shampoo(settings):
    return TranscribedShampoo, {
        "lr": settings["learningRate"], "epsilon": settings["epsilon"], "interval": settings["interval"]}


FACTOR = {"learningRate": 0.01, "beta2Decay": -0.8, "epsilon1": 2.0 ** -23, "epsilon2": 1e-3, "threshold": 1.0,
          "weightDecay": 0.0}
ORTHOGONAL = {"learningRate": 0.001, "momentum": 0.95, "weightDecay": 0.1, "epsilon": 1e-7, "iterations": 5}
ROOTS = {"learningRate": 0.1, "epsilon": 1e-6, "interval": 10}
CATALOGUE = {
    "adafactor": (adafactor, ("wide", "tall", "vector"), {
        "defaults": FACTOR,
        "unusual": FACTOR | {"learningRate": 0.3, "beta2Decay": -0.3, "epsilon1": 1e-2, "epsilon2": 0.5, "threshold": 2.0,
                             "weightDecay": 0.1},
        "change": FACTOR | {"learningRate": 0.1, "then": 0.01},
    }),
    "muon": (muon, ("wide", "tall"), {
        "defaults": ORTHOGONAL,
        "unusual": ORTHOGONAL | {"learningRate": 0.05, "momentum": 0.5, "weightDecay": 0.0, "epsilon": 0.5, "iterations": 3},
        "change": ORTHOGONAL | {"learningRate": 0.02, "then": 0.002},
    }),
    "shampoo": (shampoo, ("wide", "tall", "vector"), {
        "defaults": ROOTS,
        "unusual": ROOTS | {"learningRate": 0.3, "epsilon": 0.01, "interval": 1},
        "change": ROOTS | {"interval": 7, "then": 0.01},
    }),
}


def run(optimizer_class, keywords, shape, rows, later_learning_rate):
    """(parameters after the recorded steps, final state)"""
    parameter = torch.nn.Parameter(torch.tensor(INITIAL).reshape(shape))
    optimizer = optimizer_class([parameter], **keywords)
    recorded = {}
    for step, row in enumerate(rows, start=1):
        if step == CHANGE and later_learning_rate is not None:
            optimizer.param_groups[0]["lr"] = later_learning_rate
        parameter.grad = torch.tensor(row).reshape(shape)
        with mock.patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone):
            optimizer.step()
        if step in RECORDED:
            recorded[step] = parameter.flatten().tolist()
    state = {name: value.flatten().tolist() for name, value in optimizer.state[parameter].items()
             if torch.is_tensor(value) and name != "step"}
    return recorded, state


def nested(name, values):
    return f'"{name}": {{' + ",\n  ".join(f'"{key}": {json.dumps(value)}' for key, value in values.items()) + "}"


def case(name, make, settings, shape, kind, rows):
    settings = dict(settings)
    later = settings.pop("then", None)
    optimizer_class, keywords = make(settings)
    recorded, state = run(optimizer_class, keywords, SHAPES[shape], rows, later)
    fields = {"name": f"{name}, {shape}", "settings": settings,
              "arguments": ", ".join(f"{key}={value!r}" for key, value in keywords.items()),
              **({"learningRateChange": {"step": CHANGE, "learningRate": later}} if later is not None else {}),
              "shape": SHAPES[shape], "gradients": kind, "initial": INITIAL}
    lines = [f'"{key}": {json.dumps(value)}' for key, value in fields.items()]
    lines += [nested("parameters", recorded), nested("state", state)]
    return "{" + ",\n ".join(lines) + "}"


def contents():
    """file name -> text"""
    kinds = gradients()
    rows = ",\n".join(f'"{kind}": [\n' + ",\n".join(map(json.dumps, rows)) + "]" for kind, rows in kinds.items())
    result = {"gradients.json":
              f'{{"torch": "{torch.__version__}", "steps": {STEPS},\n"gradients": {{\n{rows}}}}}\n'}
    for rule, (make, shapes, configurations) in CATALOGUE.items():
        cases = [case(name, make, settings, shape, kind, rows)
                 for name, settings in configurations.items() for shape in shapes for kind, rows in kinds.items()]
        result[rule + ".json"] = (f'{{"rule": "{rule}", "torch": "{torch.__version__}", "cases": [\n'
                                  + ",\n".join(cases) + "]}\n")
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; compare with the files")
    check = parser.parse_args().check
    texts = contents()
    if check:
        different = [name for name, text in texts.items()
                     if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text]
        if different:
            sys.exit(f"not what this script writes: {', '.join(different)}")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        json.loads(text)
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
