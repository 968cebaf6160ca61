"""Writes NumPy files as AffectNet has them, folds.json (scikit-learn's folds) and hashes.json (SciPy's transform).

    python make.py

needs numpy, scipy, pillow and scikit-learn.
"""

import base64
import json
import pathlib

import numpy as np
from PIL import Image
from scipy.fft import dct
from sklearn.model_selection import StratifiedGroupKFold

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(11)


def arrays():
    folder = HERE / "npy"
    folder.mkdir(exist_ok=True)
    values = {
        "text": np.array("7"), "bytes": np.array(b"6"), "int64": np.array(5), "big": np.array(4, ">i4"),
        "one": np.array([3], np.int8), "float": np.array(2.0, np.float32), "negative": np.array(-1, np.int16),
        "many": np.array([1, 2]), "word": np.array("happy"),
    }
    for name, value in values.items():
        np.save(folder / f"{name}.npy", value)


def folds():
    cases = []
    for groups, classes, parts in [(20, 7, 5), (10, 7, 10), (118, 7, 10), (30, 3, 4)]:
        counts = RANDOM.integers(0, 9, (groups, classes)) * (RANDOM.random((groups, classes)) < 0.7)
        counts[:, 0] += 1
        labels = [label for row in counts for label, count in enumerate(row) for _ in range(count)]
        members = [group for group, row in enumerate(counts) for count in row for _ in range(count)]
        result = [0] * groups
        splitter = StratifiedGroupKFold(parts)
        for part, (_, test) in enumerate(splitter.split(np.zeros(len(labels)), labels, members)):
            for index in test:
                result[members[index]] = part
        cases.append({"counts": counts.tolist(), "count": parts, "parts": result})
    (HERE / "folds.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


def hashes():
    cases = []
    for height, width, channels in [(48, 48, 1), (20, 31, 3), (64, 40, 1), (32, 32, 1)]:
        y, x = np.mgrid[0:height, 0:width]
        waves = [128 + 60 * np.sin(x / (3 + c) + y / 5) + 50 * np.cos(y / (9 - c)) for c in range(channels)]
        pixels = np.stack(waves, -1) + RANDOM.normal(0, 10, (height, width, channels))
        pixels = np.clip(pixels, 0, 255).astype(np.uint8)
        grey = Image.fromarray(pixels.squeeze()).convert("L").resize((32, 32), Image.BILINEAR)
        lowest = dct(dct(np.asarray(grey, float), axis=0), axis=1)[:8, :8]
        bits = (lowest > np.median(lowest)).flatten()
        cases.append({
            "source": {"height": height, "width": width, "channels": channels,
                       "pixels": base64.b64encode(pixels.tobytes()).decode()},
            "bits": "".join(str(int(bit)) for bit in bits),
        })
    (HERE / "hashes.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


arrays()
folds()
hashes()
