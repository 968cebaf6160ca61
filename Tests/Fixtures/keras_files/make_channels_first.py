"""Makes models whose pictures have their channels first, and what Keras computes with them.

    KERAS_BACKEND=torch python Tests/Fixtures/keras_files/make_channels_first.py

needs Keras 3 and PyTorch, because TensorFlow convolves such pictures on graphics cards alone. Writes the files
below `models` and `models/channels_first.json`. The expected outputs belong to pictures with the channels last.
"""

import os

os.environ["KERAS_BACKEND"] = "torch"

import json
import pathlib

import h5py
import keras
import numpy as np
from keras import layers

from make import image

HERE = pathlib.Path(__file__).parent
MODELS = HERE / "models"
FIRST = {"data_format": "channels_first"}
expected = {}


def moderate(model, seed):
    random = np.random.default_rng(seed)
    for weight in model.weights:
        spread = random.normal(0, 0.3, weight.shape)
        weight.assign(np.abs(spread) + 0.5 if "variance" in weight.name or "gamma" in weight.name else spread)
    return model


def record(name, model):
    channels, height, width = model.input_shape[1:]
    picture = image(2, height, width, channels)
    output = np.asarray(model.predict(picture.transpose(0, 3, 1, 2), verbose=0))
    if output.ndim == 4:
        output = output.transpose(0, 2, 3, 1)
    expected[name] = {"input": list(picture.shape), "output": np.ravel(output).tolist()}


def every_layer():
    """Every kind of layer that knows of channels, or of an axis."""
    x = inputs = keras.Input((3, 12, 10), name="photo")
    x = layers.Rescaling(2.0, 0.1, name="scale")(x)
    x = layers.ZeroPadding2D(((1, 0), (2, 1)), name="pad", **FIRST)(x)
    x = layers.Conv2D(8, (3, 2), activation="relu", name="conv", **FIRST)(x)
    x = layers.BatchNormalization(axis=1, name="bn")(x)
    x = layers.PReLU(shared_axes=[2, 3], name="slope_a_channel")(x)
    a = layers.DepthwiseConv2D(3, padding="same", name="depthwise", **FIRST)(x)
    a = layers.PReLU(name="slope_a_pixel")(a)
    b = layers.SeparableConv2D(4, 3, padding="same", name="separable", **FIRST)(x)
    b = layers.LayerNormalization(name="of_rows")(b)
    x = layers.Concatenate(axis=1, name="both")([a, b])
    x = layers.GroupNormalization(3, axis=1, name="group_norm")(x)
    gate = layers.GlobalAveragePooling2D(name="squeeze", **FIRST)(x)
    gate = layers.Reshape((12, 1, 1), name="as_picture")(gate)
    gate = layers.Conv2D(12, 1, activation="sigmoid", name="excite", **FIRST)(gate)
    x = layers.Multiply(name="gated")([x, gate])
    x = layers.MaxPooling2D(2, name="max", **FIRST)(x)
    x = layers.UpSampling2D((2, 1), name="up", **FIRST)(x)
    x = layers.Cropping2D(((1, 0), (0, 1)), name="crop", **FIRST)(x)
    x = layers.SpatialDropout2D(0.2, name="spatial", **FIRST)(x)
    x = layers.Conv2DTranspose(5, 3, strides=2, padding="same", name="transposed", **FIRST)(x)
    x = layers.AveragePooling2D((2, 3), strides=2, padding="valid", name="mean", **FIRST)(x)
    s = layers.Softmax(axis=1, name="of_channels")(x)
    t = layers.Activation("softmax", name="of_columns")(x)
    x = layers.Add(name="sum")([s, t, x])
    x = layers.Concatenate(axis=-1, name="columns")([x, x])
    plain = layers.Flatten(name="plain")(x)
    plain = layers.Dropout(0.5, name="dropout")(plain)
    plain = layers.Dense(3, name="rows")(plain)
    keras_order = layers.Dense(3, name="rows_too")(layers.Flatten(name="keras_order", **FIRST)(x))
    normalized = layers.BatchNormalization(name="each")(layers.Flatten(name="normalized")(x))
    normalized = layers.Dense(3, name="of_each")(normalized)
    back = layers.Permute((2, 3, 1), name="channels_last")(x)
    back = layers.Conv2D(3, 2, name="of_last", data_format="channels_last")(back)
    back = layers.GlobalMaxPooling2D(name="peak", data_format="channels_last")(back)
    x = layers.Add(name="all")([plain, keras_order, normalized, back])
    return keras.Model(inputs, layers.Softmax(name="classes")(x), name="every_layer")


