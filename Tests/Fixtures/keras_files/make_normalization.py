"""Makes models whose `Normalization` goes along any axes, and what Keras computes with them.

    python Tests/Fixtures/keras_files/make_normalization.py

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. Writes the files below `models` and
`models/normalization.json`. `normalization_first.keras` has the channels first, as far as that can be without a
graphics card: what says so is a padding. Its expected output belongs to the picture with the channels last.

Keras 3 does not finalize a Normalization that it loads within a model of an `.h5`: it goes on with the mean 0 and the
variance 1. `normalization_nested.keras` has such a one.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tf_keras

from make import image

MODELS = pathlib.Path(__file__).parent / "models"
SHAPE = (4, 3, 2)
AXES = [-1, 1, 2, (1, 2), (1, -1), (3, 2), (1, 2, 3), None]


def adapted(api, axis, name, shape=SHAPE, **options):
    layer = api.layers.Normalization(axis=axis, name=name, **options)
    layer.adapt(image(3, *shape) * 3 + 1)
    return layer


def given(api, axis, extents, name):
    random = np.random.default_rng(5)
    return api.layers.Normalization(
        axis=axis, mean=random.normal(size=extents).round(3).tolist(),
        variance=(random.random(extents) + 0.5).round(3).tolist(), name=name)


def every_axis(api):
    L = api.layers
    x = inputs = api.Input(SHAPE, name="photo")
    norms = [adapted(api, axis, f"adapted_{number}") for number, axis in enumerate(AXES)]
    norms += [given(api, axis, extents, f"given_{number}") for number, (axis, extents) in enumerate([
        (-1, (2,)), ((1, 2), (4, 3)), ((1, 3), (2,)), ((1, 2, 3), (3, 2)), ((2, 1), (4, 1)), ((1, 2, 3), ())])]
    norms.append(adapted(api, (1, 2), "back", invert=True))
    if api is tf_keras:  # Keras 3 wants mean and variance of one shape.
        norms.append(L.Normalization(axis=(1, 3), mean=0.5, variance=[[2.0], [1.0], [0.5], [3.0]], name="uneven"))
    vector = L.Flatten(name="flat")(x)
    vector = adapted(api, -1, "of_a_vector", (24,))(vector)
    return api.Model(inputs, L.Concatenate(name="all")(
        [L.Flatten(name=f"flat_{norm.name}")(norm(x)) for norm in norms] + [vector]), name="every_axis")


def channels_first():
    L, shape = keras.layers, (2, 5, 4)
    x = inputs = keras.Input((2, 4, 3), name="photo")
    x = L.ZeroPadding2D(((1, 0), (0, 1)), data_format="channels_first", name="pad")(x)
    x = L.Add(name="sum")([adapted(keras, axis, f"adapted_{number}", shape)(x) for number, axis in enumerate(AXES)]
                          + [given(keras, (1, 2, 3), shape, "given")(x), given(keras, (2, 3), (5, 4), "pixels")(x)])
    x = L.GlobalAveragePooling2D(data_format="channels_first", name="pool")(x)
    return keras.Model(inputs, L.Dense(3, name="classes")(x), name="first")


def nested():
    L = keras.layers
    picture = keras.Input(SHAPE, name="inside")
    inner = keras.Model(picture, L.Conv2D(2, 1, name="conv")(adapted(keras, -1, "norm")(picture)), name="stem")
    x = inputs = keras.Input(SHAPE, name="photo")
    x = L.GlobalAveragePooling2D(name="pool")(adapted(keras, (1, 2), "outside")(inner(x)))
    return keras.Model(inputs, L.Dense(3, name="classes")(x), name="nested")


def scaling():
    """Scales pixels itself."""
    L = keras.layers
    x = inputs = keras.Input(SHAPE[:2] + (3,), name="photo")
    scale = np.array([1 / 127.5, 1 / 128, 1 / 64])  # An object of its own in the file.
    x = L.Rescaling(scale, offset=-1, name="scale")(L.RandomFlip(name="flip")(x))
    x = L.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, L.Dense(3, activation="softmax", name="classes")(x), name="scaling")


if __name__ == "__main__":
    expected = {}
    keras.utils.set_random_seed(1)
    for name, model in [
        ("scaling.keras", scaling()),
        ("normalization.keras", every_axis(keras)), ("normalization_keras2.h5", every_axis(tf_keras)),
        ("normalization_first.keras", channels_first()), ("normalization_nested.keras", nested()),
    ]:
        model.save(MODELS / name)
        picture = image(2, *model.input_shape[1:]) if name == "scaling.keras" else image(2, *SHAPE)
        fed = np.transpose(picture, (0, 3, 1, 2)) if "first" in name else picture
        output = [float(f"{number:.8g}") for number in np.ravel(model.predict(fed, verbose=0))]
        expected[name] = {"input": list(picture.shape), "output": output}
    (MODELS / "normalization.json").write_text(json.dumps(expected))
