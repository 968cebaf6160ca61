"""Makes models that resize pictures in all ways that Keras has, and what Keras computes with them.

    python Tests/Fixtures/keras_files/make_resizing.py

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2, which has two ways more. Writes the files
below `models` and `models/resizing.json`.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tf_keras

from make import image

MODELS = pathlib.Path(__file__).parent / "models"


def model(api, ways, **options):
    L = api.layers
    x = inputs = api.Input((9, 7, 2), name="photo")
    resized = [L.Resizing(5, 11, interpolation=way, name=way)(x) for way in ways]
    if options:
        resized += [L.Resizing(5, 11, interpolation=way, name=f"{way}_smoothed", **options)(x) for way in ways]
    x = L.Concatenate(name="all")(resized)
    return api.Model(inputs, L.UpSampling2D((1, 2), interpolation="bicubic", name="wide")(x), name="resizing")


if __name__ == "__main__":
    expected = {}
    common = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"]
    for name, made in [
        ("resizing.keras", model(keras, common, antialias=True)),
        ("resizing_keras2.h5", model(tf_keras, common + ["gaussian", "mitchellcubic"])),
    ]:
        made.save(MODELS / name)
        picture = image(1, 9, 7, 2)
        output = [float(f"{number:.8g}") for number in made.predict(picture, verbose=0).ravel()]
        expected[name] = {"input": list(picture.shape), "output": output}
    (MODELS / "resizing.json").write_text(json.dumps(expected))
