"""Makes models whose layers have `PReLU` for an activation, with arrays of its own, and what Keras computes with them.

    python Tests/Fixtures/keras_files/make_slopes.py

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. Writes the files below `models` and
`models/slopes.json`. Keras 3 makes these arrays when a model is first called: `slopes_lost.h5` was written before.
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


def model(api):
    L = api.layers
    slopes = lambda **options: L.PReLU(alpha_initializer="uniform", **options)
    picture = api.Input((4, 3, 4), name="inside")
    x = L.Conv2D(3, 2, activation=slopes(name="same_name"), trainable=False, name="frozen")(picture)
    inner = api.Model(picture, L.BatchNormalization(name="norm")(L.Conv2D(3, 1, activation=slopes(
        name="same_name"), name="trained")(x)), name="inner")
    x = inputs = api.Input((6, 5, 2), name="photo")
    shared = L.Conv2D(2, 1, activation=slopes(name="of_shared"), name="shared")
    x = shared(shared(x))
    x = L.Conv2D(4, 3, activation=slopes(shared_axes=[1, 2], name="same_name"), name="conv")(x)
    x = api.Sequential([L.DepthwiseConv2D(1, activation=slopes(), use_bias=False, name="only"),
                        L.DepthwiseConv2D(1, activation=slopes(), name="other")], name="chain")(x)
    x = L.Flatten(name="flat")(inner(x))
    return api.Model(inputs, L.Dense(3, activation=slopes(name="last_slopes"), name="last")(x), name="slopes")


if __name__ == "__main__":
    expected = {}
    for name, api in [("slopes_keras2.h5", tf_keras), ("slopes_keras2.keras", tf_keras), ("slopes.keras", keras),
                      ("slopes_lost.h5", keras)]:
        api.utils.set_random_seed(3)
        made, random, picture = model(api), np.random.default_rng(8), image(2, 6, 5, 2)
        if "lost" not in name:
            made.predict(picture, verbose=0)
        made.set_weights([random.normal(0.3, 0.4, w.shape) ** 2 for w in made.get_weights()])
        made.save(MODELS / name)
        expected[name] = {"input": list(picture.shape), "output": made.predict(picture, verbose=0).ravel().tolist()}
    (MODELS / "slopes.json").write_text(json.dumps(expected))
