"""Writes the .npy and .npz files of NpyArrayTest: NumPy's own, for types, byte orders, layouts and versions.

Written with NumPy 2.4.6 and Python 3.11.7: python arrays.py ../resources/dev/descent/nn/data
"""

import sys

import numpy as np

folder = sys.argv[1]
values = np.array([[0, 1, 2], [3, 100, 7]])

arrays = {
    name: values.astype(name)
    for name in ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
}
for name in ["float16", "float32", "float64"]:
    arrays[name] = (values / 4 - 1).astype(name)
arrays["big"] = arrays["float32"].astype(">f4")
arrays["columns"] = np.asfortranarray(arrays["int16"])
arrays["cube"] = np.asfortranarray(np.arange(24, dtype="u1").reshape(2, 3, 4))
arrays["scalar"] = np.array(2.5)
arrays["line"] = np.arange(5, dtype="<i4")
arrays["empty"] = np.zeros((0, 3), dtype="f4")
arrays["large"] = np.array([2**64 - 1, 2**63, 2**53 + 1], dtype="u8")

np.savez(f"{folder}/arrays.npz", **arrays)
np.savez_compressed(f"{folder}/compressed.npz", **{key: arrays[key] for key in ["line", "cube"]})
np.save(f"{folder}/float32.npy", arrays["float32"])
with open(f"{folder}/version2.npy", "wb") as file:
    np.lib.format.write_array(file, arrays["line"], version=(2, 0))
