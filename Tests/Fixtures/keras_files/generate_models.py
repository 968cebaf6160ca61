"""Makes random models of all layers that Graft reads, and what Keras computes with them.

    python Tests/Fixtures/keras_files/generate_models.py generated --count 40 --seed 1
    mkdir written
    GRAFT_GENERATED=$PWD/generated GRAFT_WRITTEN=$PWD/written swift test --filter GeneratedModelsTests
    python Tests/Fixtures/keras_files/verify_generated.py generated written

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. Every model is written as `.h5` and
`.keras`, by Keras 2 or Keras 3 in turn. They are Sequential or functional, with branches, shared layers, models in
models (shared ones too), and several inputs and outputs. The last line checks that Keras opens what Graft wrote,
computes the same with it, has the same weights bit for bit, and trains it on. A few models of few weights are
committed in `generated` (`--count 6 --seed 7 --most 300`).
"""

import argparse
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tf_keras

from make import image

KERAS2 = ["linear", "relu", "elu", "selu", "gelu", "sigmoid", "tanh", "swish", "softplus", "softsign", "exponential",
          "mish", "softmax", "hard_sigmoid"]
KERAS3 = KERAS2[:-1] + ["relu6", "leaky_relu", "silu", "hard_silu", "log_softmax", "hard_tanh", "log_sigmoid",
                   "tanh_shrink", "soft_shrink", "hard_shrink", "squareplus", "sparse_sigmoid", "celu"]


