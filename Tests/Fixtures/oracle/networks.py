"""Keras's builders of the networks that Graft has, by Graft's names."""

from functools import partial

from keras import applications, config

KERAS = {
    "vgg16": applications.VGG16,
    "vgg19": applications.VGG19,
    "resnet50": applications.ResNet50,
    "resnet101": applications.ResNet101,
    "resnet152": applications.ResNet152,
    "resnet50v2": applications.ResNet50V2,
    "resnet101v2": applications.ResNet101V2,
    "resnet152v2": applications.ResNet152V2,
    "mobilenet": applications.MobileNet,
    "mobilenet_v2": applications.MobileNetV2,
    "mobilenet_v3_small": applications.MobileNetV3Small,
    "mobilenet_v3_large": applications.MobileNetV3Large,
    "mobilenet_v3_small_minimalistic": partial(applications.MobileNetV3Small, minimalistic=True),
    "mobilenet_v3_large_minimalistic": partial(applications.MobileNetV3Large, minimalistic=True),
}

ALPHAS = {
    "mobilenet": [0.25, 0.5, 0.75, 1],
    "mobilenet_v2": [0.35, 0.5, 0.75, 1, 1.3, 1.4],
    "mobilenet_v3_small": [0.75, 1],
    "mobilenet_v3_large": [0.75, 1],
}


def build(name, alpha=1, weights=None, **options):
    """A network of Keras's, with untrained arrays if nothing else is said."""
    if name in ALPHAS:
        options["alpha"] = alpha
    if name.startswith("mobilenet_v3"):  # which leaves its pictures' size open otherwise
        options.setdefault("input_shape", (224, 224, 3))
    model = KERAS[name](weights=weights, **options)
    built[model.name] = (name, options)
    return model


# How the latest network of a name was built.
built = {}


def keras2_twin(model):
    """The same network as the last Keras 2 builds it."""
    import tf_keras

    name, options = built[model.name]
    function = getattr(KERAS[name], "func", KERAS[name])
    options = options | getattr(KERAS[name], "keywords", {})
    return getattr(tf_keras.applications, function.__name__)(weights=None, **options)


def set_precision(precision):
    """Lets models that are built from now on calculate in `float32` or `float64`."""
    config.set_floatx(precision)
    config.set_dtype_policy(precision)
