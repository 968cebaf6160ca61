"""Writes losses.json: what Keras's and PyTorch's losses and their gradients are for given logits, in float64.

    python make.py

needs tensorflow-cpu (which brings Keras 3) and torch. Losses with class weights are held against
`train_on_batch(class_weight=…)`; what it gives for one-hot targets and for soft ones is what is written.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf
import torch

keras.config.set_floatx("float64")
N, K = 6, 5
random = np.random.default_rng(11)
LOGITS = (2.5 * random.normal(size=(N, K))).astype(np.float32).astype(np.float64)
LABELS = np.array([3, 0, 4, 2, 2, 1])
ONE_HOT = np.eye(K)[LABELS]
SOFT = random.dirichlet([0.5] * K, size=N).astype(np.float32).astype(np.float64)
SEVERAL = (random.uniform(size=(N, K)) < 0.4).astype(np.float64)
MIXED = (0.3 * SEVERAL + 0.7 * np.roll(SEVERAL, 1, 0)).astype(np.float32).astype(np.float64)
WEIGHTS = [0.5, 2.0, 1.25, 3.0, 0.1]


def numbers(array):
    return [float(x) for x in np.asarray(array).ravel()]


def trained_loss(loss, targets, class_weight):
    model = keras.Sequential([keras.layers.Input((K,)), keras.layers.Dense(K, use_bias=False)])
    model.set_weights([np.eye(K)])
    model.compile(keras.optimizers.SGD(0.1), loss, jit_compile=False)
    return float(model.train_on_batch(LOGITS, targets, class_weight=dict(enumerate(class_weight))))


def by_keras(name, loss, targets, kind, class_weight=None, **settings):
    variable = tf.Variable(LOGITS)
    weights = None if class_weight is None else np.array(class_weight)[targets.argmax(-1)]
    with tf.GradientTape() as tape:
        value = loss(targets, variable, sample_weight=weights)
    if class_weight is not None:
        assert abs(trained_loss(loss, targets, class_weight) - float(value)) < 1e-12
    case = {"name": name, "kind": kind, "targets": numbers(targets), "loss": float(value)}
    return case | {"gradient": numbers(tape.gradient(value, variable)), "class_weights": class_weight} | settings


def by_torch(name, targets, smoothing, positive):
    logits = torch.tensor(LOGITS, requires_grad=True)
    smoothed = torch.tensor(targets * (1 - smoothing) + 0.5 * smoothing)
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(positive, dtype=torch.float64))(logits, smoothed)
    loss.backward()
    case = {"name": name, "kind": "binary_crossentropy", "targets": numbers(targets), "loss": float(loss)}
    return case | {"gradient": numbers(logits.grad), "label_smoothing": smoothing, "positive_weights": positive}


def cases():
    losses = keras.losses
    for smoothing in [0.0, 0.1]:
        for what, targets in [("one-hot", ONE_HOT), ("soft", SOFT)]:
            for weights in [None, WEIGHTS]:
                yield by_keras(
                    f"cross-entropy, {what}",
                    losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing),
                    targets, "categorical_crossentropy", weights, label_smoothing=smoothing,
                )
                for alpha, gamma in [([0.25], 2.0), (WEIGHTS, 1.5), ([1.0], 0.5)]:
                    yield by_keras(
                        f"focal, {what}",
                        losses.CategoricalFocalCrossentropy(
                            alpha=alpha if len(alpha) > 1 else alpha[0], gamma=gamma, from_logits=True,
                            label_smoothing=smoothing,
                        ),
                        targets, "categorical_focal_crossentropy", weights,
                        label_smoothing=smoothing, alpha=alpha, gamma=gamma,
                    )
        for what, targets in [("several", SEVERAL), ("mixed", MIXED)]:
            yield by_keras(
                f"binary, {what}", losses.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing),
                targets, "binary_crossentropy", label_smoothing=smoothing,
            )
            yield by_torch(f"binary, {what}, PyTorch", targets, smoothing, WEIGHTS)


result = {"logits": numbers(LOGITS), "shape": [N, K], "cases": list(cases())}
with open(os.path.join(os.path.dirname(__file__), "losses.json"), "w") as file:
    json.dump(result, file, indent=None)
    file.write("\n")
