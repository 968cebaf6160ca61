"""Finds pictures whose gradients do not depend on rounding.

Rectifiers and maxima have kinks: an element so near to one that rounding puts it on the other side changes
gradients by a jump, of up to several per cent, that no program is to blame for. A network of full depth has
millions of elements, so pictures that have none so near must be looked for.
"""

import keras
import numpy as np
import tensorflow as tf

from networks import set_precision

# Graphs are run as they are: the optimizer has nothing to say of float64 but warnings.
tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


def steady_picture(exact, rounded, case, pictures, wanted=4, tries=150):
    """The first name of pictures on which every element is this many roundings from a kink, and how many it
    is; of many pictures without, the best. The search begins where `case` says, to be short when repeated.

    A rounding is the deviation of float32 from float64 in the element's channel.
    """
    best = ("", 0)
    probes = [probe(model) for model in (exact, rounded)]
    first = case.get("first_picture", 0)
    for number in range(first, first + tries):
        picture = f"input {number}"
        steadiness = distance(*probes, pictures(case, picture), case["uses_batch_statistics"])
        best = max(best, (picture, steadiness), key=lambda found: found[1])
        if steadiness >= wanted:
            break
    return best


def probe(model):
    """A model that gives what the kinked layers get; a convolution's own rectifier comes after its sum."""
    set_precision(model.input.dtype)
    kinked = [layer for layer in model.layers if is_kinked(layer)]
    watched = keras.Model(model.input, [layer.input for layer in kinked])
    return kinked, model.input.dtype, tf.function(watched)


def is_kinked(layer):
    if isinstance(layer, keras.layers.MaxPooling2D):
        return layer.pool_size != (1, 1)
    return isinstance(layer, keras.layers.ReLU) or (
        getattr(layer, "activation", None) in (keras.activations.relu, keras.activations.hard_swish)
    )


def distance(exact, rounded, pictures, training):
    """The least distance to a kink, in roundings, of all elements of all layers."""
    values = [model(tf.constant(pictures, dtype), training=training) for _, dtype, model in (exact, rounded)]
    least = np.inf
    for layer, twin, x, y in zip(exact[0], rounded[0], *values):
        if isinstance(layer, keras.layers.MaxPooling2D):
            margins, roundings = maximum_margins(layer, x, y)
        else:
            x, y = (np.asarray(before_function(a, b), np.float64) for a, b in ((layer, x), (twin, y)))
            margins, roundings = np.abs(x), x - y
            if getattr(layer, "activation", None) is keras.activations.hard_swish:
                margins = np.abs(margins - 3)  # its kinks are at -3 and 3
            if getattr(layer, "max_value", None):
                margins = np.minimum(margins, np.abs(x - layer.max_value))
        channels = tuple(range(margins.ndim - 1))
        roundings = np.sqrt(np.mean(roundings**2, axis=channels))
        least = min(least, np.min(margins.min(axis=channels) / np.maximum(roundings, 1e-12)))
    return float(least)


def before_function(layer, x):
    if isinstance(layer, keras.layers.Conv2D):
        return layer.convolution_op(x, layer.kernel) + layer.bias
    return x


def maximum_margins(layer, x, y):
    """How far the largest element of each window is above the next; windows of zeros have no say, since they
    come from behind a rectifier."""
    height, width = layer.pool_size
    windows = tf.image.extract_patches(
        x, [1, height, width, 1], [1, *layer.strides, 1], [1, 1, 1, 1], layer.padding.upper()
    )
    windows = np.asarray(windows).reshape(*windows.shape[:3], height * width, x.shape[-1])
    ordered = np.sort(windows, axis=3)
    margins = np.where(ordered[..., -1, :] > 0, ordered[..., -1, :] - ordered[..., -2, :], np.inf)
    return margins, np.sqrt(2) * (np.asarray(x, np.float64) - np.asarray(y, np.float64))
