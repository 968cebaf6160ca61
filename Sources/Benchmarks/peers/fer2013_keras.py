"""The recipe of experiments/fer2013.yaml in Keras, to compare accuracy and time with.

    OMP_NUM_THREADS=2 python Sources/Benchmarks/peers/fer2013_keras.py PICTURES WEIGHTS OUT [--epochs N] [--threads N]

PICTURES has the folders train and test, each with a folder a class; WEIGHTS is an HDF5 file of MobileNet's weights as
Keras writes them; OUT gets predictions.csv, metrics.csv and time.json. Pictures, order of steps, optimizer, schedule
and regularization are the recipe's; the random numbers are Keras's own, so that it agrees within chance only.
Needs tensorflow-cpu, keras, scikit-learn and pillow.
"""

import argparse
import json
import math
import os
import pathlib
import time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("pictures", type=pathlib.Path)
parser.add_argument("weights")
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--epochs", type=int, default=24, help="of the second stage")
parser.add_argument("--size", type=int, default=64)
parser.add_argument("--until", default="conv_pw_12_relu")
parser.add_argument("--learning-rate", type=float, default=1e-3)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from PIL import Image  # noqa: E402
from sklearn.metrics import accuracy_score, f1_score, log_loss, roc_auc_score  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

BATCH, SMOOTHING, DROPOUT, DECAY, EMA, WARMUP = 64, 0.1, 0.3, 5e-4, 0.999, 1
SIZE = options.size


def load(folder):
    classes = sorted(path.name for path in folder.iterdir() if path.is_dir())
    files = [(path, index) for index, name in enumerate(classes) for path in sorted((folder / name).iterdir())]

    def pixels(path):
        picture = Image.open(path).convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        return np.asarray(picture, "uint8")

    return np.stack([pixels(path) for path, _ in files]), np.array([label for _, label in files]), files, classes


def maps(count):
    """Maps from each variant's pixels to its picture's: flip, rotation, zoom and translation about the centre."""
    flip = tf.where(tf.random.uniform([count]) < 0.5, -1.0, 1.0)
    angle = tf.random.uniform([count], -15, 15) * math.pi / 180
    zoom = tf.random.uniform([count], 0.85, 1.15)
    down, right = (tf.random.uniform([count], -0.1, 0.1) * SIZE for _ in range(2))
    cosine, sine, centre = tf.cos(angle) / zoom, tf.sin(angle) / zoom, (SIZE - 1) / 2
    a, b, c, d = cosine * flip, -sine * flip, sine, cosine
    x = centre - a * (centre + right) - b * (centre + down)
    y = centre - c * (centre + right) - d * (centre + down)
    zero = tf.zeros([count])
    return tf.stack([a, b, x, c, d, y, zero, zero], 1)


def erased(pictures, count):
    """Random erasing with torchvision's rule, of every fourth picture, by the scaled value 0."""
    area = tf.random.uniform([count], 0.02, 0.33) * SIZE * SIZE
    ratio = tf.exp(tf.random.uniform([count], math.log(0.3), math.log(3.3)))
    rows, columns = tf.round(tf.sqrt(area * ratio)), tf.round(tf.sqrt(area / ratio))
    fits = (rows < SIZE) & (columns < SIZE) & (tf.random.uniform([count]) < 0.25)
    top = tf.floor(tf.random.uniform([count]) * (SIZE - rows + 1))
    left = tf.floor(tf.random.uniform([count]) * (SIZE - columns + 1))
    line = tf.range(SIZE, dtype=tf.float32)[None]
    inside = lambda start, extent: (line >= start[:, None]) & (line < (start + extent)[:, None])  # noqa: E731
    box = inside(top, rows)[:, :, None] & inside(left, columns)[:, None, :] & fits[:, None, None]
    return tf.where(box[..., None], 0.0, pictures)


