"""Checks that models in models, and layers that are not to be trained, come through `graft export`.

    swift build -c release
    python Tests/Fixtures/keras_files/verify_nested.py .build/release/graft [FILE…]

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. Each file, of the tests' where none is
named, is exported in all formats. Keras 3 opens them and finds the same models in the model, the same outputs and as
many trainable numbers as the Keras of the file's time; Keras 2 opens the `.h5`; and the original model of Keras 3 loads
the `.weights.h5`.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tf_keras

from make import HERE, image


def outline(model):
    """The models and layers by name and class; and the input layers, which Keras adds and drops, left out."""
    return sorted((layer.name, type(layer).__name__.replace("Model", "Functional"),
                   outline(layer) if hasattr(layer, "layers") else [])
                  for layer in model.layers if "InputLayer" not in type(layer).__name__)


def trainable(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def compare(title, original, copy, pictures, wanted, same=True):
    found = copy.predict(pictures, verbose=0)
    difference = float(np.abs(found - wanted).max() / max(1, np.abs(wanted).max()))
    assert isinstance(found, np.ndarray) and found.shape == wanted.shape, (title, type(found))
    assert difference < 1e-5, (title, difference)
    assert trainable(original) == trainable(copy), (title, trainable(original), trainable(copy))
    assert not same or outline(original) == outline(copy), (title, outline(original), outline(copy))
    return difference


def verify(graft, path, folder):
    for api in (keras, tf_keras):
        try:
            original = api.models.load_model(path, compile=False)
            break
        except Exception as error:
            print(f"{api.__name__} does not open {path.name}: {str(error).splitlines()[0][:60]}")
    pictures = image(2, *original.input_shape[1:])
    wanted = original.predict(pictures, verbose=0)
    results = []
    for ending in ("keras", "h5", "weights.h5"):
        subprocess.run([graft, "export", path, "--to", folder / f"copy.{ending}"], check=True,
                       stdout=subprocess.DEVNULL)
    for title, reader, ending in [("keras", keras, "keras"), ("h5", keras, "h5"), ("h5 in Keras 2", tf_keras, "h5")]:
        copy = reader.models.load_model(folder / f"copy.{ending}", compile=False)
        results.append(f"{title} {compare(title, original, copy, pictures, wanted):.1e}")
    again = keras.models.load_model(folder / "copy.keras", compile=False)
    before = again.get_weights()
    again.set_weights([np.zeros_like(array) for array in before])
    again.load_weights(folder / "copy.weights.h5")
    assert all((a == b).all() for a, b in zip(before, again.get_weights(), strict=True))
    if api is keras:
        before = original.get_weights()
        original.set_weights([np.zeros_like(array) for array in before])
        original.load_weights(folder / "copy.weights.h5")
        assert all((a == b).all() for a, b in zip(before, original.get_weights(), strict=True))
        results.append("weights loaded by the original")
    # What was exported is exported once more, to the same file.
    subprocess.run([graft, "export", folder / "copy.h5", "--to", folder / "second.h5"], check=True,
                   stdout=subprocess.DEVNULL)
    results.append("the same twice" if (folder / "copy.h5").read_bytes() == (folder / "second.h5").read_bytes()
                   else "ANOTHER FILE THE SECOND TIME")
    print(f"{path.name}: {trainable(original)} trainable, {', '.join(results)}", flush=True)


if __name__ == "__main__":
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]] or sorted(
        path for path in (HERE / "models").iterdir()
        if path.name.startswith("keras") and path.suffix in (".h5", ".keras") and "theano" not in path.name
        and path.name != "keras1.h5")
    graft = pathlib.Path(sys.argv[1]).resolve()
    failures = 0
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            try:
                verify(graft, path, pathlib.Path(folder))
            except Exception as error:
                failures += 1
                print(f"FAILED {path.name}: {type(error).__name__} {error}", flush=True)
    sys.exit(failures > 0)
