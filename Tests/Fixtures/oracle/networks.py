"""Keras's builders of the networks that Graft has, by Graft's names."""

from keras import applications, config

KERAS = {
    "vgg16": applications.VGG16,
    "vgg19": applications.VGG19,
    "resnet50": applications.ResNet50,
    "resnet101": applications.ResNet101,
    "resnet152": applications.ResNet152,
    "mobilenet": applications.MobileNet,
}


def build(name, alpha=1, **options):
    """A network of Keras's with untrained arrays."""
    if name == "mobilenet":
        options["alpha"] = alpha
    return KERAS[name](weights=None, **options)


def set_precision(precision):
    """Lets models that are built from now on calculate in `float32` or `float64`."""
    config.set_floatx(precision)
    config.set_dtype_policy(precision)
