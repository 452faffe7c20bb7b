"""A PyTorch module and its safetensors file, for PyTorchTest.

python safetensors_module.py write FOLDER   writes module.safetensors with the Python library, and output.txt, what the
                                            module makes of its input; the files among the resources were written so
                                            with PyTorch 2.13.0, safetensors 0.8.0 and Python 3.11.7
python safetensors_module.py module FILE    loads a file into the same module, strictly, and prints what it makes of
                                            the same input
python safetensors_module.py list FILE      prints type, shape and CRC-32 of each tensor of a file

Reading is done here, in the few lines that the format takes; where the Python library is there, it has to agree.
"""

import json
import struct
import sys
import zlib

import torch

TYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}


def read(file):
    with open(file, "rb") as stream:
        data = stream.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        dtype = TYPES[entry["dtype"]]
        # frombuffer refuses an empty buffer
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=dtype) if begin < end else torch.empty(0, dtype=dtype)
        tensors[name] = flat.reshape(entry["shape"])
    try:
        from safetensors.torch import load_file
    except ImportError:
        return tensors
    other = load_file(file)
    assert other.keys() == tensors.keys()
    assert all(torch.equal(other[name], tensors[name]) for name in tensors)
    return tensors


def module():
    torch.manual_seed(1)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3),
        torch.nn.BatchNorm2d(2),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Linear(32, 3),
    )


def output(net):
    images = torch.linspace(-1, 1, 72).reshape(2, 1, 6, 6)
    with torch.no_grad():
        return " ".join(repr(value) for value in net.eval()(images).flatten().tolist())


command, path = sys.argv[1:]
if command == "write":
    from safetensors.torch import save_file

    net = module()
    net(torch.randn(8, 1, 6, 6))  # running means and variances that are not those of the start
    save_file(net.state_dict(), f"{path}/module.safetensors", metadata={"format": "pt"})
    with open(f"{path}/output.txt", "w") as stream:
        print(output(net), file=stream)
elif command == "module":
    net = module()
    net.load_state_dict(read(path), strict=True)
    print(output(net))
else:
    for name, tensor in sorted(read(path).items()):
        dtype = str(tensor.dtype).removeprefix("torch.")
        print(name, dtype, list(tensor.shape), zlib.crc32(tensor.numpy().tobytes()), sep="|")
