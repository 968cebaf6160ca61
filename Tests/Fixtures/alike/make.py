"""Writes alike.png: 40 different pictures of Fashion-MNIST that are alike by their perceptual hashes.

    python Tests/Fixtures/alike/make.py [FOLDER]

needs NumPy and Pillow, and Fashion-MNIST's IDX files (MIT licence) in FOLDER, by default where Debian's package
dataset-fashion-mnist has them. The pictures lie in five rows of eight, in 28 x 28 pixels. They are those of the first
3,000 with the most others near them: at most 8 of 64 bits of the hash apart, and thumbnails of 16 x 16 pixels that
correlate by 0.95 at least, but differ by more than 4 grey levels.
"""

import gzip
import pathlib
import sys

import numpy as np
from PIL import Image

COSINES = np.array([[np.cos(np.pi * f * (2 * x + 1) / 64) for x in range(32)] for f in range(8)])


def small(picture, side):
    return np.asarray(Image.fromarray(picture).resize((side, side), Image.BILINEAR), float)


def bits(picture):
    lowest = (COSINES @ small(picture, 32) @ COSINES.T).ravel()
    return (lowest > np.median(lowest)).astype(float)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist")
    data = gzip.open(folder / "train-images-idx3-ubyte.gz").read(16 + 3000 * 784)[16:]
    pictures = np.frombuffer(data, np.uint8).reshape(-1, 28, 28)
    hashes = np.array([bits(p) for p in pictures])
    thumbnails = np.array([small(p, 16).ravel() for p in pictures])
    thumbnails -= thumbnails.mean(1, keepdims=True)
    deviation = thumbnails.std(1)
    unit = thumbnails / deviation[:, None]
    near = (hashes @ (1 - hashes.T) + (1 - hashes) @ hashes.T <= 8) & (unit @ unit.T / 256 >= 0.95)
    np.fill_diagonal(near, False)
    chosen = []
    for index in np.argsort(-near.sum(1), kind="stable"):
        differences = [np.abs(unit[index] - unit[c]).mean() * max(deviation[index], deviation[c]) for c in chosen]
        if all(difference > 4.5 for difference in differences):
            chosen.append(index)
        if len(chosen) == 40:
            break
    print(near[np.ix_(chosen, chosen)].sum() // 2, "pairs")
    sheet = pictures[chosen].reshape(5, 8, 28, 28).transpose(0, 2, 1, 3).reshape(140, 224)
    Image.fromarray(sheet).save(pathlib.Path(__file__).with_name("alike.png"), optimize=True)
