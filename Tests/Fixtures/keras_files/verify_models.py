"""Checks that Keras opens the models that Graft wrote, computes the same with them, and can train them on.

    mkdir written
    GRAFT_WRITTEN=$PWD/written swift test --filter ModelWriterTests
    python Tests/Fixtures/keras_files/verify_models.py written

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. What Keras 3 computes with the
network of every layer is kept in `models/every_layer.json`, for the tests.
"""

import json
import pathlib
import sys

import keras
import numpy as np
import tf_keras

from make import HERE, image


def wanted(folder, name):
    """What Keras computes with the model that Graft read, or what Graft computes with its own."""
    stem = name.rpartition(".")[0]
    if stem == "every_layer":
        return np.array(json.loads((folder / "every_layer.json").read_text())), slice(None)
    if stem == "small":
        return np.ravel(json.loads((HERE / "small.json").read_text())["output"]), slice(None)
    real = json.loads((HERE / "real_models.json").read_text())
    if stem + ".h5" in real:
        digest = real[stem + ".h5"]
        return np.array(digest["values"]), digest["positions"]
    known = json.loads((HERE / "models" / "expected.json").read_text())
    return (np.array(known[stem + ".keras"]["output"]), slice(None)) if stem + ".keras" in known else (None, None)


def verify(title, api, folder, name):
    model = api.models.load_model(folder / name, compile=False)
    pictures = image(2, *model.input_shape[1:])
    values, positions = wanted(folder, name)
    difference = None
    if values is not None:
        found = np.ravel(model.predict(pictures, verbose=0))[positions]
        difference = float(np.abs(found - values).max())
        assert difference < 1e-5, (title, name, difference)
    if name == "every_layer.keras":
        (HERE / "models" / "every_layer.json").write_text(json.dumps(found.tolist()))
    before = [weight.copy() for weight in model.get_weights()]
    model.compile("sgd", "mse")
    model.fit(pictures, np.zeros((2, *model.output_shape[1:])), epochs=1, verbose=0)
    assert any((a != b).any() for a, b in zip(before, model.get_weights())) or not before
    print(f"{title} opens {name}, trains it on, and is off by {difference}")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1]).resolve()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".keras", ".h5"):
            verify("Keras 3", keras, folder, path.name)
        if path.suffix == ".h5":
            verify("Keras 2", tf_keras, folder, path.name)
