"""Writes mixing.json: what torchvision's MixUp, CutMix and RandomErasing do for given draws.

    python make.py

needs torch and torchvision. The transforms draw a ratio and a centre; here they are told which. torchvision mixes
every picture with the one before it (`roll`), which is a list of partners like any other.
"""

import json
import os
from unittest import mock

import numpy as np
import torch
from torchvision.transforms import v2

N, H, W, C, K = 4, 6, 5, 3, 4
random = np.random.default_rng(5)
INPUTS = random.normal(size=(N, H, W, C)).astype(np.float32)
LABELS = [2, 0, 3, 0]


def numbers(array):
    return [float(x) for x in np.asarray(array, np.float32).ravel()]


class Told:
    """A distribution that gives what it was told."""

    def __init__(self, ratio):
        self.ratio = ratio

    def sample(self, *_):
        return torch.tensor(self.ratio)


def mixed(transform, ratio, center=(0, 0)):
    transform._dist = Told(ratio)
    draws = iter([center[1], center[0]])  # the column first
    pictures = torch.tensor(INPUTS).permute(0, 3, 1, 2)
    with mock.patch("torch.randint", lambda *args, **settings: torch.tensor([next(draws)])):
        pictures, targets = transform(pictures, torch.tensor(LABELS))
    result = {"ratio": ratio, "center": list(center), "inputs": numbers(pictures.permute(0, 2, 3, 1))}
    return result | {"targets": numbers(targets)}


cutmix = [(0.75, (2, 3)), (0.2, (0, 4)), (0.5, (5, 0)), (0.999, (3, 3)), (0.0, (3, 2))]
extents = []
for area, aspect in zip(random.uniform(1, 900, 40), np.exp(random.uniform(np.log(0.3), np.log(3.3), 40))):
    rows, columns = int(round((area * aspect) ** 0.5)), int(round((area / aspect) ** 0.5))
    fits = rows < 24 and columns < 32
    extents.append({"area": area, "aspect": aspect, "extents": [rows, columns] if fits else None})
result = {
    "inputs": numbers(INPUTS),
    "labels": LABELS,
    "mixup": [mixed(v2.MixUp(num_classes=K, alpha=1.0), ratio) for ratio in [0.3, 0.875]],
    "cutmix": [mixed(v2.CutMix(num_classes=K, alpha=1.0), ratio, center) for ratio, center in cutmix],
    "erasing": extents,
}
with open(os.path.join(os.path.dirname(__file__), "mixing.json"), "w") as file:
    json.dump(result, file)
    file.write("\n")
