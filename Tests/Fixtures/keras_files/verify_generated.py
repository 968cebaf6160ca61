"""Checks that Keras opens what Graft wrote of the models of `generate_models.py`, which says how to run this.

Keras 3 opens all files, Keras 2 the `.h5` of its own models. Models in models have to be there again; the outputs have to be those of the model that Graft read, to 1e-5; the weights the same bit for bit; and the model has to
go on training.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tf_keras

from make import image


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def verify(path, digest, weights, api=keras):
    api.backend.clear_session()
    model = api.models.load_model(path, compile=False)
    pictures = [image(*shape) for shape in digest["inputs"]]
    pictures = pictures if len(pictures) > 1 else pictures[0]
    found = [np.ravel(output) for output in listed(model.predict(pictures, verbose=0))]
    worst = max(np.abs(a - np.array(b)).max() / max(1, np.abs(b).max()) for a, b in zip(found, digest["outputs"],
                                                                                         strict=True))
    assert worst < 1e-5, (path.name, worst)
    # Keras 2 may list layers in another order. What is no float counts things.
    as_bytes = [sorted(array.tobytes() for array in arrays if array.dtype.kind == "f")
                for arrays in (model.get_weights(), weights)]
    assert as_bytes[0] == as_bytes[1], f"{path.name}: the weights differ"
    before = [array.copy() for array in model.get_weights()]
    model.compile("sgd", "mse")
    model.fit(pictures, [np.zeros_like(o) for o in listed(model(pictures))], epochs=1, verbose=0)
    assert any((a != b).any() for a, b in zip(before, model.get_weights()))
    return worst


if __name__ == "__main__":
    generated, written = map(pathlib.Path, sys.argv[1:3])
    digests, worst, count = json.loads((generated / "digests.json").read_text()), 0, 0
    for path in sorted(written.iterdir()):
        original = path.name.rpartition(".")[0]
        if original not in digests:
            continue
        with np.load(generated / f"{original}.npz") as arrays:
            weights = [arrays[f"arr_{i}"] for i in range(len(arrays))]
        for api in [keras, tf_keras] if path.suffix == ".h5" and path.name.startswith("keras2") else [keras]:
            worst = max(worst, verify(path, digests[original], weights, api))
            count += 1
    print(f"Keras opens and trains files that Graft wrote {count} times; the largest difference is {worst:.1e}")
