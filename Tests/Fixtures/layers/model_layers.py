"""The cases of `make.py` that try the layers of whole models: one kind each, and what they meet."""

import keras
import tensorflow as tf
from keras import layers as L
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from cases import Case, chain, one

FUNCTIONS = """leaky_relu elu selu gelu log_softmax hard_tanh mish exponential softplus softsign log_sigmoid
tanh_shrink soft_shrink hard_shrink squareplus sparse_sigmoid""".split()


@keras.saving.register_keras_serializable(package="graft")
class GELU(L.Layer):
    """Keras has the approximation as an argument of the function only."""

    def __init__(self, approximate=False, **options):
        super().__init__(**options)
        self.approximate = approximate

    def call(self, x):
        return keras.activations.gelu(x, approximate=self.approximate)

    def get_config(self):
        return super().get_config() | {"approximate": self.approximate}


class MultipliedConv2DTranspose(L.Conv2DTranspose):
    """TensorFlow has no dilated transposed convolution for CPUs: this differentiates its convolution."""

    def call(self, inputs):
        shape = self.compute_output_shape(inputs.shape)
        with tf.GradientTape() as tape:
            x = tf.zeros(shape, inputs.dtype)
            tape.watch(x)
            y = tf.nn.convolution(x, self.kernel, self.strides, self.padding.upper(), dilations=self.dilation_rate)
        return tape.gradient(y, x, inputs) + self.bias


class MultipliedResizing(L.Resizing):
    """Also those of TensorFlow's interpolations that it does not differentiate (in float64), or Keras 3 not name."""

    def _transform_images(self, images, transformation, interpolation):
        size = (self.height, self.width)
        resize = lambda x: tf.cast(tf.image.resize(x, size, interpolation, antialias=self.antialias), x.dtype)
        _, height, width, channels = images.shape

        @tf.custom_gradient
        def linear(x):
            def gradient(upstream):
                pixels = tf.reshape(tf.eye(height * width, dtype=x.dtype), (height * width, height, width, 1))
                return tf.einsum("nhwc,phw->npc", upstream, resize(pixels)[..., 0])

            return resize(x), lambda upstream: tf.reshape(gradient(upstream), tf.shape(x))

        return linear(images)


def conv(name, filters=17, kernel=3, **options):
    return L.Conv2D(filters, kernel, padding=options.pop("padding", "same"), name=name, **options)


def bn(name):
    return L.BatchNormalization(name=name)


def behind(layer, channels=17, before=True, after=True):
    """A layer between two convolutions, so that what it gets may lie in blocks."""

    def build(x):
        x = layer(conv("conv1", channels)(x))
        return conv("conv2", 5)(x)

    return build


def separable(name, input, filters, kernel=3, **options):
    return one(name, input, lambda: L.SeparableConv2D(filters, kernel, name="separable", **options))


def transposed(name, input, filters, kernel, **options):
    return one(name, input, lambda: L.Conv2DTranspose(filters, kernel, name="transposed", **options))


def block(x):
    """The body of Xception and of mini-Xception."""
    side = bn("side_bn")(conv("side", 16, 1, strides=2, use_bias=False)(x))
    x = L.SeparableConv2D(16, 3, padding="same", use_bias=False, name="separable1")(x)
    x = L.Activation("relu", name="relu")(bn("bn1")(x))
    x = L.SeparableConv2D(16, 3, padding="same", use_bias=False, name="separable2")(x)
    x = L.MaxPooling2D(3, 2, padding="same", name="pool")(bn("bn2")(x))
    x = L.Add(name="add")([x, side])
    return L.Dense(3, name="dense")(L.GlobalAveragePooling2D(name="gap")(x))


def convnext(x):
    """A block of ConvNeXt."""
    y = L.Conv2D(17, 5, padding="same", groups=17, name="depthwise")(x)
    y = L.LayerNormalization(epsilon=1e-6, name="norm")(y)
    y = L.Dense(33, activation="gelu", name="widen")(y)
    y = L.Dense(17, name="narrow")(y)
    y = LayerScale(0.5, 17, name="scale")(y)
    y = StochasticDepth(0.25, name="depth")(y)
    return L.Add(name="add")([x, y])


