"""The cases of `make.py` that try how layers meet: merging layers, and what Graft's plans fuse and fold."""

from keras import layers as L

from cases import Case, chain


def conv(name, filters=16, kernel=3, **options):
    return L.Conv2D(filters, kernel, padding=options.pop("padding", "same"), name=name, **options)


def bn(name, **options):
    return L.BatchNormalization(name=name, **options)


def relu(name):
    return L.Activation("relu", name=name)


def head(x):
    """Pooling and a dense layer, the part that is trained where the rest is frozen."""
    return L.Dense(3, name="dense")(L.GlobalAveragePooling2D(name="gap")(x))


def branches(merge, *filters):
    """Convolutions of these many filters, merged."""

    def build(x):
        return merge([conv(f"conv{number}", count)(x) for number, count in enumerate(filters)])

    return build


def gated(gate_first, channels=17):
    """Squeeze and excitation."""

    def build(x):
        x = conv("conv", channels)(x)
        gate = L.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
        gate = conv("excite", channels, 1, activation="sigmoid")(gate)
        return L.Multiply(name="multiply")([gate, x] if gate_first else [x, gate])

    return build


def attention(x):
    """A gate a pixel."""
    x = conv("conv", 17)(x)
    return L.Multiply(name="multiply")([x, conv("mask", 1, 1, activation="sigmoid")(x)])


def merge_self(merge):
    return lambda x: merge([y := conv("conv", 7)(x), y])


MERGINGS = [
    Case("sum of two", [5, 5, 3], branches(L.Add(name="add"), 17, 17)),
    Case("sum of three", [5, 5, 3], branches(L.Add(name="add"), 7, 7, 7)),
    Case("sum of a value and itself", [5, 5, 3], merge_self(L.Add(name="add"))),
    Case("sum with the input", [5, 5, 7], lambda x: L.Add(name="add")([x, conv("conv", 7)(x)])),
    Case("sum of vectors", [7], lambda x: L.Add(name="add")([L.Dense(5, name="a")(x), L.Dense(5, name="b")(x)])),
    Case("concatenation of 3 and 5 channels", [5, 5, 3], branches(L.Concatenate(name="cat"), 3, 5)),
    Case("concatenation of 16 and 16 channels", [5, 5, 3], branches(L.Concatenate(name="cat"), 16, 16)),
    Case("concatenation of 16, 17 and 13 channels", [5, 5, 3], branches(L.Concatenate(name="cat"), 16, 17, 13)),
    Case("concatenation of a value and itself", [5, 5, 3], merge_self(L.Concatenate(name="cat"))),
    Case("concatenation with the input", [5, 5, 7], lambda x: L.Concatenate(name="cat")([x, conv("conv", 9)(x)])),
    Case(
        "concatenation of vectors",
        [7],
        lambda x: L.Concatenate(name="cat")([L.Dense(5, name="a")(x), L.Dense(3, name="b")(x), x]),
    ),
    Case(
        "concatenation in front of a convolution",
        [5, 5, 3],
        chain(branches(L.Concatenate(name="cat"), 5, 12), conv("last", 7)),
    ),
    Case("product of two", [5, 5, 3], branches(L.Multiply(name="multiply"), 17, 17)),
    Case("product of three", [5, 5, 3], branches(L.Multiply(name="multiply"), 7, 7, 7)),
    Case("product of a value and itself", [5, 5, 3], merge_self(L.Multiply(name="multiply"))),
    Case("product of vectors", [7], lambda x: L.Multiply(name="multiply")([x, L.Dense(7, name="a")(x)])),
    Case("product with a gate a channel", [5, 5, 3], gated(False)),
    Case("product with a gate a channel, the gate first", [5, 5, 3], gated(True)),
    Case("product with a gate a channel, 16 channels", [5, 5, 3], gated(False, 16)),
    Case("product with a gate a pixel", [5, 5, 3], attention),
    Case(
        "product of the input with a gate a pixel",
        [5, 4, 7],
        lambda x: L.Multiply(name="multiply")([conv("mask", 1, 1, activation="sigmoid")(x), x]),
    ),
]


def residual(x, end=lambda x: x, shortcut=lambda x: x):
    """A block as in ResNet, behind a convolution."""
    x = relu("relu0")(bn("bn0")(conv("conv0", 16)(x)))
    y = relu("relu1")(bn("bn1")(conv("conv1", 8, 1)(x)))
    y = bn("bn2")(conv("conv2", 16, 3)(y))
    return end(L.Add(name="add")([shortcut(x), y]))


