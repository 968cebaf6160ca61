"""Grad-CAM maps of a published network by Keras 2; writes emotions.json beside this file.

The network is fer2013_mini_XCEPTION.102-0.66.hdf5 of github.com/oarriaga/face_classification. Run in an environment with
TensorFlow and tf-keras: python make_emotions.py fer2013_mini_XCEPTION.102-0.66.hdf5
"""
import json
import os
import pathlib
import sys

# Gradients of small convolutions crash otherwise.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
import tf_keras
from PIL import Image

HERE = pathlib.Path(__file__).parent


def main():
    model = tf_keras.models.load_model(sys.argv[1], compile=False)
    model.trainable = False
    picture = Image.open(HERE.parent / "datasets/images/grey.png").convert("L").resize((64, 64), Image.BILINEAR)
    x = (np.asarray(picture, np.float32).reshape(1, 64, 64, 1) - 127.5) / 127.5
    maps = []
    for layer in ["conv2d_7", "add_4", "separable_conv2d_8"]:
        # The last layer is the softmax.
        probe = tf_keras.Model(model.inputs, [model.get_layer(layer).output, model.layers[-1].input])
        for label in (0, 3, 6):
            with tf.GradientTape() as tape:
                values, scores = probe(x, training=False)
                score = scores[:, label]
            weights = tf.reduce_mean(tape.gradient(score, values), axis=(1, 2))
            heat = tf.nn.relu(tf.reduce_sum(weights[:, None, None, :] * values, axis=-1))[0]
            maps.append({"layer": layer, "class": label, "map": heat.numpy().astype(float).tolist()})
    text = json.dumps(maps)
    rounded = json.loads(text, parse_float=lambda t: float(f"{float(t):.7g}"))
    (HERE / "emotions.json").write_text(json.dumps(rounded, separators=(",", ":")) + "\n")


main()