def squeeze(x):
    """Squeeze and excitation as EfficientNet has it."""
    x = conv("conv", 17)(x)
    gate = L.GlobalAveragePooling2D(name="squeeze")(x)
    gate = L.Reshape((1, 1, 17), name="reshape")(gate)
    gate = conv("reduce", 5, 1, activation="swish")(gate)
    gate = conv("expand", 17, 1, activation="sigmoid")(gate)
    return L.Multiply(name="excite")([x, gate])


def squeeze_dense(x):
    x = conv("conv", 16)(x)
    gate = L.Dense(5, activation="relu", name="reduce")(L.GlobalAveragePooling2D(name="squeeze")(x))
    gate = L.Dense(16, activation="sigmoid", name="expand")(gate)
    return L.Multiply(name="excite")([x, L.Reshape((1, 1, 16), name="reshape")(gate)])


SEPARABLES = [
    separable("separable 3x3 valid", [7, 7, 5], 7),
    separable("separable 3x3 same", [6, 6, 16], 17, padding="same"),
    separable("separable 3x3 same, stride 2, even", [8, 8, 7], 13, strides=2, padding="same"),
    separable("separable 3x3 same, stride 2, odd", [9, 9, 17], 16, strides=2, padding="same"),
    separable("separable 5x3 valid, not square", [7, 6, 3], 7, (5, 3)),
    separable("separable 3x3, dilation 2", [9, 8, 5], 7, dilation_rate=2, padding="same"),
    separable("separable 3x3, multiplier 2", [6, 6, 5], 7, depth_multiplier=2),
    separable("separable 3x3 without bias", [6, 6, 5], 7, use_bias=False),
    separable("separable 3x3 relu", [6, 6, 5], 7, activation="relu"),
    separable("separable 3x3 selu", [6, 6, 5], 7, activation="selu"),
    Case("body of Xception", [8, 8, 3], block),
    Case("body of Xception, head trained", [8, 8, 3], block, trained={"dense"}),
    Case("body of Xception, end trained", [8, 8, 3], block, trained={"separable2", "bn2", "dense"}),
    Case("body of Xception, by the batch's statistics", [8, 8, 3], block, batch=3, batch_statistics=True),
]

TRANSPOSED = [
    transposed("transposed 3x3 valid", [5, 5, 5], 7, 3),
    transposed("transposed 3x3 same", [5, 6, 3], 16, 3, padding="same"),
    transposed("transposed 3x3 same, stride 2", [4, 5, 7], 5, 3, strides=2, padding="same"),
    transposed("transposed 2x2 valid, stride 2", [4, 5, 16], 17, 2, strides=2),
    transposed("transposed 4x4 same, stride 2", [4, 4, 16], 16, 4, strides=2, padding="same"),
    transposed("transposed 3x3 valid, stride 2", [4, 4, 3], 5, 3, strides=2),
    transposed("transposed 2x2 valid, stride 3, with gaps", [4, 3, 3], 5, 2, strides=3),
    transposed("transposed 1x1 same, stride 2, with gaps", [4, 3, 3], 5, 1, strides=2, padding="same"),
    transposed("transposed 5x3 same, strides 1 and 2", [4, 5, 3], 5, (5, 3), strides=(1, 2), padding="same"),
    transposed("transposed 3x3 same, output padding 0", [4, 5, 3], 5, 3, strides=2, padding="same", output_padding=0),
    transposed("transposed 3x3 same, output padding 1", [4, 5, 3], 5, 3, strides=2, padding="same", output_padding=1),
    transposed("transposed 3x3 valid, output padding 1", [4, 5, 3], 5, 3, strides=2, output_padding=1),
    transposed("transposed 3x3 without bias", [5, 5, 5], 7, 3, use_bias=False),
    transposed("transposed 3x3 relu", [5, 5, 5], 7, 3, activation="relu"),
    transposed("transposed 3x3 swish", [5, 5, 5], 16, 3, activation="swish"),
    one(
        "transposed 3x3, dilation 2",
        [5, 6, 5],
        lambda: MultipliedConv2DTranspose(7, 3, dilation_rate=2, name="transposed"),
    ),
    one(
        "transposed 3x3 same, dilation 2",
        [5, 6, 16],
        lambda: MultipliedConv2DTranspose(17, 3, dilation_rate=2, padding="same", name="transposed"),
    ),
    *[
        Case(
            f"transposed convolution, normalization and sum, {name}",
            [4, 4, 3],
            lambda x: L.Add(name="add")(
                [
                    conv("side", 17)(L.UpSampling2D(2, name="up")(x)),
                    L.ReLU(name="relu")(
                        bn("bn")(L.Conv2DTranspose(17, 3, 2, padding="same", name="transposed")(conv("conv")(x)))
                    ),
                ]
            ),
            trained=trained,
        )
        for name, trained in [("trained", None), ("frozen", set()), ("side trained", {"side"})]
    ],
    Case(
        "padding before a transposed convolution",
        [4, 4, 3],
        chain(L.ZeroPadding2D(1, name="pad"), L.Conv2DTranspose(5, 3, name="transposed")),
    ),
]

