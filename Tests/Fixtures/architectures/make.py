"""Writes networks.json, Keras's own list of its networks' layers, published.json, the files that it would
download for them, and gradients.json, what its networks make of pictures and of a softmax cross-entropy.

    python make.py

needs tensorflow-cpu (which brings Keras 3). Pictures and arrays come from a formula (`../oracle/seeded.py`)
that the Swift tests know too, so that only digests are committed. Keras calculates in float64; how far its
own float32 is from that is written beside each case as `float32_logits` and `float32_gradients`.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(FOLDER, "..", "oracle"))

import keras
import reference
import seeded
from keras.src.utils import file_utils
from networks import ALPHAS, KERAS, build

SAMPLES = 6
SIZES = {"mobilenet": [128, 160, 192, 224], "mobilenet_v2": [96, 128, 160, 192, 224]}

CASES = [
    {"network": "vgg16", "alpha": 1, "size": 32, "batch": 2, "uses_batch_statistics": False},
    {"network": "resnet50", "alpha": 1, "size": 32, "batch": 4, "uses_batch_statistics": False},
    {"network": "resnet50", "alpha": 1, "size": 32, "batch": 8, "uses_batch_statistics": True},
    {"network": "mobilenet", "alpha": 0.25, "size": 32, "batch": 4, "uses_batch_statistics": False},
    {"network": "mobilenet", "alpha": 0.25, "size": 64, "batch": 4, "uses_batch_statistics": True},
    {"network": "resnet50v2", "alpha": 1, "size": 32, "batch": 2, "uses_batch_statistics": False},
    {"network": "mobilenet_v2", "alpha": 0.35, "size": 32, "batch": 2, "uses_batch_statistics": False},
    {"network": "mobilenet_v3_small", "alpha": 1, "size": 32, "batch": 2, "uses_batch_statistics": False},
]


def layer_list(model):
    """Name, class, output shape, and the arrays' names and shapes, of every layer. Operators of Python's
    stand among them as what they are with a number: rescalings."""
    return [
        [
            layer.name,
            type(layer).__name__ if isinstance(layer, keras.Layer) else "Rescaling",
            list(layer.output.shape[1:]),
            [[seeded.keras_key(layer, v).split("/")[1], list(v.shape)] for v in getattr(layer, "weights", [])],
        ]
        for layer in model.operations
    ]


def networks():
    result = []
    for name in KERAS:
        for alpha in ALPHAS.get(name, [1]):
            keras.backend.clear_session()
            whole, bare = (build(name, alpha=alpha, include_top=top) for top in (True, False))
            entry = {"network": name, "alpha": alpha, "count": whole.count_params(), "bare_count": bare.count_params()}
            result.append(entry | {"layers": layer_list(whole)})
    return result


def published():
    """The files that Keras asks for; its function that fetches them is replaced by one that takes notes."""
    result = []

    def fetch(name, url, file_hash=None, **_):
        noted.update(file=name, url=url, md5=file_hash)
        raise FileNotFoundError(name)

    file_utils.get_file = fetch
    for network in KERAS:
        for alpha in ALPHAS.get(network, [1]):
            for size in SIZES.get(network, [224]) if alpha <= 1 else [224]:
                for includes_top in (True, False):
                    noted = {"network": network, "alpha": alpha, "size": size, "includes_top": includes_top}
                    try:
                        build(
                            network, alpha=float(alpha), weights="imagenet", include_top=includes_top,
                            input_shape=(size, size, 3),
                        )  # fmt: skip
                    except FileNotFoundError:
                        result.append(noted)
    return result


def gradients(case):
    keras_makes = reference.Reference(case)
    return case | {
        "picture": keras_makes.picture,
        "float32_logits": float(f"{keras_makes.logits_error:.2g}"),
        "float32_gradients": float(f"{keras_makes.gradients_error:.2g}"),
        "logits": seeded.digest(keras_makes.logits, 1000),
        "gradients": {key: seeded.digest(gradient, SAMPLES) for key, gradient in keras_makes.gradients.items()},
    }


def write(name, entries):
    text = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    with open(os.path.join(FOLDER, name), "w") as file:
        file.write(f"[\n{text}\n]\n")


if __name__ == "__main__":
    write("networks.json", networks())
    write("published.json", published())
    write("gradients.json", [gradients(case) for case in CASES])
