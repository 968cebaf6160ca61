"""Writes array_file.h5, an HDF5 file of arrays and a text as checkpoints are, which `ArrayFile` must read.

    python make.py            # needs h5py and numpy

    python make.py FILE       # checks a checkpoint.h5 that Graft wrote, and lists what is in it
"""

import json
import pathlib
import sys
import zlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent


BLOCK = 512
TITLE = b"Graft arrays in HDF5 from byte 512 on, whose CRC-32 is "


def block(path):
    """The first bytes of a file, which say what zlib's CRC-32 of the others is."""
    return (TITLE + f"{zlib.crc32(path.read_bytes()[BLOCK:]):08x}\n".encode()).ljust(BLOCK, b"\0")


def write(path):
    text = "checkpoint ü"
    arrays = {
        "parameters/dense/kernel": (np.arange(6, dtype=np.float32) / np.float32(3)).reshape(3, 2),
        "parameters/a": np.float32([1.5]),
        "best/dense/bias": np.float32([-0.0, 2]),
    }
    with h5py.File(path, "w", userblock_size=BLOCK) as file:
        file.attrs["text"] = text
        for name, array in arrays.items():
            file[name] = array
    data = path.read_bytes()
    path.write_bytes(block(path) + data[BLOCK:])


def check(path):
    arrays = {}
    with h5py.File(path) as file:
        text = file.attrs["text"]
        file.visititems(
            lambda name, item: arrays.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None
        )
    print(json.dumps(json.loads(text), indent=2))
    for name, array in arrays.items():
        print(name, array.shape, array.dtype)
    path = pathlib.Path(path)
    assert path.read_bytes()[:BLOCK] == block(path), block(path)
    print("the checksum is right")


if __name__ == "__main__":
    check(sys.argv[1]) if len(sys.argv) > 1 else write(HERE / "array_file.h5")
