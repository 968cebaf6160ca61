"""What Keras makes of pictures and of a softmax cross-entropy, with a network's arrays made from a formula."""

import keras
import numpy as np
import tensorflow as tf

import kinks
import seeded
from networks import build, set_precision

CLASSES = 10


def small(case, precision):
    """A network for small pictures: with its own classifier, or with one behind VGG's last pooling. Dropout
    is off."""
    set_precision(precision)
    options = {"alpha": case["alpha"], "input_shape": (case["size"], case["size"], 3)}
    if case["network"].startswith("vgg"):
        bare = build(case["network"], include_top=False, **options)
        x = keras.layers.Flatten(name="flatten")(bare.output)
        model = keras.Model(bare.input, keras.layers.Dense(CLASSES, name="predictions")(x), name=bare.name)
    else:
        model = build(case["network"], classes=CLASSES, classifier_activation=None, **options)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    return fill(model)


def fill(model):
    """Gives a model its arrays."""
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(seeded.parameter(seeded.keras_key(layer, variable), variable.shape))
    return model


def pictures(case, picture):
    """Numbers from -1 to 1, or from 0 to 255 for networks that scale their pictures themselves."""
    shape = (case["batch"], case["size"], case["size"], 3)
    if case["network"].startswith("mobilenet_v3"):
        return seeded.array(picture, shape, scale=127.5, offset=127.5)
    return seeded.array(picture, shape)


def gradients(model, case, picture):
    """Logits, and by key the gradients of the mean cross-entropy; pictures' numbers are their labels."""
    x = tf.constant(pictures(case, picture), model.input.dtype)
    labels = [number % CLASSES for number in range(case["batch"])]
    with tf.GradientTape() as tape:
        logits = model(x, training=case["uses_batch_statistics"])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    variables = [(seeded.keras_key(layer, v), v) for layer in model.layers for v in layer.trainable_weights]
    found = tape.gradient(loss, [v.value for _, v in variables])
    return np.asarray(logits), {key: np.asarray(g) for (key, _), g in zip(variables, found)}


def errors(found, exact):
    """Each gradient's distance from the exact one, as a share of its norm; absolute where that is zero but
    for rounding (the gradient of a bias in front of a normalization, say)."""
    result = {}
    for key, gradient in exact.items():
        norm = np.linalg.norm(gradient) if np.abs(gradient).max() > 1e-12 else 1
        result[key] = float(np.linalg.norm(found[key] - gradient) / norm)
    return result


class Reference:
    """A case's pictures, Keras's float64 logits and gradients of them, and how far float32 is from those."""

    def __init__(self, case, log=print):
        keras.backend.clear_session()
        exact, self.model = small(case, "float64"), small(case, "float32")
        self.picture, steadiness = kinks.steady_picture(exact, self.model, case, pictures)
        self.pictures = pictures(case, self.picture)
        self.logits, self.gradients = gradients(exact, case, self.picture)
        logits, rounded = gradients(self.model, case, self.picture)
        self.logits_error = float(np.abs(logits - self.logits).max() / np.abs(self.logits).max())
        self.gradients_error = max(errors(rounded, self.gradients).values())
        log(
            f"{case}: {self.picture}, {steadiness:.1f} roundings from a kink; float32 is "
            f"{self.logits_error:.1e} off, its gradients {self.gradients_error:.1e}"
        )
