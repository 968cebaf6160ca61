"""The cases of `make.py` that try one kind of layer each."""

from keras import layers as L

from cases import ACTIVATIONS, Case, chain, one


def conv(name, input, filters, kernel, **options):
    return one(name, input, lambda: L.Conv2D(filters, kernel, name="conv", **options))


def depthwise(name, input, kernel, **options):
    return one(name, input, lambda: L.DepthwiseConv2D(kernel, name="depthwise", **options))


def bn(name, input, batch=3, **options):
    """A normalization: trained by the batch's statistics, trained by the running ones, and frozen."""
    make = lambda: L.BatchNormalization(name="bn", **options)
    return [
        one(f"{name}, by the batch's statistics", input, make, batch=batch, batch_statistics=True),
        one(f"{name}, by the running statistics", input, make, batch=batch),
        one(f"{name}, frozen", input, make, batch=batch, trained=set()),
    ]


CONVOLUTIONS = [
    conv("3x3 valid", [7, 7, 5], 7, 3),
    conv("3x3 same", [6, 6, 3], 16, 3, padding="same"),
    conv("3x3 same, 16 to 17 channels", [5, 5, 16], 17, 3, padding="same"),
    conv("3x3 same, stride 2, even", [8, 8, 3], 13, 3, strides=2, padding="same"),
    conv("3x3 same, stride 2, odd", [9, 9, 7], 16, 3, strides=2, padding="same"),
    conv("3x3 valid, stride 2, even", [8, 8, 5], 7, 3, strides=2),
    conv("3x3 valid, stride 2, odd", [9, 9, 3], 17, 3, strides=2),
    conv("3x3 valid, stride 3, with a rest", [10, 10, 3], 5, 3, strides=3),
    conv("3x3 same, stride 3", [8, 8, 5], 3, 3, strides=3, padding="same"),
    conv("3x3 same, stride 3, not square", [10, 7, 3], 7, 3, strides=3, padding="same"),
    conv("3x1 same, not square", [6, 9, 3], 7, (3, 1), padding="same"),
    conv("1x5 valid, not square", [6, 9, 3], 7, (1, 5)),
    conv("2x4 same", [6, 7, 3], 5, (2, 4), padding="same"),
    conv("2x2 same, stride 2, odd", [7, 7, 3], 5, 2, strides=2, padding="same"),
    conv("3x5 same, strides 1 and 2", [6, 9, 5], 7, (3, 5), strides=(1, 2), padding="same"),
    conv("3x3 valid, strides 2 and 1", [7, 8, 3], 16, 3, strides=(2, 1)),
    conv("1x1", [5, 5, 17], 33, 1),
    conv("1x1, stride 2, even", [6, 6, 16], 33, 1, strides=2),
    conv("1x1 same, stride 2, odd", [7, 7, 13], 16, 1, strides=2, padding="same"),
    conv("1x1, 33 to 1 channels", [4, 4, 33], 1, 1),
    conv("7x7 same, stride 2, even", [16, 16, 3], 16, 7, strides=2, padding="same"),
    conv("7x7 same, stride 2, odd", [15, 15, 3], 7, 7, strides=2, padding="same"),
    conv("7x7 valid, stride 2", [16, 16, 3], 5, 7, strides=2),
    conv("5x5 same, larger than the picture", [3, 3, 5], 7, 5, padding="same"),
    conv("3x3, dilation 2, valid", [9, 9, 5], 7, 3, dilation_rate=2),
    conv("3x3, dilation 2, same", [8, 8, 3], 16, 3, dilation_rate=2, padding="same"),
    conv("3x3, dilations 3 and 1, same", [9, 7, 5], 5, 3, dilation_rate=(3, 1), padding="same"),
    conv("3x3, 2 groups", [6, 6, 6], 4, 3, groups=2, padding="same"),
    conv("3x3, 3 groups, stride 2", [8, 8, 9], 6, 3, groups=3, strides=2, padding="same"),
    conv("3x3, a group a channel, 2 filters each", [6, 6, 5], 10, 3, groups=5),
    conv("3x3, 2 groups of 16 channels", [5, 5, 32], 32, 3, groups=2, padding="same"),
    conv("1x1, 3 groups of 17 channels", [3, 3, 51], 33, 1, groups=3),
    conv("3x3 same, one channel to 5", [6, 6, 1], 5, 3, padding="same"),
    conv("3x3 without bias", [6, 6, 5], 7, 3, use_bias=False),
    *[conv(f"3x3 {a}", [5, 5, 3], 5, 3, padding="same", activation=a) for a in ACTIVATIONS],
    Case("3x3 same, one picture", [6, 6, 7], lambda x: L.Conv2D(13, 3, padding="same", name="conv")(x), batch=1),
    Case("3x3 same, seven pictures", [4, 4, 3], lambda x: L.Conv2D(5, 3, padding="same", name="conv")(x), batch=7),
]

