"""The files in which Keras, and Keras 2 before it, leaves a network's arrays."""

import os

import h5py
import numpy as np

import seeded
from networks import keras2_twin


def keras3(model, folder):
    """Keras 3's `.weights.h5`."""
    model.save_weights(os.path.join(folder, "network.weights.h5"))
    return "network.weights.h5"


def legacy_model(model, folder):
    """A whole model in the older `.h5`, which Keras 3 still writes."""
    model.save(os.path.join(folder, "network.h5"))
    return "network.h5"


def legacy_weights(model, folder):
    """The older `.h5` of weights alone, by Keras 3's own writer of that layout."""
    from keras.src.legacy.saving import legacy_h5_format

    with h5py.File(os.path.join(folder, "network.h5"), "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    return "network.h5"


def published(model, folder):
    """The layout of the files that Keras publishes: written by Keras 2 or 1, with `:0` behind the names, by
    the time of VGG's with `_W_1` and `_b_1`."""
    with h5py.File(os.path.join(folder, "network_tf_dim_ordering_tf_kernels.h5"), "w") as file:
        file.attrs["layer_names"] = np.array([layer.name.encode() for layer in model.layers])
        file.attrs["backend"] = b"tensorflow"
        file.attrs["keras_version"] = b"2.2.4"
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [published_name(model, layer, variable) for variable in layer.weights]
            group.attrs["weight_names"] = np.array([name.encode() for name in names], dtype="S")
            for name, variable in zip(names, layer.weights):
                group.create_dataset(name, data=variable.numpy())
    return "network_tf_dim_ordering_tf_kernels.h5"


def published_name(model, layer, variable):
    key = seeded.keras_key(layer, variable)
    if not model.name.startswith("vgg"):
        return f"{key}:0"
    return f"{layer.name}_{'W' if key.endswith('kernel') else 'b'}_1:0"


def keras2(model, folder):
    """The `.h5` of weights alone of Keras 2 itself, which calls MobileNetV3's layers otherwise."""
    twin = keras2_twin(model)
    twin.set_weights(model.get_weights())
    twin.save_weights(os.path.join(folder, "network.h5"))
    return "network.h5"


SAVERS = {
    "keras3": keras3,
    "legacy model": legacy_model,
    "legacy weights": legacy_weights,
    "published": published,
    "Keras 2": keras2,
}