class Maker:
    """Draws layers at random."""

    def __init__(self, api, random):
        self.api, self.random, self.L = api, random, api.layers
        self.is3 = api is keras

    def pick(self, *options):
        return options[self.random.integers(len(options))]

    def chance(self, probability=0.5):
        return self.random.random() < probability

    def activation(self):
        if self.chance(0.1):
            return self.L.LeakyReLU(0.125) if self.chance() else self.L.ReLU(4.0)
        names = KERAS3 if self.is3 else KERAS2
        return None if self.chance(0.4) else names[self.random.integers(len(names))]

    def window(self):
        return self.pick(1, 2, 3, (1, 3), (3, 2))

    def named(self):
        """Sometimes a name of one's own, as people give."""
        self.count = getattr(self, "count", 0) + 1
        return {"name": self.pick("conv", "block", "feature", "my_layer") + f"_{self.count}"} if self.chance(0.4) else {}

    def convolution(self, shape):
        L, kind = self.L, self.pick("conv", "conv", "depthwise", "separable", "transpose")
        common = {"padding": self.pick("same", "valid"), "use_bias": self.chance(0.7), "activation": self.activation(),
                  **self.named()}
        channels, extent = shape[-1], min(shape[0], shape[1])
        if extent < 3:
            common["padding"] = "same"
        if kind == "conv":
            groups = 2 if channels % 2 == 0 and self.chance(0.2) else 1
            steps = {"strides": self.pick(1, 2, (1, 2))} if self.chance() else (
                {"dilation_rate": 2} if common["padding"] == "same" else {})
            return L.Conv2D(self.pick(2, 4, 6), self.window(), groups=groups, **steps, **common)
        if kind == "depthwise":
            return L.DepthwiseConv2D(self.window(), strides=self.pick(1, 1, 2), depth_multiplier=self.pick(1, 2),
                                     **common)
        if kind == "separable":
            return L.SeparableConv2D(self.pick(3, 4), self.window(), depth_multiplier=self.pick(1, 2),
                                     strides=self.pick(1, 2), **common)
        if extent > 12:
            return None
        strides = self.pick(1, 2)
        return L.Conv2DTranspose(self.pick(2, 3), self.pick(2, 3), strides=strides,
                                 output_padding=self.pick(None, strides - 1), **common)

    def picture_layer(self, shape):
        """A layer that makes a picture of a picture."""
        L, (h, w, c) = self.L, shape
        if self.chance(0.45):
            return self.convolution(shape)
        kinds = [
            lambda: L.BatchNormalization(momentum=0.9, epsilon=self.pick(1e-3, 1e-5), center=self.chance(0.8),
                                         scale=self.chance(0.8), **self.named()),
            lambda: L.LayerNormalization(axis=self.pick(-1, -1, 1, 2), center=self.chance(0.8), scale=self.chance(0.8)),
            lambda: L.GroupNormalization(groups=self.pick(1, c, -1)), lambda: L.GroupNormalization(groups=h, axis=1),
            lambda: L.Activation(self.activation_name()), lambda: L.ReLU(**self.pick(
                {}, {"max_value": 2.0}, {"negative_slope": 0.25, "threshold": 0.5, "max_value": 3.0})),
            lambda: L.LeakyReLU(0.125), lambda: L.PReLU(shared_axes=self.pick(None, [1, 2])),
            lambda: L.ELU(0.5), lambda: L.Softmax(axis=self.pick(-1, 1, -2)),
            lambda: L.Dropout(0.25), lambda: L.SpatialDropout2D(0.25), lambda: L.GaussianNoise(0.1),
            lambda: L.GaussianDropout(0.2), lambda: L.ActivityRegularization(l2=0.01),
            lambda: L.ZeroPadding2D(self.pick(1, (1, 2), ((0, 1), (1, 0)))),
            lambda: L.Cropping2D(self.pick(1, (1, 0), ((0, 1), (1, 0)))) if min(h, w) > 4 else None,
            lambda: L.UpSampling2D(self.pick(2, (1, 2)), interpolation=self.pick("nearest", "bilinear", "bicubic", "lanczos3"))
            if max(h, w) < 12 else None,
            lambda: L.MaxPooling2D(self.pick(2, 3), strides=self.pick(None, 1, 2), padding=self.pick("same", "valid"))
            if min(h, w) > 3 else None,
            lambda: L.AveragePooling2D(self.pick(2, (1, 2)), padding=self.pick("same", "valid"))
            if min(h, w) > 3 else None,
            lambda: L.Permute((2, 1, 3)), lambda: L.Reshape((w, h, c)), lambda: L.Reshape((h * w, 1, -1)) if h * w < 64 else None,
            lambda: L.Rescaling(self.pick(0.5, 1 / 127.5), offset=self.pick(0.0, -1.0)),
            lambda: L.Resizing(self.pick(5, 8), 6, interpolation=self.pick("bilinear", "nearest", "bicubic", "lanczos5")),
            lambda: L.RandomFlip("horizontal"), lambda: L.RandomRotation(0.1), lambda: L.RandomZoom(0.2),
            lambda: L.RandomContrast(0.2), lambda: L.RandomTranslation(0.1, 0.1), lambda: L.Dense(4, activation="tanh"),
            lambda: L.Normalization(axis=-1, mean=[0.1] * c, variance=[2.0] * c),
            lambda: L.Normalization(axis=-1),
        ]
        return kinds[self.random.integers(len(kinds))]()

    def activation_name(self):
        while True:
            activation = self.activation()
            if isinstance(activation, str):
                return activation

    def vector_layer(self):
        L = self.L
        return self.pick(
            L.Dense(self.pick(3, 5), activation=self.activation(), use_bias=self.chance(0.8), **self.named()),
            L.Dropout(0.3), L.BatchNormalization(), L.LayerNormalization(), L.PReLU(), L.Activation("relu"), L.ELU())

    def to_vector(self, shape):
        L = self.L
        pooled = [L.GlobalAveragePooling2D(), L.GlobalMaxPooling2D()]
        return [L.Flatten()] if np.prod(shape) < 80 and self.chance() else [pooled[self.random.integers(2)]]

    def block(self, x, length):
        for _ in range(length):
            layer = self.picture_layer(tuple(x.shape[1:]))
            if layer is not None:
                x = layer(x)
        return x

    def merged(self, x):
        """Branches of one shape, joined."""
        L = self.L
        channels = x.shape[-1]
        shared = L.Conv2D(channels, 3, padding="same", activation=self.activation(), **self.named())
        left = shared(x)
        if self.chance(0.3):  # A shared layer, with or without a normalization behind each call.
            right = shared(left if self.chance() else L.LeakyReLU()(x))
        elif self.chance(0.3):
            gate = L.GlobalAveragePooling2D(keepdims=True)(x)
            gate = L.Conv2D(channels, 1, activation="sigmoid")(gate)
            return L.Multiply()([left, gate])
        else:
            right = L.SeparableConv2D(channels, 3, padding="same")(x)
        if self.chance(0.3):
            norm = L.BatchNormalization()
            left, right = norm(left), norm(right)
        kind = self.pick(L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate)
        x = kind(**self.named())([left, right])
        if self.chance(0.2):
            x = self.pick(lambda: x * 0.5, lambda: x + 1.0, lambda: 1.0 - x, lambda: x / 2.0, lambda: x + left
                          if x.shape[-1] == left.shape[-1] else x)()
        return x

    def submodel(self, shape):
        """A small model, functional or Sequential."""
        if self.chance():
            layers = [l for l in (self.picture_layer(shape) for _ in range(1)) if l is not None]
            layers.append(self.L.Conv2D(3, 3, padding="same", activation="relu", **self.named()))
            front = [self.api.Input(shape)] if self.chance() else []
            return self.api.Sequential(front + layers + [self.L.BatchNormalization()])
        inputs = self.api.Input(shape)
        x = self.merged(self.block(inputs, 1))
        if self.chance(0.3):
            x = self.submodel(tuple(x.shape[1:]))(x)
        return self.api.Model(inputs, x)

    def head(self, x):
        if len(x.shape) == 4:
            for layer in self.to_vector(tuple(x.shape[1:])):
                x = layer(x)
        for _ in range(self.random.integers(3)):
            x = self.vector_layer()(x)
        return self.L.Dense(self.pick(2, 3), activation=self.pick("softmax", "sigmoid", None))(x)

    def sequential(self):
        shape = (self.pick(8, 9), self.pick(8, 10), self.pick(1, 3))
        model = self.api.Sequential([self.api.Input(shape), self.L.Conv2D(4, 3, padding="same")])
        for _ in range(self.random.integers(2, 7)):
            now = tuple(model.output_shape[1:])
            layer = self.submodel(now) if self.chance(0.2) else self.picture_layer(now)
            if layer is not None:
                model.add(layer)
        for layer in self.to_vector(tuple(model.output_shape[1:])) + [self.vector_layer()]:
            model.add(layer)
        model.add(self.L.Dense(3, activation="softmax"))
        return model

    def functional(self):
        shape = (self.pick(8, 9), self.pick(8, 10), self.pick(1, 3))
        inputs = [self.api.Input(shape, **self.named())]
        x = self.block(inputs[0], self.random.integers(1, 4))
        if self.chance(0.4):  # A siamese network, or a model called twice on one picture.
            model = self.submodel(shape)
            other = inputs[0]
            if self.chance():
                other = self.api.Input(shape)
                inputs.append(other)
            x, y = model(inputs[0]), model(self.L.ReLU()(other) if self.chance() else other)
            x = self.pick(self.L.Subtract, self.L.Add, self.L.Concatenate)()([x, y] if self.chance() else [y, x])
        for _ in range(self.random.integers(1, 3)):
            x = self.merged(self.block(x, 1))
        outputs = [self.head(x)]
        if self.chance(0.3):
            outputs.append(self.head(x) if self.chance() else x)
        return self.api.Model(inputs, outputs)


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def spread(model, random):
    """Random weights, moderate, with statistics that are not just zero and one."""
    weights = []
    for weight, array in zip(model.weights, model.get_weights()):
        name = getattr(weight, "path", weight.name)
        if "variance" in name:
            weights.append((0.5 + random.random(array.shape)).astype(array.dtype))
        elif np.issubdtype(array.dtype, np.floating):
            weights.append((array * 0.9 + 0.15 * random.standard_normal(array.shape)).astype(array.dtype))
        else:
            weights.append(array)
    model.set_weights(weights)