DEPTHWISE = [
    depthwise("3x3 same", [6, 6, 7], 3, padding="same"),
    depthwise("3x3 valid", [7, 7, 16], 3),
    depthwise("3x3 same, stride 2, even", [8, 8, 13], 3, strides=2, padding="same"),
    depthwise("3x3 same, stride 2, odd", [9, 9, 16], 3, strides=2, padding="same"),
    depthwise("3x3 valid, stride 2, even", [8, 8, 5], 3, strides=2),
    depthwise("3x3 same, stride 3", [8, 8, 3], 3, strides=3, padding="same"),
    depthwise("3x3 same, 33 channels", [5, 5, 33], 3, padding="same"),
    depthwise("3x3 same, one channel", [6, 6, 1], 3, padding="same"),
    depthwise("3x3 same, multiplier 2", [6, 6, 5], 3, padding="same", depth_multiplier=2),
    depthwise("3x3 same, multiplier 2, stride 2, 17 channels", [8, 8, 17], 3, padding="same", strides=2, depth_multiplier=2),
    depthwise("1x1, multiplier 3", [4, 4, 7], 1, depth_multiplier=3),
    depthwise("3x3 same, dilation 2", [8, 8, 7], 3, padding="same", dilation_rate=2),
    depthwise("5x5 same", [7, 6, 7], 5, padding="same"),
    depthwise("3x5 valid", [6, 8, 3], (3, 5)),
    depthwise("3x3 without bias", [6, 6, 17], 3, padding="same", use_bias=False),
    depthwise("3x3 relu6", [6, 6, 7], 3, padding="same", activation="relu6"),
    depthwise("3x3 swish", [6, 6, 7], 3, padding="same", activation="swish"),
]

DENSE = [
    one("13 to 7", [13], lambda: L.Dense(7, name="dense")),
    one("33 to 17", [33], lambda: L.Dense(17, name="dense"), batch=5),
    one("1 to 1", [1], lambda: L.Dense(1, name="dense")),
    one("16 to 16, one row", [16], lambda: L.Dense(16, name="dense"), batch=1),
    one("without bias", [13], lambda: L.Dense(5, name="dense", use_bias=False)),
    *[one(f"{a}", [7], lambda a=a: L.Dense(5, name="dense", activation=a)) for a in ACTIVATIONS],
]

NORMALIZATIONS = [
    *bn("picture, 3 channels", [4, 5, 3]),
    *bn("picture, 16 channels", [3, 3, 16]),
    *bn("picture, 17 channels", [3, 3, 17]),
    *bn("vector, 7 features", [7], batch=6),
    *bn("vector, 33 features", [33], batch=5),
    *bn("without scale", [4, 4, 5], scale=False),
    *bn("without center", [4, 4, 5], center=False),
    *bn("without scale and center", [4, 4, 5], scale=False, center=False),
    *bn("vector without scale", [7], batch=6, scale=False),
    *bn("epsilon 0.1 and momentum 0.5", [4, 4, 5], epsilon=0.1, momentum=0.5),
    *bn("epsilon 1.001e-5 and momentum 0.9", [4, 4, 5], epsilon=1.001e-5, momentum=0.9),
]

FUNCTIONS = [
    *[one(f"{a} of a picture", [4, 5, 7], lambda a=a: L.Activation(a, name="act")) for a in ACTIVATIONS],
    *[one(f"{a} of a vector", [13], lambda a=a: L.Activation(a, name="act")) for a in ACTIVATIONS],
    Case(
        "softmax of rows", [20], lambda x: L.Activation("softmax", name="act")(L.Reshape((4, 5), name="rows")(x))
    ),
    one("ReLU without a limit", [4, 5, 7], lambda: L.ReLU(name="relu")),
    one("ReLU up to 6", [4, 5, 7], lambda: L.ReLU(6.0, name="relu")),
    one("ReLU up to 0.75", [4, 5, 7], lambda: L.ReLU(0.75, name="relu")),
    one("Dropout at inference", [4, 5, 7], lambda: L.Dropout(0.4, name="dropout")),
]