def augmented(pictures, labels):
    pictures, count = tf.cast(pictures, tf.float32), tf.shape(pictures)[0]
    pictures = tf.raw_ops.ImageProjectiveTransformV3(
        images=pictures, transforms=maps(count), output_shape=[SIZE, SIZE], fill_value=0.0,
        interpolation="BILINEAR", fill_mode="NEAREST")
    factor = lambda: tf.random.uniform([count, 1, 1, 1], 0.8, 1.2)  # noqa: E731
    pictures = tf.clip_by_value(pictures * factor(), 0, 255)
    mean = tf.reduce_mean(pictures, [1, 2, 3], keepdims=True)
    pictures = tf.clip_by_value(mean + (pictures - mean) * factor(), 0, 255)
    return erased(pictures / 127.5 - 1, count), labels


def scaled(pictures, labels):
    return tf.cast(pictures, tf.float32) / 127.5 - 1, labels


def build(classes):
    whole = keras.applications.MobileNet(input_shape=(SIZE, SIZE, 3), include_top=False, weights=None)
    backbone = keras.Model(whole.input, whole.get_layer(options.until).output)
    backbone.load_weights(options.weights, by_name=True)
    inputs = keras.Input((SIZE, SIZE, 3))
    x = keras.layers.GlobalAveragePooling2D()(backbone(inputs, training=None))
    x = keras.layers.Dropout(DROPOUT)(x)
    return backbone, keras.Model(inputs, keras.layers.Dense(len(classes))(x))


def optimizer(rate):
    made = keras.optimizers.AdamW(rate, weight_decay=DECAY, use_ema=True, ema_momentum=EMA)
    made.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return made


def fit(model, rate, epochs, train, validation):
    model.compile(optimizer(rate), keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING),
                  metrics=["accuracy"])
    history = model.fit(train, validation_data=validation, epochs=epochs, verbose=2)
    model.optimizer.finalize_variable_values(model.trainable_variables)
    return history.history


def main():
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    pictures, labels, _, classes = load(options.pictures / "train")
    tests, truth, files, _ = load(options.pictures / "test")
    kept, held = train_test_split(np.arange(len(labels)), test_size=0.1, stratify=labels, random_state=options.seed)
    one_hot = np.eye(len(classes), dtype="float32")[labels]

    def dataset(x, y):
        return tf.data.Dataset.from_tensor_slices((x, y))

    train = (dataset(pictures[kept], one_hot[kept]).shuffle(len(kept), seed=options.seed).batch(BATCH)
             .map(augmented, num_parallel_calls=options.threads).prefetch(2))
    validation = dataset(pictures[held], one_hot[held]).batch(BATCH).map(scaled).prefetch(2)

    backbone, model = build(classes)
    begin = time.perf_counter()
    backbone.trainable = False
    stages = [fit(model, 2e-3, 1, train, validation)]
    backbone.trainable = True
    steps = math.ceil(len(kept) / BATCH)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, (options.epochs - WARMUP) * steps), warmup_target=options.learning_rate,
        warmup_steps=WARMUP * steps)
    if options.epochs > 0:
        stages.append(fit(model, schedule, options.epochs, train, validation))
    seconds = time.perf_counter() - begin

    logits = model.predict(dataset(tests, truth).batch(BATCH).map(scaled), verbose=0)
    probabilities = tf.nn.softmax(logits.astype("float64")).numpy()
    predicted = probabilities.argmax(1)
    result = {"accuracy": accuracy_score(truth, predicted), "f1_macro": f1_score(truth, predicted, average="macro"),
              "roc_auc_macro_ovr": roc_auc_score(truth, probabilities, multi_class="ovr"),
              "log_loss": log_loss(truth, probabilities), "seconds": seconds, "epochs": 1 + options.epochs,
              "threads": options.threads, "keras": keras.__version__, "tensorflow": tf.__version__}
    (options.out / "result.json").write_text(json.dumps(result, indent=2) + "\n")
    with open(options.out / "predictions.csv", "w") as out:
        print("file", "true", "predicted", *classes, sep=",", file=out)
        for (path, label), choice, row in zip(files, predicted, probabilities):
            print(path.relative_to(options.pictures), classes[label], classes[choice], *row, sep=",", file=out)
    with open(options.out / "metrics.csv", "w") as out:
        names = ["loss", "accuracy", "val_loss", "val_accuracy"]
        print("stage", "epoch", *names, sep=",", file=out)
        for number, history in enumerate(stages):
            for epoch, row in enumerate(zip(*(history[name] for name in names)), 1):
                print(number, epoch, *row, sep=",", file=out)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
