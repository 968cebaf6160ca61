"""Makes models with layers that go along any axes, and what Keras computes with them.

    python Tests/Fixtures/keras_files/make_axes.py

needs tensorflow-cpu (which brings Keras 3). TensorFlow convolves pictures with the channels first on graphics cards
alone; what says here that the channels are first is a padding. Writes the files below `models` and
`models/axes.json`. The expected outputs belong to pictures with the channels last.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers

import make_channels_first as common
from make_channels_first import FIRST, MODELS, moderate, record


def along_axes(x, data):
    """Every kind of axes, in pictures of three different extents."""
    x = layers.ZeroPadding2D(((1, 0), (0, 1)), name="pad", **data)(x)
    norm = lambda axis, name: layers.LayerNormalization(axis=axis, name=name)
    softmax = lambda axis, name: layers.Softmax(axis=axis, name=name)
    x = layers.Add(name="sum")([
        norm([1, 2, 3], "of_all")(x), norm([2, 3], "of_last_two")(x), norm([1, 2], "of_first_two")(x),
        norm(2, "of_the_middle")(x), norm(-1, "of_the_last")(x), norm(1, "of_the_first")(x),
        layers.GroupNormalization(2, axis=1, name="groups_of_first")(x),
        layers.GroupNormalization(-1, axis=3, name="groups_of_last")(x),
        softmax([1, 2], "softmax_of_two")(x), softmax(2, "softmax_of_one")(x), softmax([1, 2, 3], "softmax_of_all")(x)])
    shared = norm([1, 2, 3], "shared")
    x = layers.Add(name="twice")([shared(x), shared(layers.Softmax(axis=1, name="first")(x))])
    x = layers.Concatenate(axis=2, name="both")([x, layers.PReLU(name="slopes")(x)])
    return layers.GlobalAveragePooling2D(name="pool", **data)(x)


def model(name, shape, data):
    x = inputs = keras.Input(shape, name="photo")
    x = along_axes(x, data)
    return keras.Model(inputs, layers.Dense(3, name="classes")(x), name=name)


def without_axis():
    """One mean and variance for everything."""
    normalization = layers.Normalization(axis=None, name="one_of_all")
    normalization.adapt(common.image(2, 4, 4, 2) * 3 + 1)
    x = inputs = keras.Input((4, 4, 2), name="photo")
    x = layers.GlobalAveragePooling2D(name="pool")(normalization(x))
    return keras.Model(inputs, layers.Dense(3, name="classes")(x), name="without")


def save(name, saved, shape):
    """With the outputs for pictures with the channels last, as they are."""
    saved.save(MODELS / name)
    picture = common.image(2, *shape)
    output = saved.predict(picture, verbose=0)
    common.expected[name] = {"input": list(picture.shape), "output": output.ravel().tolist()}


if __name__ == "__main__":
    common.expected.clear()
    first = moderate(model("first", (6, 4, 3), FIRST), 3)
    first.save(MODELS / "axes_first.h5")
    record("axes_first.h5", first)
    last = moderate(model("last", (5, 3, 6), {}), 4)
    for ending in ["keras", "h5"]:
        save(f"axes_last.{ending}", last, (5, 3, 6))
    save("axes_none.keras", without_axis(), (4, 4, 2))
    (MODELS / "axes.json").write_text(json.dumps(common.expected))