def projected(x):
    """A block as in ResNet whose shortcut is a convolution."""
    return residual(x, shortcut=lambda x: bn("bn3")(conv("conv3", 16, 1)(x)), end=chain(relu("relu2"), head))


def narrow_residual(x):
    """A sum of a value and a convolution of that same value."""
    x = conv("conv0", 16, activation="relu")(x)
    return head(L.Add(name="add")([x, conv("conv1", 16, 3)(x)]))


def chain_of_sums(x):
    x = conv("conv0", 16, activation="relu")(x)
    for number in range(1, 4):
        y = conv(f"conv{number}a", 16, 1, activation="relu")(x)
        x = relu(f"relu{number}")(L.Add(name=f"add{number}")([conv(f"conv{number}b", 16)(y), x]))
    return head(x)


def read_twice(x):
    """What one reader gets must not be what the other reader's fusion made of it."""
    x = conv("conv", 16)(x)
    return L.Add(name="add")([bn("bn")(x), relu("relu")(x)])


def flattened_and_rectified(x):
    x = conv("conv", 5)(x)
    flat = L.Flatten(name="flat1")(x)
    return L.Concatenate(name="cat")([flat, L.Flatten(name="flat2")(relu("relu")(x))])


def flattened_and_accumulated(x):
    x = conv("conv0", 5)(x)
    flat = L.Flatten(name="flat1")(x)
    y = L.Add(name="add")([x, conv("conv2", 5, 1)(conv("conv1", 5)(x))])
    return L.Concatenate(name="cat")([flat, L.Flatten(name="flat2")(y)])


def rectified_and_flattened(x):
    x = L.Dense(8, name="dense")(x)
    picture = L.Reshape((2, 2, 2), name="reshape")(x)
    return L.Add(name="add")([L.Activation("tanh", name="tanh")(x), L.Flatten(name="flat")(relu("relu")(picture))])


def viewed_and_overwritten(x):
    """A function that would like to work in place, on memory that a later layer sees in another shape."""
    x = L.Dense(8, name="dense")(x)
    picture = L.Reshape((2, 2, 2), name="picture")(x)
    y = conv("conv2", 2)(conv("conv1", 5)(picture))
    z = L.Reshape((2, 2, 2), name="function")(L.Activation("tanh", name="tanh")(x))
    return L.Add(name="add")([y, picture, z])


def padding_read_twice(x):
    x = L.ZeroPadding2D(1, name="pad")(conv("conv", 7)(x))
    return L.Add(name="add")([conv("a", 5, padding="valid")(x), conv("b", 5, padding="valid")(x)])


def half_frozen_branches(merge):
    def build(x):
        x = conv("conv0", 16, activation="relu")(x)
        return head(merge([conv("a", 16)(x), relu("relu")(conv("b", 16)(x))]))

    return build


def stack(activation="relu"):
    """Two normalized convolutions and a head."""

    def build(x):
        for number in (1, 2):
            x = bn(f"bn{number}")(conv(f"conv{number}", 17)(x))
            x = L.Activation(activation, name=f"{activation}{number}")(x)
        return head(x)

    return build


def separable(x):
    """A block as in MobileNet."""
    x = L.ReLU(6.0, name="relu0")(bn("bn0")(conv("conv0", 8, use_bias=False)(x)))
    x = L.ZeroPadding2D(((0, 1), (0, 1)), name="pad")(x)
    x = L.DepthwiseConv2D(3, 2, use_bias=False, name="depthwise")(x)
    x = L.ReLU(6.0, name="relu1")(bn("bn1")(x))
    x = L.ReLU(6.0, name="relu2")(bn("bn2")(conv("conv1", 17, 1, use_bias=False)(x)))
    return head(x)


def stem(x):
    """The beginning of ResNet: two paddings that are moved into what is behind them."""
    x = L.ZeroPadding2D(3, name="pad1")(x)
    x = relu("relu")(bn("bn")(conv("conv", 16, 7, strides=2, padding="valid")(x)))
    return head(L.MaxPooling2D(3, 2, name="pool")(L.ZeroPadding2D(1, name="pad2")(x)))