RECTIFIERS = [
    *[one(f"{f} of a picture", [4, 5, 7], lambda f=f: L.Activation(f, name="act")) for f in FUNCTIONS],
    *[one(f"{f} of a vector", [13], lambda f=f: L.Activation(f, name="act")) for f in FUNCTIONS],
    *[Case(f"{f} of a convolution", [4, 5, 3], chain(conv("conv", activation=f))) for f in FUNCTIONS],
    *[
        Case(f"{f} of a convolution, frozen", [4, 5, 3], chain(conv("conv", activation=f)), trained=set())
        for f in ["leaky_relu", "selu", "gelu", "softplus"]
    ],
    one("LeakyReLU", [4, 5, 7], lambda: L.LeakyReLU(name="relu")),
    one("LeakyReLU with a slope of 0.1", [4, 5, 7], lambda: L.LeakyReLU(negative_slope=0.1, name="relu")),
    Case("LeakyReLU between convolutions", [5, 5, 3], behind(L.LeakyReLU(name="relu"))),
    one("ReLU with a slope", [4, 5, 7], lambda: L.ReLU(negative_slope=0.2, name="relu")),
    one("ReLU with a slope and a limit", [4, 5, 7], lambda: L.ReLU(0.75, negative_slope=0.2, name="relu")),
    one("ReLU with a threshold", [4, 5, 7], lambda: L.ReLU(threshold=0.5, name="relu")),
    one("ReLU with a threshold and a limit", [4, 5, 7], lambda: L.ReLU(1.5, threshold=0.5, name="relu")),
    one("ReLU with everything", [4, 5, 7], lambda: L.ReLU(1.5, negative_slope=0.2, threshold=0.5, name="relu")),
    Case("ReLU with everything between convolutions", [5, 5, 3], behind(L.ReLU(1.5, 0.2, 0.5, name="relu"))),
    one("ELU", [4, 5, 7], lambda: L.ELU(name="elu")),
    one("ELU with an alpha of 0.5", [4, 5, 7], lambda: L.ELU(0.5, name="elu")),
    one("GELU", [4, 5, 7], lambda: GELU(name="gelu")),
    one("GELU, approximately", [4, 5, 7], lambda: GELU(approximate=True, name="gelu")),
    one("Softmax", [4, 5, 7], lambda: L.Softmax(name="softmax")),
    *[one(f"Softmax along {axis}", [4, 5, 7], lambda axis=axis: L.Softmax(axis=axis, name="softmax")) for axis in [1, -2, 2, [1, 2], [1, 3], [1, 2, 3]]],
    Case(
        "Softmax of columns", [20], chain(L.Reshape((4, 5), name="rows"), L.Softmax(axis=1, name="softmax"))
    ),
    Case("Softmax of columns between convolutions", [5, 4, 3], behind(L.Softmax(axis=[1, 3], name="softmax"))),
    one("Softmax of a vector", [13], lambda: L.Softmax(name="softmax")),
    one("PReLU with a slope an element", [4, 5, 7], lambda: L.PReLU(name="prelu")),
    one("PReLU with a slope a channel", [4, 5, 7], lambda: L.PReLU(shared_axes=[1, 2], name="prelu")),
    one("PReLU with a slope a row", [4, 5, 7], lambda: L.PReLU(shared_axes=[2, 3], name="prelu")),
    one("PReLU with a slope for all", [4, 5, 7], lambda: L.PReLU(shared_axes=[1, 2, 3], name="prelu")),
    one("PReLU of a vector", [13], lambda: L.PReLU(name="prelu"), batch=3),
    Case("PReLU between convolutions, a slope a channel", [5, 5, 3], behind(L.PReLU(shared_axes=[1, 2], name="prelu"))),
    Case("PReLU between convolutions, 16 channels", [5, 5, 3], behind(L.PReLU(shared_axes=[1, 2], name="prelu"), 16)),
    Case("PReLU between convolutions, a slope an element", [5, 5, 3], behind(L.PReLU(name="prelu"))),
    Case(
        "PReLU between convolutions, frozen",
        [5, 5, 3],
        behind(L.PReLU(shared_axes=[1, 2], name="prelu")),
        trained={"conv1"},
    ),
]


