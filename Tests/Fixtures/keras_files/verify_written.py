"""Checks that Keras loads what Graft wrote, and computes the same with it.

    mkdir written
    GRAFT_WRITTEN=$PWD/written swift test --filter WeightsWriterTests
    python Tests/Fixtures/keras_files/verify_written.py written

needs tensorflow-cpu (which brings Keras 3); with tf-keras installed, Keras 2 is checked as well.
"""

import json
import pathlib
import sys

import numpy as np

from make import HERE, image, randomize, small


def verify(title, model, path):
    randomize(model, 99)
    model.load_weights(path)
    wanted = json.loads((HERE / "small.json").read_text())
    for layer in model.layers:
        for found, expected in zip(layer.get_weights(), wanted["arrays"].get(layer.name, []), strict=True):
            np.testing.assert_array_equal(found, np.array(expected, np.float32))
    np.testing.assert_allclose(model.predict(image(2, 8, 8, 3), verbose=0), wanted["output"], atol=1e-6)
    print(f"{title} loads {path.name}: all arrays equal, output equal within 1e-6")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1]).resolve()
    for name in ["written.weights.h5", "written.h5", "written.hdf5"]:
        verify("Keras 3", small(prefix=""), folder / name)
    try:
        import tf_keras
    except ImportError:
        print("Keras 2 is not checked, because there is no tf-keras")
        sys.exit()
    for name in ["written.weights.h5", "written.h5", "written.hdf5"]:
        verify("Keras 2", small(tf_keras.layers, tf_keras.Model, prefix=""), folder / name)