def pooled_padding(function):
    """A padding in front of a maximum is zero, not nothing, unless the padded is not negative."""
    return chain(
        conv("conv", 7),
        L.Activation(function, name="function"),
        L.ZeroPadding2D(((1, 2), (0, 1)), name="pad"),
        L.MaxPooling2D(3, 2, name="pool"),
        L.Flatten(name="flatten"),
        L.Dense(3, name="dense"),
    )


def trained(name, input, build, *sets):
    """One network, with different layers trained."""
    return [
        Case(f"{name}, {'all' if layers is None else ' and '.join(sorted(layers)) or 'nothing'} trained", input, build, trained=layers)
        for layers in sets
    ]


def lazily(*makers):
    """A chain whose layers are made anew each time it is built."""
    return lambda x: chain(*[maker() for maker in makers])(x)


COMBINATIONS = [
    *trained(
        "normalized convolutions",
        [6, 6, 3],
        stack(),
        *(None, set(), {"dense"}, {"conv1"}, {"bn1"}, {"bn2", "dense"}, {"conv2", "dense"}, {"conv2", "bn2"}),
    ),
    Case("normalized convolutions, by the batch's statistics", [6, 6, 3], stack(), batch=4, batch_statistics=True),
    Case(
        "normalized convolutions, bn1 frozen, the rest by the batch's statistics",
        [6, 6, 3],
        stack(),
        batch=4,
        trained={"conv1", "conv2", "bn2", "dense"},
        batch_statistics=True,
    ),
    *trained("normalized convolutions with swish", [5, 5, 3], stack(activation="swish"), None, {"dense"}, {"bn1"}),
    *trained("normalized convolutions with hard_sigmoid", [5, 5, 3], stack(activation="hard_sigmoid"), None, {"dense"}),
    *trained("residual block", [6, 6, 3], lambda x: residual(x, end=chain(relu("relu2"), head)), *(None, {"dense"}, {"conv2", "dense"}, {"bn0"}, {"conv1"})),
    *trained("residual block without a function behind it", [6, 6, 3], lambda x: residual(x, end=head), None, {"dense"}),
    Case("residual block, by the batch's statistics", [6, 6, 3], lambda x: residual(x, end=chain(relu("relu2"), head)), batch=4, batch_statistics=True),
    *trained("residual block with a projection", [6, 6, 3], projected, *(None, {"dense"}, {"conv3", "dense"}, {"bn2", "conv3"})),
    *trained("sum with a convolution of itself", [6, 6, 3], narrow_residual, None, {"dense"}),
    *trained("three residual sums", [5, 5, 3], chain_of_sums, *(None, {"dense"}, {"conv2b", "dense"}, {"conv1a"})),
    *trained("separable block", [8, 8, 3], separable, *(None, {"dense"}, {"conv1", "bn2", "dense"}, {"depthwise"})),
    Case("separable block, by the batch's statistics", [8, 8, 3], separable, batch=4, batch_statistics=True),
    *trained("stem with paddings", [12, 12, 3], stem, None, {"dense"}, {"conv"}),
    Case("stem with paddings, by the batch's statistics", [13, 13, 3], stem, batch=4, batch_statistics=True),
    Case("maximum of padded values below zero", [5, 5, 3], lambda x: pooled_padding("linear")(x)),
    Case("maximum of padded hyperbolic tangents", [5, 5, 3], lambda x: pooled_padding("tanh")(x)),
    Case("maximum of padded rectified values", [5, 5, 3], lambda x: pooled_padding("relu")(x)),
    Case("maximum of padded sigmoids", [5, 5, 3], lambda x: pooled_padding("sigmoid")(x)),
    Case(
        "padding in front of a convolution that pads itself",
        [5, 6, 3],
        lazily(lambda: L.ZeroPadding2D(((2, 0), (0, 1)), name="pad"), lambda: conv("conv", 7, 3, strides=2)),
    ),
    Case(
        "padding in front of a dilated convolution",
        [7, 7, 3],
        lazily(lambda: L.ZeroPadding2D(2, name="pad"), lambda: conv("conv", 7, 3, padding="valid", dilation_rate=2)),
    ),
    Case(
        "two paddings in front of a convolution",
        [5, 5, 3],
        lazily(
            lambda: L.ZeroPadding2D(1, name="pad1"),
            lambda: L.ZeroPadding2D(((0, 1), (1, 0)), name="pad2"),
            lambda: conv("conv", 7, 3, padding="valid"),
        ),
    ),
    Case(
        "padding in front of an average",
        [5, 5, 3],
        lazily(lambda: L.ZeroPadding2D(1, name="pad"), lambda: L.AveragePooling2D(3, 2, name="pool")),
    ),
    *trained("padding that two convolutions read", [5, 5, 3], padding_read_twice, None, {"b"}),
    *trained("convolution that two layers read", [5, 5, 3], read_twice, *(None, set(), {"bn"}, {"conv"})),
    *trained("value that is flattened and rectified", [4, 4, 3], flattened_and_rectified, None, set()),
    *trained("value that is flattened and added to", [4, 4, 3], flattened_and_accumulated, None, set()),
    *trained("vector that is reshaped and read again", [7], rectified_and_flattened, None, set()),
    *trained("vector that is overwritten and seen as a picture", [7], viewed_and_overwritten, None, set()),
    *trained("sum of a trained and a frozen branch", [5, 5, 3], half_frozen_branches(L.Add(name="add")), {"a"}, {"b"}, {"dense"}),
    *trained("product of a trained and a frozen branch", [5, 5, 3], half_frozen_branches(L.Multiply(name="multiply")), {"a"}, {"b"}, {"dense"}),
    *trained("concatenation of a trained and a frozen branch", [5, 5, 3], half_frozen_branches(L.Concatenate(name="cat")), {"a"}, {"b"}, {"dense"}),
    *trained(
        "two normalizations behind a convolution",
        [5, 5, 3],
        lazily(lambda: conv("conv", 7), lambda: bn("bn1"), lambda: bn("bn2"), lambda: head),
        *(None, {"dense"}, {"conv"}, {"bn2"}),
    ),
    Case(
        "normalization of the input",
        [5, 5, 3],
        lazily(lambda: bn("bn"), lambda: conv("conv", 7)),
        batch=4,
        batch_statistics=True,
    ),
    *trained(
        "function between convolution and normalization",
        [5, 5, 3],
        lazily(lambda: conv("conv", 7, activation="relu"), lambda: bn("bn"), lambda: head),
        *(None, {"dense"}),
    ),
    *trained(
        "normalized depthwise convolution with two filters a channel",
        [5, 5, 5],
        lazily(
            lambda: L.DepthwiseConv2D(3, depth_multiplier=2, name="depthwise"),
            lambda: bn("bn"),
            lambda: relu("relu"),
            lambda: head,
        ),
        *(None, {"dense"}),
    ),
    *trained(
        "normalized convolution of groups",
        [5, 5, 6],
        lazily(lambda: conv("conv", 9, groups=3, use_bias=False), lambda: bn("bn", scale=False), lambda: head),
        *(None, {"dense"}),
    ),
    *trained(
        "dense layers with a normalization",
        [13],
        lazily(
            lambda: L.Dense(33, name="dense1"), lambda: bn("bn"), lambda: relu("relu"), lambda: L.Dense(5, name="dense")
        ),
        *(None, {"dense"}, {"dense1"}),
    ),
    Case(
        "dense layers with a normalization, by the batch's statistics",
        [13],
        lazily(
            lambda: L.Dense(33, name="dense1"), lambda: bn("bn"), lambda: relu("relu"), lambda: L.Dense(5, name="dense")
        ),
        batch=7,
        batch_statistics=True,
    ),
    *trained(
        "functions one behind the other",
        [5, 5, 3],
        lazily(
            lambda: conv("conv1", 7, activation="tanh"),
            lambda: relu("relu"),
            lambda: L.Activation("sigmoid", name="sigmoid"),
            lambda: conv("conv2", 5, activation="hard_swish"),
            lambda: L.Activation("relu6", name="relu6"),
            lambda: head,
        ),
        *(None, {"dense"}, {"conv1"}),
    ),
    *trained(
        "softmax in the middle",
        [5, 5, 3],
        lazily(lambda: conv("conv1", 7, activation="softmax"), lambda: conv("conv2", 5), lambda: relu("relu"), lambda: head),
        *(None, {"conv2"}),
    ),
    *trained(
        "dropout at inference",
        [5, 5, 3],
        lazily(
            lambda: conv("conv1", 16), lambda: L.Dropout(0.5, name="dropout"), lambda: bn("bn"), lambda: relu("relu"), lambda: head
        ),
        *(None, {"dense"}),
    ),
]
