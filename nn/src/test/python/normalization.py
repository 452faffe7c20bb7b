"""Prints the numbers of normalization.txt: what PyTorch's normalising layers make of a given input, in float64.

For each layer the output, and the gradients of sum(output * (1, 2, 3, ...)) with respect to input, weight and bias;
for batch norm also the running statistics after one batch, the output in evaluation after it, and the statistics after a
second batch, the square of the first.
Written with PyTorch 2.13.0 and Python 3.11.7:
python normalization.py > ../resources/dev/descent/nn/layer/normalization.txt
"""

import torch

torch.set_default_dtype(torch.float64)
INPUT = [0.5, -1.25, 2.0, 0.75, 3.5, -0.5, 1.0, 0.25, -2.0, 1.5, 0.125, -0.75]


def show(name, values):
    print(f"{name}:", ", ".join(f"{value:.9g}" for value in values.detach().flatten().tolist()))


def run(name, layer, shape):
    x = torch.tensor(INPUT).reshape(shape).requires_grad_()
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(torch.linspace(0.5 - i, 1.5 - i, parameter.numel()).reshape(parameter.shape))
    y = layer(x)
    (y * torch.arange(1.0, 13.0).reshape(shape)).sum().backward()
    show(f"{name} output", y)
    show(f"{name} input gradient", x.grad)
    for key, parameter in layer.named_parameters():
        show(f"{name} {key} gradient", parameter.grad)
    for key, buffer in layer.named_buffers():
        show(f"{name} {key}", buffer)
    if name.startswith("batch"):
        show(f"{name} evaluation", layer.eval()(x))
        layer.train()(x.square())
        for key, buffer in layer.named_buffers():
            show(f"{name} second {key}", buffer)


run("layer norm", torch.nn.LayerNorm((3,)), (4, 3))
run("layer norm of two axes", torch.nn.LayerNorm((2, 3)), (2, 2, 3))
run("rms norm", torch.nn.RMSNorm(3, eps=2.0**-23), (4, 3))
run("batch norm", torch.nn.BatchNorm1d(3), (4, 3))
run("batch norm, cumulative", torch.nn.BatchNorm1d(3, momentum=None), (4, 3))
run("batch norm of images", torch.nn.BatchNorm2d(2), (3, 2, 1, 2))
