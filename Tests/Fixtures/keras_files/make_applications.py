"""Makes files of the networks of keras.applications with random weights, for the tests of KerasFiles.

    python Tests/Fixtures/keras_files/make_applications.py applications
    GRAFT_APPLICATIONS=$PWD/applications swift test --filter ApplicationsTests

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. The files take a gigabyte, so that
they are not committed: the test is skipped where the folder is not named.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tf_keras

from make import image

NAMES = ["Xception", "InceptionV3", "InceptionResNetV2", "DenseNet121", "DenseNet169", "DenseNet201", "NASNetMobile",
         "EfficientNetB0", "EfficientNetB1", "EfficientNetB2", "EfficientNetB3", "EfficientNetV2B0", "ConvNeXtTiny", "MobileNet", "MobileNetV2",
         "MobileNetV3Small", "MobileNetV3Large", "ResNet50", "ResNet50V2", "VGG16"]


def spread(model):
    """Statistics and shifts that are not just zero and one, but near them."""
    random = np.random.default_rng(0)
    for layer in model.layers:
        if hasattr(layer, "layers"):
            spread(layer)
        elif type(layer).__name__ in ("BatchNormalization", "LayerNormalization", "Normalization"):
            layer.set_weights([w + (0.1 * random.random(w.shape)).astype(w.dtype) for w in layer.get_weights()])


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    digests = json.loads((folder / "digests.json").read_text()) if (folder / "digests.json").exists() else {}
    for version, api in (("keras2", tf_keras), ("keras3", keras)):
        for name in NAMES:
            file = f"{version}_{name}.{'h5' if api is tf_keras else 'keras'}"
            if file in digests:
                continue
            api.backend.clear_session()
            api.utils.set_random_seed(0)
            size = 224 if name == "NASNetMobile" else 96
            model = getattr(api.applications, name)(weights=None, input_shape=(size, size, 3), classes=10)
            spread(model)
            model.save(folder / file)
            output = np.ravel(model.predict(image(1, size, size, 3), verbose=0))
            digests[file] = {"input": [1, size, size, 3], "output": output.tolist(),
                             "parameterCount": model.count_params()}
            print(file, output.round(3)[:5])
            (folder / "digests.json").write_text(json.dumps(digests))
