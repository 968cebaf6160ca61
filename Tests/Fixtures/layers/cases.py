"""What a case of `make.py` is."""

from dataclasses import dataclass
from typing import Callable, Optional

from keras import layers as L

ACTIVATIONS = "linear relu relu6 sigmoid softmax tanh swish hard_swish hard_sigmoid".split()


@dataclass
class Case:
    """A network, what goes in, and which of its layers are trained (all of them where None)."""

    name: str
    input: list
    build: Callable
    batch: int = 2
    trained: Optional[set] = None
    batch_statistics: bool = False
    quantized: bool = False


def one(name, input, layer, **options):
    """A network of one layer."""
    return Case(name, input, lambda x: layer()(x), **options)


def chain(*makers):
    """Layers one behind the other."""

    def build(x):
        for maker in makers:
            x = maker(x)
        return x

    return build