def siamese(api):
    """A model that is called three times, for two pictures; two of its calls are outputs themselves."""
    inputs = api.Input((6, 6, 1))
    x = api.layers.Conv2D(2, 3, activation=api.layers.LeakyReLU(0.125), name="conv")(inputs)
    encoder = api.Model(inputs, api.layers.BatchNormalization(name="norm")(x), name="encoder")
    left, right = api.Input((6, 6, 1), name="left"), api.Input((6, 6, 1), name="right")
    first, second = encoder(right), encoder(left)
    difference = api.layers.Subtract(name="difference")([second, first])
    pooled = api.layers.GlobalMaxPooling2D(name="pool")(difference)
    third = encoder(api.layers.Rescaling(0.5, name="half")(left))
    scores = api.layers.Dense(3, activation="softmax", name="scores")(pooled)
    return api.Model([left, right], [scores, first, third], name="siamese")


def generate(folder, count, seed, most=None):
    """Models with numbers from a seed on; `most` leaves out those with more weights."""
    digests, number, made = {}, seed * 1000, 0
    while made < count:
        number += 1
        version, api = (("keras2", tf_keras), ("keras3", keras))[number % 2]
        api.backend.clear_session()
        random = np.random.default_rng(number)
        api.utils.set_random_seed(number)
        maker = Maker(api, random)
        try:
            model = siamese(api) if most and made < 2 else maker.functional() if random.random() < 0.7 else maker.sequential()
            spread(model, random)
            # Read back, because Keras 3's Normalization goes by its new weights only then.
            model.save(folder / "draft.keras")
            model = api.models.load_model(folder / "draft.keras", compile=False)
            model.save(folder / "draft.h5")  # Keras cannot always save what it has just read.
            shapes = [[2, *shape[1:]] for shape in (
                model.input_shape if isinstance(model.input_shape, list) else [model.input_shape])]
            pictures = [image(*shape) for shape in shapes]
            outputs = [np.asarray(o) for o in listed(model.predict(pictures if len(pictures) > 1 else pictures[0],
                                                                    verbose=0))]
        except Exception as error:  # Not every draw makes a model, nor can TensorFlow compute each that does.
            print(number, "is no model:", str(error).strip().splitlines()[-1][:120])
            continue
        # Of very large numbers, float32 has nothing to say; so has a model that does not tell pictures apart.
        if not all(np.isfinite(o).all() and np.abs(o).max() < 100 for o in outputs) or (
                most and model.count_params() > most):
            continue
        for ending in [("h5", "keras")[made // 2 % 2]] if most else ("h5", "keras"):
            name = f"{version}_{number}.{ending}"
            model.save(folder / name)
            digests[name] = {"inputs": shapes, "outputs": [np.ravel(o).tolist() for o in outputs],
                             "parameterCount": int(model.count_params())}
            if not most:
                np.savez(folder / f"{name}.npz", *model.get_weights())
        made += 1
        print(version, number, type(model).__name__, len(model.layers), "layers", len(shapes), "inputs",
              len(outputs), "outputs")
    for ending in ("h5", "keras"):
        (folder / f"draft.{ending}").unlink()
    (folder / "digests.json").write_text(json.dumps(digests))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, help="the most parameters of a model; for a small set")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    generate(options.folder, options.count, options.seed, options.most)
