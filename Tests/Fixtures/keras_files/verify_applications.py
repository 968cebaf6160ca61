"""Makes the table of networks that Graft builds from a file's configuration alone, against Keras in float64.

    swift build -c release
    python Tests/Fixtures/keras_files/verify_applications.py .build/release/graft /tmp/applications [NAME…]

needs tensorflow-cpu (which brings Keras 3). Each network of `keras.applications` gets random weights and batch
statistics that are not trivial, and is saved as `.keras` without a final softmax. Then one process of Keras and one of
`graft predict` each load the file and judge one picture, one after the other, on one thread. Differences are the
largest one to Keras's result in float64, in units of the largest logit. Times and peaks of memory are those of the whole
processes; times mean something on a quiet machine only. The table in Markdown is written to standard output, row by row.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["OMP_NUM_THREADS"] = os.environ["TF_NUM_INTRAOP_THREADS"] = os.environ["TF_NUM_INTEROP_THREADS"] = "1"

# Name, size of a picture, and how its pixels are scaled before it enters the network.
NETWORKS = [("Xception", 299, "tf"), ("InceptionV3", 299, "tf"), ("InceptionResNetV2", 299, "tf"),
            ("DenseNet121", 224, "tf"), ("DenseNet169", 224, "tf"), ("DenseNet201", 224, "tf"),
            ("NASNetMobile", 224, "tf"), ("EfficientNetB0", 224, "none"), ("EfficientNetB1", 240, "none"),
            ("EfficientNetB2", 260, "none"), ("EfficientNetB3", 300, "none"), ("EfficientNetV2B0", 224, "none"),
            ("ConvNeXtTiny", 224, "none")]


def scaled(path, scaling):
    import numpy as np
    from PIL import Image
    pixels = np.asarray(Image.open(path), np.float64)[None]
    return pixels / 127.5 - 1 if scaling == "tf" else pixels


def make(name, size, scaling, path):
    """Writes the model and a picture, and what Keras computes in float64."""
    import keras
    import numpy as np
    from PIL import Image
    keras.utils.set_random_seed(0)

    def network():
        return getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=10,
                                                 classifier_activation=None)

    model, random = network(), np.random.default_rng(0)
    weights = []
    for weight, array in zip(model.weights, model.get_weights()):
        isnorm = any(kind in weight.path for kind in ("gamma", "beta", "moving", "variance", "mean"))
        weights.append((array + 0.1 * random.random(array.shape)).astype(array.dtype)
                       if isnorm and "count" not in weight.path else array)
    model.set_weights(weights)
    model.save(path)
    coarse = random.integers(0, 256, (10, 10, 3), dtype=np.uint8)
    Image.fromarray(coarse).resize((size, size), Image.BICUBIC).save(path.with_suffix(".png"))
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    exact = network()
    exact.set_weights(weights)
    print(json.dumps(np.ravel(exact(scaled(path.with_suffix(".png"), scaling), training=False)).tolist()))


def judge(scaling, path):
    """What a user of Keras does: load a model, judge a picture."""
    started = time.time()
    import keras
    import numpy as np
    imported = time.time()
    model = keras.models.load_model(path, compile=False)
    loaded = time.time()
    output = np.ravel(model(scaled(path.with_suffix(".png"), scaling).astype(np.float32), training=False))
    print(json.dumps({"output": output.tolist(), "import": imported - started, "load": loaded - imported}))


def run(command):
    """A command's output, its seconds, and its peak of memory in bytes."""
    started = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed: {errors}")
    return output, time.time() - started, usage.ru_maxrss * 1024


def row(graft, folder, name, size, scaling):
    import numpy as np
    path = folder / f"{name}.keras"
    own = [sys.executable, __file__]
    exact = np.array(json.loads(run([*own, "--make", name, str(size), scaling, str(path)])[0].splitlines()[-1]))
    text, keras_seconds, keras_memory = run([*own, "--judge", scaling, str(path)])
    theirs = json.loads(text.splitlines()[-1])
    text, seconds, memory = run(
        [graft, "predict", str(path), str(path.with_suffix(".png")), "--preprocess", scaling, "--csv", "-"])
    scores = np.array([float(cell) for cell in list(csv.reader(io.StringIO(text)))[1][1:]])
    largest = np.abs(exact).max()
    ours, other = (np.abs(found - exact).max() / largest for found in (scores, np.array(theirs["output"])))
    print(f"| {name} | {path.stat().st_size / 1e6:.0f} MB | {ours:.1e} ({other:.1e}) | {seconds:.1f} s | "
          f"{theirs['load']:.1f} s of {keras_seconds:.1f} s | {memory / 1e6:.0f} MB | {keras_memory / 1e6:.0f} MB |",
          flush=True)
    path.unlink()


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(sys.argv[2], int(sys.argv[3]), sys.argv[4], pathlib.Path(sys.argv[5]))
    elif sys.argv[1] == "--judge":
        judge(sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        folder = pathlib.Path(sys.argv[2])
        folder.mkdir(exist_ok=True)
        print("| network | file | difference (Keras's float32) | Graft, whole | Keras, loading of whole | "
              "Graft's memory | Keras's |\n|---|--:|---|--:|--:|--:|--:|", flush=True)
        for name, size, scaling in NETWORKS:
            if len(sys.argv) == 3 or name in sys.argv[3:]:
                row(sys.argv[1], folder, name, size, scaling)