def normalizations(name, input, make):
    return [one(f"{name}, trained", input, make), one(f"{name}, frozen", input, make, trained=set())]


ROW_NORMALIZATIONS = [
    *normalizations("layer, picture", [4, 5, 7], lambda: L.LayerNormalization(name="norm")),
    *normalizations("layer, 17 channels", [3, 3, 17], lambda: L.LayerNormalization(epsilon=1e-6, name="norm")),
    *normalizations("layer, vector", [13], lambda: L.LayerNormalization(name="norm")),
    *normalizations("layer, without scale", [4, 5, 7], lambda: L.LayerNormalization(scale=False, name="norm")),
    *normalizations("layer, without center", [4, 5, 7], lambda: L.LayerNormalization(center=False, name="norm")),
    *normalizations(
        "layer, without scale and center", [4, 5, 7], lambda: L.LayerNormalization(center=False, scale=False, name="norm")
    ),
    *[
        case
        for axis in [1, -2, [1, 2], [2, 3], [1, 3], [1, 2, 3], [-3, -2, -1]]
        for case in normalizations(f"layer, along {axis}", [4, 5, 7], lambda axis=axis: L.LayerNormalization(axis=axis, name="norm"))
    ],
    one("layer, along all, without center", [4, 5, 7], lambda: L.LayerNormalization(axis=[1, 2, 3], center=False, name="norm")),
    Case("layer, along all, between convolutions", [5, 4, 3], behind(L.LayerNormalization(axis=[1, 2, 3], name="norm"))),
    Case("layer, along columns and channels, between convolutions", [5, 4, 3], behind(L.LayerNormalization(axis=[2, 3], name="norm"))),
    Case(
        "layer, of columns",
        [20],
        chain(L.Reshape((4, 5), name="rows"), L.LayerNormalization(axis=1, name="norm"), L.Dense(3, name="dense")),
    ),
    Case("layer, between convolutions", [5, 5, 3], behind(L.LayerNormalization(name="norm"))),
    Case(
        "layer, of rows",
        [20],
        chain(L.Reshape((4, 5), name="rows"), L.LayerNormalization(name="norm"), L.Dense(3, name="dense")),
    ),
    *normalizations("group, 3 of 2 channels", [4, 5, 6], lambda: L.GroupNormalization(3, name="norm")),
    *normalizations("group, one of 7 channels", [4, 5, 7], lambda: L.GroupNormalization(1, name="norm")),
    *normalizations("group, one a channel", [4, 5, 7], lambda: L.GroupNormalization(-1, name="norm")),
    *normalizations("group, vector", [12], lambda: L.GroupNormalization(4, name="norm")),
    *normalizations(
        "group, without scale and center", [4, 5, 6], lambda: L.GroupNormalization(2, center=False, scale=False, name="norm")
    ),
    *normalizations("group, along 1", [4, 5, 6], lambda: L.GroupNormalization(2, axis=1, name="norm")),
    *normalizations("group, along -2", [4, 6, 5], lambda: L.GroupNormalization(3, axis=-2, name="norm")),
    Case("group, along 1, between convolutions", [4, 5, 3], behind(L.GroupNormalization(2, axis=1, name="norm"))),
    Case("group, of rows", [20], chain(L.Reshape((4, 5), name="rows"), L.GroupNormalization(2, axis=1, name="norm"))),
    Case("group, of columns", [20], chain(L.Reshape((5, 4), name="rows"), L.GroupNormalization(2, name="norm"))),
    one("group, without center", [4, 5, 6], lambda: L.GroupNormalization(2, center=False, epsilon=0.1, name="norm")),
    Case("group, between convolutions", [5, 5, 3], behind(L.GroupNormalization(4, name="norm"), 32)),
    *normalizations("scale a channel", [4, 5, 7], lambda: LayerScale(0.5, 7, name="scale")),
    Case("scale a channel behind a frozen convolution", [5, 5, 3], chain(conv("conv"), LayerScale(0.5, 17, name="scale")), trained=set()),
    Case("block of ConvNeXt", [6, 6, 17], convnext),
    Case("block of ConvNeXt, frozen", [6, 6, 17], convnext, trained=set()),
]

