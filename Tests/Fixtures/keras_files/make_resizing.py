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


def keeping_proportions(api):
    """Pictures cut or padded to the new size's proportions first, by even and odd numbers of rows and columns."""
    L = api.layers
    x = inputs = api.Input((9, 7, 2), name="photo")
    cut = [(4, 6), (6, 4), (5, 3)]
    resized = [
        L.Flatten(name=f"flat_{way}_{rows}_{columns}")(
            L.Resizing(rows, columns, way, crop_to_aspect_ratio=True, name=f"cut_{way}_{rows}_{columns}")(x))
        for way in ("nearest", "bicubic") for rows, columns in cut]
    for rows, columns, value in [(4, 6, 0.0), (6, 4, 0.5), (9, 6, -2.0), (6, 9, 1.0)] if api is keras else []:
        for way in ("nearest", "bilinear"):
            layer = L.Resizing(rows, columns, way, pad_to_aspect_ratio=True, fill_value=value,
                               antialias=way == "bilinear", name=f"padded_{way}_{rows}_{columns}")
            resized.append(L.Flatten(name=f"flat_{layer.name}")(layer(x)))
    return api.Model(inputs, L.Concatenate(name="all")(resized), name="proportions")


if __name__ == "__main__":
    expected = {}
    common = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"]
    for name, made in [
        ("resizing.keras", model(keras, common, antialias=True)),
        ("resizing_keras2.h5", model(tf_keras, common + ["gaussian", "mitchellcubic"])),
        ("proportions.keras", keeping_proportions(keras)), ("proportions_keras2.h5", keeping_proportions(tf_keras)),
    ]:
        made.save(MODELS / name)
        picture = image(1, 9, 7, 2)
        output = [float(f"{number:.8g}") for number in made.predict(picture, verbose=0).ravel()]
        expected[name] = {"input": list(picture.shape), "output": output}
    (MODELS / "resizing.json").write_text(json.dumps(expected))
