"""Grad-CAM and occlusion maps by Keras; writes residual.h5, flat.h5 and attribution.json beside this file.

Run in an environment with TensorFlow and Keras 3: python make_attribution.py
"""
import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Its gradients of small convolutions crash.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import h5py  # noqa: F401 - before TensorFlow, whose HDF5 is another
import keras
import numpy as np
import tensorflow as tf
from keras import layers

HERE = pathlib.Path(__file__).parent
SHAPE = (20, 16, 3)


def residual():
    """A network with shortcuts, normalizations, dropout and a global pooling before its softmax."""
    given = keras.Input(SHAPE, name="picture")
    x = layers.Conv2D(6, 3, padding="same", name="stem")(given)
    x = layers.BatchNormalization(name="stem_bn")(x)
    x = layers.ReLU(name="stem_relu")(x)
    for number in (1, 2):
        shortcut = layers.Conv2D(8, 1, strides=2, name=f"block{number}_shortcut")(x)
        x = layers.SeparableConv2D(8, 3, strides=2, padding="same", name=f"block{number}_conv")(x)
        x = layers.BatchNormalization(name=f"block{number}_bn")(x)
        x = layers.Add(name=f"block{number}_add")([x, shortcut])
        x = layers.Activation("relu", name=f"block{number}_out")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    x = layers.Dense(4, activation="softmax", name="predictions")(x)
    return keras.Model(given, x, name="residual")


def flat():
    """A plain network with a pooling and dense layers, and a softmax and a reshape as layers of their own."""
    return keras.Sequential(
        [
            keras.Input(SHAPE, name="picture"),
            layers.Conv2D(6, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(8, 3, activation="elu", name="conv2"),
            layers.MaxPooling2D(name="pool2"),
            layers.Flatten(name="flatten"),
            layers.Dense(12, activation="tanh", name="dense"),
            layers.Dense(5, name="logits"),
            layers.Softmax(name="softmax"),
            layers.Reshape((5,), name="reshape"),
        ],
        name="flat",
    )


def settle(model, random):
    """Weights as uneven as trained ones, so that no map is flat."""
    for layer in model.layers:
        values = []
        for variable in layer.weights:
            if "variance" in variable.path:
                values.append(random.uniform(0.5, 2, variable.shape))
            elif "gamma" in variable.path:
                values.append(random.uniform(0.5, 1.5, variable.shape))
            else:
                fan = np.prod(variable.shape[:-1]) if len(variable.shape) > 1 else 4
                values.append(random.normal(size=variable.shape) * 1.4 / np.sqrt(fan))
        layer.set_weights(values)


def logits_of(model):
    """The model with the softmax at its end taken off."""
    end = next(layer for layer in reversed(model.layers) if not isinstance(layer, layers.Reshape))
    if isinstance(end, layers.Softmax):
        return end.input
    clone = layers.Dense(end.units, name="logits_only")
    result = clone(end.input)
    clone.set_weights(end.get_weights())
    return result


def grad_cam(model, picture, layer, label, enlarges):
    model.trainable = False
    probe = keras.Model(model.inputs, [model.get_layer(layer).output, logits_of(model)])
    with tf.GradientTape() as tape:
        maps, scores = probe(picture, training=False)
        score = scores[:, label]
    weights = tf.reduce_mean(tape.gradient(score, maps), axis=(1, 2))
    heat = tf.nn.relu(tf.reduce_sum(weights[:, None, None, :] * maps, axis=-1))[0]
    greatest = tf.reduce_max(heat)
    normal = heat / greatest if greatest > 0 else heat
    enlarged = tf.image.resize(normal[..., None], (40, 37), method="bilinear")[..., 0]
    return {
        "layer": layer,
        "class": label,
        "map": heat.numpy().astype(float).tolist(),
        "enlarged": enlarged.numpy().astype(float).tolist() if enlarges else None,
    }


def occlusion(model, picture, patch, stride, fill, label):
    _, height, width, channels = picture.shape
    colour = picture[0].mean((0, 1)) if fill == "mean" else np.zeros(channels)
    base = model(picture, training=False).numpy()[0, label]

    def starts(length):
        regular = list(range(0, length - patch + 1, stride))
        return regular if regular[-1] == length - patch else regular + [length - patch]

    tops, lefts = starts(height), starts(width)
    falls = np.zeros((len(tops), len(lefts)))
    sums, counts = np.zeros((height, width)), np.zeros((height, width))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            covered = picture.copy()
            covered[0, top : top + patch, left : left + patch] = colour
            falls[i, j] = base - model(covered, training=False).numpy()[0, label]
            sums[top : top + patch, left : left + patch] += falls[i, j]
            counts[top : top + patch, left : left + patch] += 1
    return {
        "patch": patch,
        "stride": stride,
        "fill": fill,
        "class": label,
        "probability": float(base),
        "tops": tops,
        "lefts": lefts,
        "falls": falls.tolist(),
        "map": (sums / np.maximum(counts, 1)).tolist() if fill == "mean" else None,
    }


def main():
    random = np.random.default_rng(17)
    rows, columns = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    blob = np.exp(-((rows - 6) ** 2 + (columns - 10) ** 2) / 12)[..., None] * [200, 120, 40]
    pixels = np.clip(blob + random.integers(0, 56, SHAPE), 0, 255).astype(np.uint8)
    picture = (pixels[None].astype(np.float32) - 127.5) / 127.5
    cases = []
    for model, file, chosen, patches in [
        (residual(), "residual.h5", ["block2_out", "block2_conv", "block1_add", "stem"], [(5, 3), (4, 6)]),
        (flat(), "flat.h5", ["conv2", "pool2", "conv1"], [(6, 4)]),
    ]:
        settle(model, random)
        model.save(HERE / file)
        classes = model.output_shape[-1]
        cases.append(
            {
                "file": file,
                "default_layer": chosen[0],
                "scores": model(picture, training=False).numpy()[0].astype(float).tolist(),
                "grad_cam": [
                    grad_cam(model, picture, l, c, enlarges=l == chosen[0] and c == 0)
                    for l in chosen
                    for c in range(0, classes, 3)
                ],
                "occlusion": [
                    occlusion(model, picture, p, s, f, 1) for p, s in patches for f in ("mean", "zero")
                ],
            }
        )
    text = json.dumps({"pixels": pixels.flatten().tolist(), "shape": SHAPE, "cases": cases})
    rounded = json.loads(text, parse_float=lambda t: float(f"{float(t):.7g}"))
    (HERE / "attribution.json").write_text(json.dumps(rounded, separators=(",", ":")) + "\n")


main()