PREPROCESSING = [
    one("rescaling", [4, 5, 3], lambda: L.Rescaling(1 / 127.5, -1, name="rescaling")),
    one("rescaling a channel", [4, 5, 3], lambda: L.Rescaling([0.5, 2, -1.5], [0.25, 0, 1], name="rescaling")),
    one("rescaling, one offset", [4, 5, 3], lambda: L.Rescaling([0.5, 2, -1.5], 0.75, name="rescaling")),
    one("rescaling, one scale", [3], lambda: L.Rescaling(0.5, [0.25, 0, 1], name="rescaling")),
    Case("rescaling a channel between convolutions", [5, 5, 3], behind(L.Rescaling([0.5] * 8 + [2] * 9, name="rescaling"))),
    one("normalization by arrays", [4, 5, 3], lambda: L.Normalization(name="normalization")),
    one("normalization by arrays, of a vector", [7], lambda: L.Normalization(name="normalization")),
    one("normalization by one mean", [4, 5, 3], lambda: L.Normalization(axis=None, name="normalization")),
    one("normalization, inverted", [4, 5, 3], lambda: L.Normalization(invert=True, name="normalization")),
    one(
        "normalization by given numbers",
        [4, 5, 3],
        lambda: L.Normalization(mean=[0.5, 0.25, -1], variance=[0.25, 4, 0], name="normalization"),
    ),
    one("normalization by a given number", [4, 5, 3], lambda: L.Normalization(axis=None, mean=0.5, variance=4, name="normalization")),
    Case("normalization between convolutions", [5, 5, 3], behind(L.Normalization(name="normalization"))),
    *[
        one(f"resizing {a} to {b}, {how}", [*a, 3], lambda b=b, how=how: L.Resizing(*b, interpolation=how, name="resize"))
        for how in ["bilinear", "nearest"]
        for a, b in [((4, 5), (8, 10)), ((4, 5), (9, 7)), ((9, 8), (4, 4)), ((7, 6), (3, 11)), ((5, 5), (5, 5)), ((12, 3), (10, 1))]
    ],
    *[
        Case(f"resizing between convolutions, {how}", [5, 6, 3], behind(L.Resizing(7, 4, interpolation=how, name="resize")))
        for how in ["bilinear", "nearest"]
    ],
    *[
        one(f"resizing {a} to {b}, nearest, with a middle", [*a, 3], lambda b=b: L.Resizing(*b, interpolation="nearest", name="resize"))
        for a, b in [((2, 3), (41, 5)), ((10, 6), (55, 82)), ((47, 61), (2, 2))]
    ],
    Case("resizing between convolutions, nearest, with a middle", [2, 6, 3], behind(L.Resizing(41, 4, interpolation="nearest", name="resize"))),
    *[
        one(f"resizing {a} to {b}, {how}", [*a, 3], lambda b=b, how=how: L.Resizing(*b, interpolation=how, name="resize"))
        for how in ["bicubic"]
        for a, b in [((4, 5), (8, 10)), ((4, 5), (9, 7)), ((9, 8), (4, 4)), ((17, 6), (3, 11)), ((12, 3), (12, 1)), ((1, 2), (3, 5))]
    ],
    *[
        one(f"resizing {a} to {b}, {how}, smoothed", [*a, 3], lambda b=b, how=how: MultipliedResizing(*b, interpolation=how, antialias=True, name="resize"))
        for how in ["bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"]
        for a, b in [((4, 5), (9, 7)), ((17, 6), (3, 11)), ((12, 13), (5, 2))]
    ],
    *[
        one(f"resizing {a} to {b}, {how}", [*a, 3], lambda b=b, how=how: MultipliedResizing(*b, interpolation=how, name="resize"))
        for how in ["lanczos3", "lanczos5", "area", "gaussian", "mitchellcubic"]
        for a, b in [((4, 5), (9, 7)), ((9, 8), (4, 4)), ((17, 6), (3, 11))]
    ],
    Case("resizing between convolutions, bicubic", [5, 6, 3], behind(L.Resizing(7, 4, interpolation="bicubic", name="resize"))),
    one("augmentations", [4, 5, 3], lambda: L.RandomFlip(name="flip")),
    Case("pictures are augmented elsewhere", [5, 5, 3], chain(L.RandomRotation(0.1, name="rotate"), conv("conv", 5))),
]

