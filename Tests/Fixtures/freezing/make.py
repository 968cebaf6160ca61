"""Writes freezing.json: what Keras and PyTorch make of frozen layers over several steps.

    python make.py

needs tensorflow-cpu (which brings Keras 3) and torch. One small network (two blocks of convolution, batch
normalization and rectifier; a head) is trained on given pictures: by Keras with each policy for batch
normalizations, and by PyTorch with groups of parameters that have learning rates of their own, and with groups
that join later (pytorch.py, in a process of its own: TensorFlow and PyTorch do not get on in one). PyTorch's
arrays are written in Keras's layouts.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow as tf

from given import CLASSES, data, numbers, start
from pytorch import results

class Keras:
    """The network, with what each normalization does as it is called and what of it is trained."""

    def __init__(self, frozen, unfrozen):
        layers = keras.layers
        x = inputs = layers.Input((5, 5, 2))
        self.layers = {}
        for block, behavior in [("block1", frozen), ("block2", unfrozen)]:
            conv = layers.Conv2D(4, 3, padding="same", use_bias=False, name=f"{block}_conv")
            bn = layers.BatchNormalization(momentum=0.9, name=f"{block}_bn")
            # Keras's own way for the default; elsewhere the call and the variables say it.
            called = {"inference": False, "update_statistics": True, "train": True}[behavior]
            if (block, behavior) == ("block1", "inference"):
                called = True
            x = layers.Activation("relu")(bn(conv(x), training=called))
            self.layers |= {conv.name: conv, bn.name: bn}
            if block == "block1":
                conv.trainable = False
                if behavior == "inference":
                    bn.trainable = False
            if behavior == "update_statistics":
                bn.gamma.trainable = bn.beta.trainable = False
        x = layers.GlobalAveragePooling2D()(x)
        dense = layers.Dense(CLASSES, name="predictions")
        self.layers["predictions"] = dense
        self.model = keras.Model(inputs, dense(x))
        for name, array in start().items():
            self.variable(name).assign(array)

    def variable(self, name):
        layer, array = name.split("/")
        return getattr(self.layers[layer], array)

    def train(self):
        optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
        variables = self.model.trainable_variables
        optimizer.build(variables)
        losses = []
        for pictures, labels in zip(*data()):
            with tf.GradientTape() as tape:
                logits = self.model(pictures)
                loss = keras.ops.mean(
                    keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
                )
            optimizer.apply(tape.gradient(loss, [v.value for v in variables]), variables)
            losses.append(float(loss))
        return {"losses": losses, "after": {name: numbers(self.variable(name)) for name in start()}}


def policies():
    pairs = [
        ("inference", "train"), ("update_statistics", "train"), ("train", "train"),
        ("inference", "inference"), ("inference", "update_statistics"), ("train", "inference"),
    ]
    return [{"frozen": f, "unfrozen": u, **Keras(f, u).train()} for f, u in pairs]


if __name__ == "__main__":
    pictures, labels = data()
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "freezing.json"), "w") as file:
        json.dump(
            {
                "pictures": [numbers(p) for p in pictures],
                "labels": labels.tolist(),
                "start": {name: numbers(array) for name, array in start().items()},
                "policies": policies(),
                **results(),
            },
            file,
        )
        file.write("\n")