def pooling(kind, make):
    def case(name, input, **options):
        return one(f"{kind} {name}", input, lambda: make(name="pool", **options))

    def blocked(x):
        x = L.Conv2D(17, 3, padding="same", name="conv")(x)
        return make(3, 2, padding="same", name="pool")(x)

    return [
        case("2x2, even", [6, 6, 5], pool_size=2),
        case("2x2, odd", [7, 7, 3], pool_size=2),
        case("2x2 same, odd", [7, 5, 7], pool_size=2, padding="same"),
        case("3x3 / 2 valid", [7, 8, 5], pool_size=3, strides=2),
        case("3x3 / 2 same, even", [8, 8, 16], pool_size=3, strides=2, padding="same"),
        case("3x3 / 2 same, odd", [7, 7, 17], pool_size=3, strides=2, padding="same"),
        case("3x3 / 1 same", [5, 5, 3], pool_size=3, strides=1, padding="same"),
        case("2x2 / 1 valid", [5, 5, 7], pool_size=2, strides=1),
        case("2x3 / (1, 2) same", [5, 6, 5], pool_size=(2, 3), strides=(1, 2), padding="same"),
        case("2x2 / 3, with a gap", [8, 8, 3], pool_size=2, strides=3),
        Case(f"{kind} behind a convolution of 17 channels", [7, 7, 3], blocked),
    ]


POOLINGS = [
    *pooling("max", L.MaxPooling2D),
    *pooling("average", L.AveragePooling2D),
    one("max of equal elements", [6, 6, 5], lambda: L.MaxPooling2D(3, 2, name="pool"), quantized=True),
    one("global average", [4, 5, 7], lambda: L.GlobalAveragePooling2D(name="pool")),
    one("global max", [4, 5, 7], lambda: L.GlobalMaxPooling2D(name="pool")),
    one("global average, dimensions kept", [5, 4, 17], lambda: L.GlobalAveragePooling2D(keepdims=True, name="pool")),
    one("global max, dimensions kept", [5, 4, 17], lambda: L.GlobalMaxPooling2D(keepdims=True, name="pool")),
    Case(
        "global average between a convolution and a dense layer",
        [5, 5, 3],
        chain(L.Conv2D(17, 3, name="conv"), L.GlobalAveragePooling2D(name="pool"), L.Dense(3, name="dense")),
    ),
]

SHAPES = [
    one("padding of 2", [3, 4, 5], lambda: L.ZeroPadding2D(2, name="pad")),
    one("padding behind only", [3, 4, 5], lambda: L.ZeroPadding2D(((0, 1), (0, 1)), name="pad")),
    one("padding different on all sides", [3, 4, 7], lambda: L.ZeroPadding2D(((2, 0), (1, 3)), name="pad")),
    Case(
        "padding between convolution and sum",
        [6, 6, 3],
        lambda x: L.Add(name="add")(
            [L.ZeroPadding2D(1, name="pad")(L.Conv2D(17, 3, name="conv")(x)), L.Conv2D(17, 1, name="side")(x)]
        ),
    ),
    one("flatten", [3, 4, 5], lambda: L.Flatten(name="flatten")),
    Case(
        "flatten between a convolution of 17 channels and a dense layer",
        [5, 5, 3],
        chain(L.Conv2D(17, 3, name="conv"), L.Flatten(name="flatten"), L.Dense(3, name="dense")),
    ),
    one("reshape to a picture", [24], lambda: L.Reshape((2, 4, 3), name="reshape")),
    one("reshape with an extent left open", [4, 6, 2], lambda: L.Reshape((-1, 3, 4), name="reshape")),
    Case(
        "reshape between two convolutions",
        [6, 6, 3],
        chain(
            L.Conv2D(18, 3, name="conv1"), L.Reshape((8, 6, 6), name="reshape"), L.Conv2D(5, 3, name="conv2")
        ),
    ),
]
