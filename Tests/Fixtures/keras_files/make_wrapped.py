"""Writes `models/wrapped.keras`, whose layers have layers in them.

    python Tests/Fixtures/keras_files/make_wrapped.py

needs tensorflow-cpu (which brings Keras 3). Graft computes no such model, but describes its file.
"""

import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers

if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    inner_input = keras.Input((5, 4), name="inner_input")
    inner = keras.Model(inner_input, layers.Dense(3, name="inner_dense")(inner_input), name="inner")
    x = inputs = keras.Input((5, 4), name="rows")
    x = layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="both_ways")(x)
    x = layers.TimeDistributed(layers.Dense(4), name="each_row")(x)
    x = layers.Flatten(name="flat")(inner(x))
    model = keras.Model(inputs, layers.Dense(2, name="classes")(x), name="wrapped")
    model.save(pathlib.Path(__file__).parent / "models" / "wrapped.keras")
