"""Makes a model of models whose channels are first, in which something goes by positions, and what Keras computes.

    python Tests/Fixtures/keras_files/make_nested_turned.py

needs tensorflow-cpu (which brings Keras 3). TensorFlow convolves pictures with the channels first on graphics cards
alone; what says here that the channels are first is a padding. The inner Sequential has a reshaping in it and is
called twice. Writes the files below `models`; the expected output belongs to a picture with the channels last.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers

import make_channels_first as common
from make_channels_first import FIRST, MODELS, moderate, record

if __name__ == "__main__":
    common.expected.clear()
    inner = keras.Sequential([
        keras.Input((3, 5, 5)),
        layers.ZeroPadding2D(1, name="pad", **FIRST),
        layers.BatchNormalization(axis=1, name="bn"),
        layers.Activation("softmax", name="of_columns"),
        layers.Reshape((7, 3, 7), name="turned"),
        layers.Permute((2, 1, 3), name="back"),
        layers.Cropping2D(1, name="crop", **FIRST)], name="inner")
    x = inputs = keras.Input((3, 5, 5), name="photo")
    x = layers.Add(name="sum")([inner(layers.ReLU(name="relu")(x)), x])
    x = layers.LayerNormalization(axis=[1, 2], name="outer_norm")(inner(x))
    x = layers.GlobalMaxPooling2D(name="peak", **FIRST)(x)
    model = moderate(keras.Model(inputs, layers.Dense(2, name="classes")(x), name="outer"), 6)
    model.save(MODELS / "first_nested_turned.keras")
    record("first_nested_turned.keras", model)
    (MODELS / "nested_turned.json").write_text(json.dumps(common.expected))
