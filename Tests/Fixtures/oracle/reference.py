"""What Keras makes of pictures and of a softmax cross-entropy, with a network's arrays made from a formula.

Rectifiers and maxima have kinks: an element so near to one that rounding puts it on the other side changes a
gradient by a jump that no program is to blame for (about 0.5 % of the norm for one element in a hundred
thousand). `steady_picture` therefore looks for pictures that have no element so near.
"""

import keras
import numpy as np
import tensorflow as tf

import seeded
from networks import build

CLASSES = 10


def small(network, alpha, size):
    """A network for small pictures: with its own classifier, or with one behind VGG's last pooling."""
    keras.backend.clear_session()
    options = {"alpha": alpha, "input_shape": (size, size, 3)}
    if network.startswith("vgg"):
        bare = build(network, include_top=False, **options)
        x = keras.layers.Flatten(name="flatten")(bare.output)
        return keras.Model(bare.input, keras.layers.Dense(CLASSES, name="predictions")(x))
    return build(network, classes=CLASSES, classifier_activation=None, **options)


def fill(model, jitter=None):
    """Gives a model its arrays; `jitter` is a generator that moves each number by about a rounding."""
    for layer in model.layers:
        for variable in layer.weights:
            values = seeded.parameter(seeded.keras_key(layer, variable), variable.shape)
            if jitter:
                values = values * (1 + jitter.uniform(-1.2e-7, 1.2e-7, values.shape))
            variable.assign(values)


def gradients(case, precision, picture, jitter=None):
    """Logits, and the gradients of the mean cross-entropy by key; dropout is off."""
    keras.config.set_floatx(precision)
    model = small(case["network"], case["alpha"], case["size"])
    fill(model, jitter)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    x = tf.constant(pictures(case, picture), precision)
    labels = [number % CLASSES for number in range(case["batch"])]
    with tf.GradientTape() as tape:
        logits = model(x, training=case["uses_batch_statistics"])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    variables = [(seeded.keras_key(layer, v), v) for layer in model.layers for v in layer.trainable_weights]
    found = tape.gradient(loss, [v.value for _, v in variables])
    return np.asarray(logits), {key: np.asarray(g) for (key, _), g in zip(variables, found)}


def pictures(case, picture):
    return seeded.array(picture, (case["batch"], case["size"], case["size"], 3))


def errors(found, exact):
    """Each gradient's distance from the exact one, as a share of its norm; absolute where that is zero but
    for rounding (the gradient of a bias in front of a normalization, say)."""
    result = {}
    for key, gradient in exact.items():
        norm = np.linalg.norm(gradient) if np.abs(gradient).max() > 1e-12 else 1
        result[key] = float(np.linalg.norm(found[key] - gradient) / norm)
    return result


def steady_picture(case, tries=30, draws=3, tolerance=3e-4):
    """A name of pictures whose gradients do not jump when arrays move by roundings, the exact logits and
    gradients, and the worst error of float32."""
    random = np.random.default_rng(1)
    for number in range(tries):
        picture = f"input {number}"
        exact = gradients(case, "float64", picture)
        worst_logits = worst = 0
        for jitter in [None] + [random] * draws:
            logits, found = gradients(case, "float32", picture, jitter)
            worst = max([worst, *errors(found, exact[1]).values()])
            worst_logits = max(worst_logits, np.abs(logits - exact[0]).max() / np.abs(exact[0]).max())
            if worst > tolerance:
                break
        print(f"{case} {picture}: float32 is {worst_logits:.1e}, gradients {worst:.1e} off", flush=True)
        if worst <= tolerance:
            return picture, exact, (worst_logits, worst)
    raise SystemExit(f"no steady pictures for {case}")
