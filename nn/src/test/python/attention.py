"""Prints the numbers of attention.txt: what PyTorch makes of attention, transformers and embeddings, in float64.

For each case the output, and the gradients of sum(output * weights) with respect to inputs and parameters. Element i of
the n-th tensor of a case is ((37 i + 11 n) mod 101 - 50) / 64; inputs count first, then parameters in the order of the
state dict, then the weights.
Written with PyTorch 2.13.0 and Python 3.11.7:
python attention.py > ../resources/dev/descent/nn/layer/attention.txt
"""

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def numbers(shape, seed):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return (((37 * i + 11 * seed) % 101 - 50) / 64).reshape(shape)


def show(name, values):
    print(f"{name}:", ", ".join(f"{value:.9g}" for value in values.detach().flatten().tolist()))


def run(name, shapes, function, layer=None):
    inputs = [numbers(shape, n).requires_grad_() for n, shape in enumerate(shapes)]
    parameters = list(layer.named_parameters()) if layer else []
    with torch.no_grad():
        for n, (_, parameter) in enumerate(parameters):
            parameter.copy_(numbers(parameter.shape, len(inputs) + n))
    y = function(*inputs)
    (y * numbers(y.shape, len(inputs) + len(parameters))).sum().backward()
    show(f"{name} output", y)
    for n, x in enumerate(inputs):
        show(f"{name} input {n} gradient", x.grad)
    for key, parameter in parameters:
        show(f"{name} {key} gradient", parameter.grad)


QUERY, KEY, VALUE = (2, 3, 4, 5), (2, 3, 6, 5), (2, 3, 6, 2)
ALLOWED = torch.tensor([[1, 0, 1, 1, 0, 1], [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [0, 0, 1, 0, 0, 0]]).bool()
ADDED = numbers((3, 4, 6), 7)
attend = F.scaled_dot_product_attention
run("attention", (QUERY, KEY, VALUE), attend)
run("attention with a boolean mask", (QUERY, KEY, VALUE), lambda q, k, v: attend(q, k, v, ALLOWED))
run("attention with an added mask", (QUERY, KEY, VALUE, ADDED.shape), attend)
run("causal attention", (QUERY, KEY, VALUE), lambda q, k, v: attend(q, k, v, is_causal=True))

# Its own masks say where not to look.
heads = nn.MultiheadAttention(6, 3, batch_first=True)
run("self-attention", ((2, 4, 6),), lambda x: heads(x, x, x)[0], heads)
heads = nn.MultiheadAttention(6, 3, batch_first=True)
run("cross-attention", ((2, 3, 6), (2, 5, 6), (2, 5, 6)),
    lambda q, k, v: heads(q, k, v, key_padding_mask=torch.tensor([[0, 0, 0, 0, 1], [1, 0, 1, 0, 0]]).bool())[0], heads)

for first in (False, True):
    for activation in ("relu", "gelu"):
        layer = nn.TransformerEncoderLayer(6, 2, 8, 0.0, activation, batch_first=True, norm_first=first)
        run(f"encoder, norm {'first' if first else 'last'}, {activation}", ((2, 4, 6),), layer, layer)
layer = nn.TransformerEncoderLayer(6, 2, 8, 0.0, batch_first=True)
causal = nn.Transformer.generate_square_subsequent_mask(4)
run("causal encoder", ((2, 4, 6),), lambda x: layer(x, causal, is_causal=True), layer)

rows = torch.tensor([[3, 1, 0], [1, 1, 2]])
for padding in (None, 1):
    table = nn.Embedding(4, 3, padding)
    run(f"embedding, padding {padding}", (), lambda: table(rows), table)