RESHAPING = [
    *[
        one(f"upsampling by {size}, {how}", [3, 4, 5], lambda size=size, how=how: L.UpSampling2D(size, interpolation=how, name="up"))
        for how in ["nearest", "bilinear"]
        for size in [2, 3, (1, 4), 1]
    ],
    *[
        one(f"upsampling by {size}, {how}", [3, 4, 5], lambda size=size, how=how: L.UpSampling2D(size, interpolation=how, name="up"))
        for how in ["bicubic"]
        for size in [2, (1, 3)]
    ],
    *[
        Case(f"upsampling between convolutions, {how}", [4, 4, 3], behind(L.UpSampling2D(2, interpolation=how, name="up")))
        for how in ["nearest", "bilinear"]
    ],
    one("cropping of 1", [5, 6, 5], lambda: L.Cropping2D(1, name="crop")),
    one("cropping before only", [5, 6, 7], lambda: L.Cropping2D(((1, 0), (1, 0)), name="crop")),
    one("cropping different on all sides", [6, 7, 7], lambda: L.Cropping2D(((2, 0), (1, 3)), name="crop")),
    Case("cropping between convolutions", [7, 7, 3], behind(L.Cropping2D(((1, 0), (2, 1)), name="crop"))),
    Case("cropping between convolutions, 32 channels", [7, 7, 3], behind(L.Cropping2D(1, name="crop"), 32)),
    *[one(f"permutation {d}", [3, 4, 5], lambda d=d: L.Permute(d, name="permute")) for d in [(3, 1, 2), (2, 1, 3), (1, 3, 2), (2, 3, 1), (3, 2, 1), (1, 2, 3)]],
    Case("permutation of rows", [20], chain(L.Reshape((4, 5), name="rows"), L.Permute((2, 1), name="permute"))),
    Case("permutation between convolutions", [5, 4, 3], behind(L.Permute((2, 1, 3), name="permute"))),
    Case("permutation of channels between convolutions", [5, 4, 3], behind(L.Permute((3, 1, 2), name="permute"))),
    one("dense layer of a picture", [4, 5, 7], lambda: L.Dense(13, activation="relu", name="dense")),
    one("dense layer of a picture, without bias", [4, 5, 7], lambda: L.Dense(13, use_bias=False, name="dense")),
    Case("dense layer of rows", [20], chain(L.Reshape((4, 5), name="rows"), L.Dense(7, activation="tanh", name="dense"))),
    Case("dense layer and normalization of a picture, frozen", [4, 5, 7], chain(L.Dense(13, name="dense"), bn("bn")), trained=set()),
    Case("normalization of rows", [20], chain(L.Reshape((4, 5), name="rows"), bn("bn")), batch_statistics=True, batch=4),
    Case("layers that pass what they get", [4, 5, 7], chain(L.Identity(name="identity"), conv("conv"), L.ActivityRegularization(l1=0.1, name="activity"))),
    *[
        one(f"{type(make()).__name__} at inference", [4, 5, 7], make)
        for make in [
            lambda: L.SpatialDropout2D(0.4, name="layer"),
            lambda: L.GaussianNoise(0.4, name="layer"),
            lambda: L.GaussianDropout(0.4, name="layer"),
            lambda: StochasticDepth(0.4, name="layer"),
            lambda: L.Dropout(0.4, noise_shape=(None, 1, 1, 1), name="layer"),
        ]
    ],
]


