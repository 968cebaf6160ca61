"""Checks that Keras, with the weights of a finished run, predicts what the run recorded.

    graft train experiments/quickstart.yaml
    python Tests/Fixtures/experiments/verify_run.py experiments/runs/quickstart-001

needs tensorflow-cpu (which brings Keras 3), pillow and pyyaml. Run it where the run was started, because paths in
config.yaml may be relative. The model is built from keras.applications and the head that config.yaml describes; the
test pictures come from IDX files or an image folder. Ends with 1 where a probability differs by more than 1e-5.
"""

import csv
import gzip
import json
import pathlib
import sys

import keras
import numpy as np
import yaml
from PIL import Image

TOLERANCE = 1e-5
BACKBONES = {
    "mobilenet": keras.applications.MobileNet,
    "resnet50": keras.applications.ResNet50,
    "resnet101": keras.applications.ResNet101,
    "resnet152": keras.applications.ResNet152,
    "vgg16": keras.applications.VGG16,
    "vgg19": keras.applications.VGG19,
}


def build(model, classes):
    """The backbone, cut where the run cut it, with the run's head."""
    options = {"alpha": model["alpha"]} if model["architecture"] == "mobilenet" else {}
    backbone = BACKBONES[model["architecture"]](
        input_shape=(*model["input_size"], model["channels"]), include_top=False, weights=None, **options
    )
    x = backbone.get_layer(model["until"]).output if model.get("until") else backbone.output
    head = model["head"]
    pooling = {
        "avg": lambda: keras.layers.GlobalAveragePooling2D(name="head_pool"),
        "max": lambda: keras.layers.GlobalMaxPooling2D(name="head_pool"),
        "flatten": lambda: keras.layers.Flatten(name="head_flatten"),
    }
    x = pooling[head["pooling"]]()(x)
    for number, units in enumerate(head["dense"], 1):
        x = keras.layers.Dense(units, activation=head["activation"], name=f"head_dense_{number}")(x)
    if head["dropout"] > 0:
        x = keras.layers.Dropout(head["dropout"], name="head_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="predictions")(x)
    return keras.Model(backbone.input, x)


def idx(folder, name, rank):
    """The array of an IDX file, compressed or not."""
    path = next(p for p in [folder / name, folder / f"{name}.gz"] if p.exists())
    data = (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def pictures(data, identifiers):
    """The pictures that a run's predictions speak of."""
    if "idx" in data:
        arrays = {}
        for identifier in identifiers:
            name, position = identifier.rsplit(":", 1)
            if name not in arrays:
                arrays[name] = idx(pathlib.Path(data["idx"]).expanduser(), name, 3)
            yield Image.fromarray(arrays[name][int(position)])
    else:
        for identifier in identifiers:
            yield Image.open(pathlib.Path(data["image_folder"]).expanduser() / identifier)


def array(picture, model):
    """A picture as the network sees it."""
    height, width = model["input_size"]
    picture = picture.convert("RGB" if model["channels"] == 3 else "L")
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    x = np.asarray(picture, np.float32).reshape(height, width, model["channels"])
    if model["preprocessing"] in ("caffe", "tf", "torch"):
        return keras.applications.imagenet_utils.preprocess_input(x.copy(), mode=model["preprocessing"])
    return x / 255 if model["preprocessing"] == "unit" else x


if __name__ == "__main__":
    run = pathlib.Path(sys.argv[1])
    config = yaml.safe_load((run / "config.yaml").read_text())
    with open(run / "predictions.csv", newline="") as file:
        header, *rows = csv.reader(file)
    leading = 4 if header[3] == "group" else 3
    recorded = np.array([row[leading:] for row in rows], np.float64)
    model = build(config["model"], len(header) - leading)
    model.load_weights(run / "model.weights.h5")
    scaling = json.loads((run / "run.json").read_text())["fine_tuned"].get("temperature_scaling")
    if scaling:
        last = model.get_layer("predictions")
        last.set_weights([array / scaling["temperature"] for array in last.get_weights()])
    images = np.stack([array(p, config["model"]) for p in pictures(config["data"], [row[0] for row in rows])])
    difference = np.abs(model.predict(images, verbose=0) - recorded).max()
    print(f"{run}: {len(rows)} pictures, largest difference of a probability {difference:.1e}")
    sys.exit(difference > TOLERANCE)
