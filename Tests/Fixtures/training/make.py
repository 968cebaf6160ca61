"""Writes training.json: what Keras's optimizers and losses make of given numbers.

    python make.py

needs tensorflow-cpu (which brings Keras 3).
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf

STEPS = 6
OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.1),
    "sgd momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "sgd nesterov": lambda: keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "adam": lambda: keras.optimizers.Adam(0.05),
    "adam constants": lambda: keras.optimizers.Adam(0.05, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
    "adamw": lambda: keras.optimizers.AdamW(0.05, weight_decay=0.1),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.05),
    "rmsprop momentum": lambda: keras.optimizers.RMSprop(0.05, rho=0.8, momentum=0.7),
}


def numbers(array):
    return [float(x) for x in np.asarray(array, np.float32).ravel()]


def optimizers():
    random = np.random.default_rng(1)
    start = random.normal(size=10).astype(np.float32)
    gradients = random.normal(size=(STEPS, 10)).astype(np.float32)
    result = {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "after": {}}
    for name, make in OPTIMIZERS.items():
        variable = keras.Variable(start, name="kernel")
        optimizer = make()
        optimizer.build([variable])
        steps = []
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient)], [variable])
            steps.append(numbers(variable.numpy()))
        result["after"][name] = steps
    return result


def losses():
    random = np.random.default_rng(2)
    logits = (4 * random.normal(size=(5, 7))).astype(np.float32)
    logits[0, 3] = 120  # the softmax of the others underflows
    labels = [3, 0, 6, 2, 2]
    cases = []
    for smoothing in [0.0, 0.1]:
        variable = tf.Variable(logits)
        with tf.GradientTape() as tape:
            loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(
                keras.ops.one_hot(labels, 7), variable
            )
        cases.append(
            {
                "label_smoothing": smoothing,
                "loss": float(loss),
                "gradient": numbers(tape.gradient(loss, variable)),
            }
        )
    return {"logits": numbers(logits), "labels": labels, "cases": cases}


def cosine():
    schedule = keras.optimizers.schedules.CosineDecay(0.2, decay_steps=40, alpha=0.1)
    return [float(schedule(step)) for step in range(0, 41)]


def penalties():
    random = np.random.default_rng(3)
    kernel = tf.Variable(random.normal(size=12).astype(np.float32))
    with tf.GradientTape() as tape:
        loss = keras.regularizers.L1L2(l1=0.02, l2=0.3)(kernel)
    return {
        "kernel": numbers(kernel.numpy()),
        "loss": float(loss),
        "gradient": numbers(tape.gradient(loss, kernel)),
    }


def single_sample():
    """One step of gradient descent on a batch of one, whose normalization has a variance of zero."""
    random = np.random.default_rng(4)
    model = keras.Sequential(
        [
            keras.layers.Input((4, 4, 2)),
            keras.layers.Conv2D(3, 4, use_bias=False, name="conv"),
            keras.layers.BatchNormalization(name="bn"),
            keras.layers.Activation("relu", name="relu"),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(3, name="predictions"),
        ]
    )
    weights = [random.uniform(0.2, 1, w.shape).astype(np.float32) for w in model.get_weights()]
    model.set_weights(weights)
    image = random.normal(size=(1, 4, 4, 2)).astype(np.float32)
    model.compile(
        keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False
    )
    loss = model.train_on_batch(image, np.array([1]))
    names = [f"{w.path.split('/')[-2]}/{w.path.split('/')[-1]}" for w in model.weights]
    return {
        "image": numbers(image),
        "loss": float(loss),
        "before": dict(zip(names, map(numbers, weights))),
        "after": dict(zip(names, map(numbers, model.get_weights()))),
    }


class Stub:
    """What the callback needs of a model."""

    stop_training = False
    optimizer = None

    def get_weights(self):
        return []

    def set_weights(self, weights):
        pass


def early_stopping():
    """When Keras's callback ends a training, and which epoch it thinks the best."""
    random = np.random.default_rng(5)
    cases = []
    for monitor, patience, min_delta in [
        ("val_loss", 1, 0.0), ("val_loss", 3, 0.0), ("val_loss", 2, 0.05), ("val_accuracy", 2, 0.0),
        ("val_accuracy", 3, 0.05),
    ]:
        for _ in range(4):
            values = np.round(0.5 + 0.1 * random.normal(size=20), 2)
            callback = keras.callbacks.EarlyStopping(
                monitor, patience=patience, min_delta=min_delta, restore_best_weights=True,
                mode="max" if monitor == "val_accuracy" else "min",
            )
            model = Stub()
            callback.set_model(model)
            callback.on_train_begin()
            for epoch, value in enumerate(values):
                callback.on_epoch_end(epoch, {monitor: value})
                if model.stop_training:
                    break
            cases.append(
                {
                    "monitor": monitor, "patience": patience, "min_delta": min_delta, "values": values.tolist(),
                    "epochs": epoch + 1, "best_epoch": callback.best_epoch + 1,
                }
            )
    return cases


if __name__ == "__main__":
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "training.json"), "w") as file:
        json.dump(
            {
                "optimizers": optimizers(),
                "cross_entropy": losses(),
                "cosine": cosine(),
                "l1_l2": penalties(),
                "single_sample": single_sample(),
                "early_stopping": early_stopping(),
            },
            file,
        )
        file.write("\n")