def merged(layer, *channels):
    return lambda x: layer([conv(f"conv{n}", c)(x) for n, c in enumerate(channels)])


def with_pooled(layer, first, keepdims=True):
    """A picture and its channels' means."""

    def build(x):
        x = conv("conv")(x)
        pooled = conv("side", 17, 1)(L.GlobalAveragePooling2D(keepdims=True, name="gap")(x))
        if not keepdims:
            pooled = L.Reshape((17,), name="flat")(pooled)
        return layer([pooled, x] if first else [x, pooled])

    return build


MERGES = [L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum]

MODEL_MERGINGS = [
    *[Case(f"{m.__name__} of two", [5, 5, 3], merged(m(name="merge"), 17, 17)) for m in MERGES],
    *[Case(f"{m.__name__} of two vectors", [7], lambda x, m=m: m(name="merge")([L.Dense(5, name="a")(x), L.Dense(5, name="b")(x)])) for m in MERGES],
    *[Case(f"{m.__name__} of three", [5, 5, 3], merged(m(name="merge"), 7, 7, 7)) for m in MERGES if m is not L.Subtract],
    *[Case(f"{m.__name__} of a value and itself", [5, 5, 3], lambda x, m=m: m(name="merge")([y := conv("conv")(x), y])) for m in MERGES],
    *[Case(f"{m.__name__} with the input", [5, 5, 7], lambda x, m=m: m(name="merge")([x, conv("conv", 7)(x)])) for m in MERGES],
    *[Case(f"{m.__name__} of equals", [5, 5, 7], lambda x, m=m: m(name="merge")([L.ReLU(name="a")(x), L.ReLU(name="b")(L.Rescaling(-1, name="r")(x))]), quantized=True) for m in MERGES],
    *[Case(f"{m.__name__} with a stretched second", [5, 5, 3], with_pooled(m(name="merge"), False)) for m in MERGES],
    *[Case(f"{m.__name__} with a vector", [5, 5, 3], with_pooled(m(name="merge"), False, keepdims=False)) for m in MERGES],
    *[Case(f"{m.__name__} with a stretched first", [5, 5, 3], with_pooled(m(name="merge"), True)) for m in MERGES[:4]],
    Case("sum that cannot be accumulated, frozen", [5, 5, 3], with_pooled(L.Add(name="merge"), False), trained=set()),
    Case("sum with a factor", [5, 5, 3], merged(CustomScaleLayer(0.17, name="merge"), 17, 17)),
    Case("squeeze and excitation by convolutions", [5, 5, 3], squeeze),
    Case("squeeze and excitation by convolutions, frozen", [5, 5, 3], squeeze, trained=set()),
    Case("squeeze and excitation by dense layers", [5, 5, 3], squeeze_dense),
    *[
        Case(f"concatenation along axis {axis}", [5, 4, 3], lambda x, axis=axis: L.Concatenate(axis, name="merge")([conv("a")(x), L.Cropping2D(((1, 0), (0, 0)), name="crop")(conv("b")(x)) if axis == 1 else conv("b")(x)]))
        for axis in [1, 2, -2]
    ],
]

MODEL_GROUPS = {
    "separable": SEPARABLES,
    "transposed": TRANSPOSED,
    "rectifiers": RECTIFIERS,
    "row_normalization": ROW_NORMALIZATIONS,
    "preprocessing": PREPROCESSING,
    "reshaping": RESHAPING,
    "model_merging": MODEL_MERGINGS,
}