def plain():
    """A network as of 2016, with its flattened picture in front of a dense layer."""
    return keras.Sequential([
        keras.Input((3, 9, 8)),
        layers.Conv2D(4, 3, activation="relu", name="block1_conv", **FIRST),
        layers.MaxPooling2D(2, name="block1_pool", **FIRST),
        layers.Conv2D(6, 2, activation="relu", name="block2_conv", **FIRST),
        layers.Flatten(name="flatten"),
        layers.Dense(5, activation="relu", name="fc1"),
        layers.Dense(3, activation="softmax", name="predictions")], name="plain_first")


def nested():
    """A model in a model, and a picture with the channels last that is turned around."""
    inner_input = keras.Input((3, 8, 8), name="inner_input")
    x = layers.Conv2D(4, 3, name="conv", **FIRST)(inner_input)
    inner = keras.Model(inner_input, layers.BatchNormalization(axis=1, name="bn")(x), name="inner")
    x = inputs = keras.Input((3, 8, 8), name="photo")
    x = layers.Conv2D(2, 3, padding="same", activation="softmax", name="of_columns", **FIRST)(x)
    x = layers.Conv2D(3, 1, name="more", **FIRST)(x)
    return keras.Model(inputs, inner(x), name="outer")


def write_keras1(name, model, backend):
    """The plain network as Keras 1 wrote it for Theano's order: kernels [out, in, H, W], and turned by Theano."""
    classes = {"Conv2D": "Convolution2D"}
    listed = []
    for layer in model.layers:
        kind = type(layer).__name__
        config = {"name": layer.name, "trainable": True}
        if not listed:
            config["batch_input_shape"] = [None, *model.input_shape[1:]]
        if kind == "Conv2D":
            config |= {"nb_filter": layer.filters, "nb_row": layer.kernel_size[0], "nb_col": layer.kernel_size[1],
                       "border_mode": "valid", "subsample": [1, 1], "dim_ordering": "th", "bias": True,
                       "activation": layer.activation.__name__}
        elif kind == "MaxPooling2D":
            config |= {"pool_size": [2, 2], "strides": [2, 2], "border_mode": "valid", "dim_ordering": "th"}
        elif kind == "Dense":
            config |= {"output_dim": layer.units, "bias": True, "activation": layer.activation.__name__}
        listed.append({"class_name": classes.get(kind, kind), "config": config})
    with h5py.File(MODELS / name, "w") as file:
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": listed}).encode()
        file.attrs["keras_version"] = b"1.2.2"
        if backend:
            file.attrs["backend"] = backend
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = np.array([layer.name.encode() for layer in model.layers])
        if backend:
            root.attrs["backend"] = backend
        for layer in model.layers:
            group = root.create_group(layer.name)
            names = [f"{layer.name}_{letter}".encode() for letter in "Wb"[:len(layer.weights)]]
            group.attrs["weight_names"] = np.array(names) if names else np.array([])
            for stored, weight in zip(names, layer.get_weights()):
                if weight.ndim == 4:
                    weight = weight.transpose(3, 2, 0, 1)
                    if backend == b"theano":
                        weight = weight[:, :, ::-1, ::-1]
                group[stored.decode()] = weight


if __name__ == "__main__":
    for seed, make in enumerate([every_layer, plain, nested]):
        model = moderate(make(), seed)
        for ending in ("keras", "h5") if make is nested else ["h5"]:
            name = f"first_{make.__name__}.{ending}"
            model.save(MODELS / name)
            record(name, keras.models.load_model(MODELS / name, compile=False))
        if make is plain:
            for name, backend in (("first_keras1.h5", None), ("first_keras1_theano.h5", b"theano")):
                write_keras1(name, model, backend)
                expected[name] = expected["first_plain.h5"]
    (MODELS / "channels_first.json").write_text(json.dumps(expected))
