"""Compares what Graft and Keras say of every PublicTest picture of FER-2013 with the mini_XCEPTION models.

    swift build -c release
    python Tests/Fixtures/keras_files/verify_emotions.py .build/release/graft \
        --models ../shared/pretrained --pictures ../shared/data/fer2013/publictest.tar.gz

needs tensorflow-cpu, tf-keras (the last Keras 2, the judge of files of its time), and Pillow. The models and the
pictures are not part of the project. Keras gets each picture in grey, resized by Pillow to the model's input
(bilinear) and scaled from -1 to 1; Graft gets the files.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import tarfile
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tf_keras
from PIL import Image

MODELS = [
    "fer2013_mini_XCEPTION.102-0.66.hdf5",
    "fer2013_mini_XCEPTION.119-0.65.hdf5",
    "mini_XCEPTION_KDEF.hdf5",
]


def by_keras(model, files):
    height, width = model.input_shape[1:3]
    pictures = [Image.open(file).convert("L").resize((width, height), Image.BILINEAR) for file in files]
    values = np.stack([np.asarray(picture, np.float32) for picture in pictures])[..., None]
    return model.predict(values / 127.5 - 1, batch_size=64, verbose=0)


def by_graft(graft, model, files, folder):
    table = folder / "scores.csv"
    names = [str(file) for file in files]
    command = [graft, "predict", str(model), *names, "--preprocess", "tf", "--csv", str(table)]
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    with open(table, newline="") as rows:
        rows = list(csv.reader(rows))[1:]
    assert [row[0] for row in rows] == names, "Graft must answer for every picture, in order"
    return np.array([row[1:] for row in rows], np.float64), seconds


def compare(graft, path, files, folder):
    expected = by_keras(tf_keras.models.load_model(path, compile=False), files)
    found, seconds = by_graft(graft, path, files, folder)
    assert found.shape == expected.shape, (found.shape, expected.shape)
    differing = int((found.argmax(1) != expected.argmax(1)).sum())
    top = np.sort(expected, axis=1)
    print(
        f"{path.name}: {len(files)} pictures, {differing} predicted otherwise, largest difference of a probability "
        f"{np.abs(found - expected).max():.2e} (the closest two classes are {(top[:, -1] - top[:, -2]).min():.2e} "
        f"apart), {len(files) / seconds:.0f} pictures a second",
        flush=True)
    return differing


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graft", help="the program, built for release")
    parser.add_argument("--models", type=pathlib.Path, required=True, help="the folder with the three models")
    parser.add_argument("--pictures", type=pathlib.Path, required=True, help="the archive of PublicTest pictures")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with tarfile.open(arguments.pictures) as archive:
            archive.extractall(folder, filter="data")
        files = sorted(folder.rglob("*.jpg"))
        assert len(files) == 3589, f"expected the 3589 PublicTest pictures, found {len(files)}"
        differing = [compare(arguments.graft, arguments.models / name, files, folder) for name in MODELS]
    raise SystemExit(1 if any(differing) else 0)
