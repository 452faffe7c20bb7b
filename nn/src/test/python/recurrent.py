"""Prints the numbers of recurrent.txt: what PyTorch's LSTM and GRU make of a given input, in float64.

For each layer the sequence of outputs and the last state, and the gradients of sum(output * (1, 2, 3, ...) / 10) plus the
sum of the last states with respect to input, initial state and all parameters. "Of several lengths": the sequences are
packed, of 2 and 4 steps.
Written with PyTorch 2.13.0 and Python 3.11.7:
python recurrent.py > ../resources/dev/descent/nn/layer/recurrent.txt
"""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)


def wave(shape, shift):
    """Numbers between -0.8 and 0.8 that both sides can write down."""
    size = torch.Size(shape).numel()
    return (0.8 * torch.sin(1.7 * torch.arange(size) + shift)).reshape(shape)


def show(name, values):
    print(f"{name}:", ", ".join(f"{value:.9g}" for value in values.detach().flatten().tolist()))


def run(name, layer, initial, lengths=None):
    x = wave((2, 4, 3), 0.5).requires_grad_()
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(wave(parameter.shape, i))
    given = [wave((layer.num_layers, 2, 2), 0.25 + i).requires_grad_() for i in range(2 if name.startswith("lstm") else 1)]
    state = None if not initial else given[0] if len(given) == 1 else tuple(given)
    if lengths:
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, last = layer(packed, state)
        y, _ = pad_packed_sequence(y, batch_first=True)
    else:
        y, last = layer(x, state)
    last = last if isinstance(last, tuple) else (last,)
    ((y * torch.arange(1.0, 17.0).reshape(y.shape) / 10).sum() + sum(each.sum() for each in last)).backward()
    show(f"{name} output", y)
    for i, each in enumerate(last):
        show(f"{name} last {i}", each)
    show(f"{name} input gradient", x.grad)
    for key, parameter in layer.named_parameters():
        show(f"{name} {key} gradient", parameter.grad)
    if initial:
        for i, each in enumerate(given):
            show(f"{name} initial {i} gradient", each.grad)


for kind in ("LSTM", "GRU"):
    for layers in (1, 2):
        layer = getattr(torch.nn, kind)(3, 2, layers, batch_first=True)
        run(f"{kind.lower()} of {layers}", layer, initial=False)
        layer.zero_grad()
        run(f"{kind.lower()} of {layers} from a state", layer, initial=True)
    layer.zero_grad()
    run(f"{kind.lower()} of several lengths", layer, initial=True, lengths=[2, 4])
