"""Makes models of models whose layers have layers for activations, and what Keras 2 computes with them.

    python Tests/Fixtures/keras_files/make_nested_activations.py

needs tf-keras, the last Keras 2. Its hard_sigmoid is two layers in Graft, LeakyReLU is one. Writes the files
below `models`.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tf_keras as keras
from tf_keras import layers

from make import image

MODELS = pathlib.Path(__file__).parent / "models"


def inner():
    model = keras.Sequential([
        keras.Input((6, 5, 3)),
        layers.Conv2D(4, 3, activation=layers.LeakyReLU(0.3, name="slopes"), name="conv", trainable=False),
        layers.Conv2D(4, 1, activation="hard_sigmoid", name="gate")], name="inner")
    return model


def outer(shared):
    x = inputs = keras.Input((6, 5, 3), name="photo")
    x = inner()(x)
    same = layers.Conv2D(4, 1, activation=layers.LeakyReLU(0.2, name="leaky"), name="same")
    x = layers.Add(name="sum")([x, same(x)])
    x = same(x) if shared else x
    x = layers.Dense(3, activation="hard_sigmoid", name="last")(layers.Flatten(name="flat")(x))
    return keras.Model(inputs, x, name="outer")


if __name__ == "__main__":
    expected = {}
    for name, shared in [("nested_activations.h5", False), ("nested_shared_activation.h5", True)]:
        model, random = outer(shared), np.random.default_rng(8)
        model.set_weights([random.normal(0, 0.4, w.shape) for w in model.get_weights()])
        model.save(MODELS / name)
        picture = image(2, 6, 5, 3)
        expected[name] = {"input": list(picture.shape), "output": model.predict(picture, verbose=0).ravel().tolist()}
    (MODELS / "nested_activations.json").write_text(json.dumps(expected))
