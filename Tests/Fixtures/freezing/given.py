"""The network's first arrays, the pictures and their labels."""

import numpy as np

CLASSES, STEPS = 3, 4


def numbers(array):
    return [float(f"{x:.9g}") for x in np.asarray(array, np.float32).ravel()]


def data():
    random = np.random.default_rng(1)
    pictures = random.normal(0.3, 1, size=(STEPS, 6, 5, 5, 2)).astype(np.float32)
    labels = random.integers(0, CLASSES, size=(STEPS, 6))
    return pictures, labels


def start():
    random = np.random.default_rng(2)
    arrays = {}
    for block, channels in [("block1", 2), ("block2", 4)]:
        arrays[f"{block}_conv/kernel"] = random.normal(0, 0.4, size=(3, 3, channels, 4))
        arrays[f"{block}_bn/gamma"] = random.uniform(0.5, 1.5, size=4)
        arrays[f"{block}_bn/beta"] = random.normal(0, 0.3, size=4)
        arrays[f"{block}_bn/moving_mean"] = random.normal(0, 0.3, size=4)
        arrays[f"{block}_bn/moving_variance"] = random.uniform(0.5, 1.5, size=4)
    arrays["predictions/kernel"] = random.normal(0, 0.5, size=(4, CLASSES))
    arrays["predictions/bias"] = random.normal(0, 0.1, size=CLASSES)
    return {name: array.astype(np.float32) for name, array in arrays.items()}
