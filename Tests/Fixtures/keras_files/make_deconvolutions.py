"""Makes models with Keras 1's `Deconvolution2D`, and what Keras 2 computes with their weights.

    python Tests/Fixtures/keras_files/make_deconvolutions.py

needs tf-keras, the last Keras 2, which still loads weights of Keras 1 into its `Conv2DTranspose` and puts their
kernels in order. The configurations are as Keras 1.2.2 wrote them (`Deconvolution2D.get_config`). Keras 2 turns
Theano's kernels no more, so that file has those of the TensorFlow one, turned as Keras 1.2.2 did
(`convert_all_kernels_in_model`, which names `Deconvolution2D`). Writes the files below `models` and
`models/deconvolutions.json`; the expected outputs belong to pictures with the channels last.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
import tf_keras as keras
from tf_keras import layers
from tf_keras.src.saving.legacy import hdf5_format

from make import image

MODELS = pathlib.Path(__file__).parent / "models"
# Filters, window, strides, padding, the output's height and width, activation.
LAYERS = [
    ("valid", 4, (3, 2), (2, 1), "valid", (8, 5), "relu"),  # one row more than the windows reach
    ("same", 5, (3, 3), (2, 2), "same", (15, 10), "linear"),  # one row less than twice as many
    ("even", 2, (2, 4), (1, 2), "same", (15, 20), "tanh"),
]
INPUT = (3, 4, 3)


def keras1_config(order):
    listed = []
    for name, filters, window, strides, padding, size, activation in LAYERS:
        output = [None, *size, filters] if order == "tf" else [None, filters, *size]
        config = {"name": name, "trainable": True, "output_shape": output, "nb_filter": filters, "nb_row": window[0],
                  "nb_col": window[1], "init": "glorot_uniform", "activation": activation, "border_mode": padding,
                  "subsample": list(strides), "dim_ordering": order, "W_regularizer": None, "b_regularizer": None,
                  "activity_regularizer": None, "W_constraint": None, "b_constraint": None, "bias": True}
        if not listed:
            config |= {"batch_input_shape": [None, *ordered(INPUT, order)], "input_dtype": "float32"}
        listed.append({"class_name": "Deconvolution2D", "config": config})
    return {"class_name": "Sequential", "config": listed}


def ordered(shape, order):
    return shape if order == "tf" else (shape[2], shape[0], shape[1])


def keras2_model(order):
    x = inputs = keras.Input(ordered(INPUT, order))
    rows, columns = INPUT[:2]
    for name, filters, window, strides, padding, size, activation in LAYERS:
        # The output is as large as asked for; `same` counts from half a window's padding.
        added = [s - (n - 1) * t - (k if padding == "valid" else k - 2 * (k // 2))
                 for s, n, t, k in zip(size, (rows, columns), strides, window)]
        fits = all(0 <= a < t for a, t in zip(added, strides))
        x = layers.Conv2DTranspose(filters, window, strides, padding, output_padding=added if fits else None,
                                   activation=activation, name=name,
                                   data_format="channels_last" if order == "tf" else "channels_first")(x)
        rows, columns = size
        assert tuple(x.shape[1:]) == ordered((*size, filters), order), (x.shape, size)
    return keras.Model(inputs, x)


def write(path, order, backend, weights):
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"1.2.2"
        file.attrs["model_config"] = json.dumps(keras1_config(order)).encode()
        root = file.create_group("model_weights")
        for holder in (file, root):
            holder.attrs["backend"] = backend
        root.attrs["layer_names"] = np.array([name.encode() for name, *_ in LAYERS])
        for name, *_ in LAYERS:
            group = root.create_group(name)
            group.attrs["weight_names"] = np.array([f"{name}_{letter}".encode() for letter in "Wb"])
            for letter, array in zip("Wb", weights[name]):
                if backend == b"theano" and letter == "W":
                    array = array[:, :, ::-1, ::-1]
                group[f"{name}_{letter}"] = array


if __name__ == "__main__":
    expected = {}
    for order in ("tf", "th"):
        random, weights, channels = np.random.default_rng(5), {}, INPUT[2]
        for name, filters, window, *_ in LAYERS:
            shape = (*window, channels, filters) if order == "tf" else (filters, channels, *window)
            weights[name] = [random.normal(0, 0.4, s).astype("float32") for s in (shape, (filters,))]
            channels = filters
        model = keras2_model(order)
        name = f"deconvolution_{order}.h5"
        write(MODELS / name, order, b"tensorflow", weights)
        with h5py.File(MODELS / name) as file:
            hdf5_format.load_weights_from_hdf5_group(file["model_weights"], model)
        picture = image(2, *INPUT)
        output = model.predict(picture if order == "tf" else picture.transpose(0, 3, 1, 2), verbose=0)
        output = output if order == "tf" else output.transpose(0, 2, 3, 1)
        expected[name] = {"input": list(picture.shape), "output": [float(f"{number:.8g}") for number in output.ravel()]}
    write(MODELS / "deconvolution_theano.h5", "th", b"theano", weights)
    expected["deconvolution_theano.h5"] = expected["deconvolution_th.h5"]
    (MODELS / "deconvolutions.json").write_text(json.dumps(expected))
