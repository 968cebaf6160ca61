"""The search of experiments/fer2013-features-sweep.yaml by Optuna and Keras, to compare trials a minute with.

    OMP_NUM_THREADS=2 python Sources/Benchmarks/peers/fer2013_optuna.py PICTURES WEIGHTS OUT [--trials N] [--threads N]

PICTURES has the folders train and test, each with a folder a class; WEIGHTS is an HDF5 file of MobileNet's weights as
Keras writes them; OUT gets trials.csv and result.json. As a careful user would, it decodes the pictures once, and works
out what the frozen part makes of them once for each depth, in memory. Space, sampler (TPE after ten random trials),
epochs, batches and what a trial is judged by (accuracy on the validation pictures, then on the test pictures) are the
sweep's; the random numbers are Optuna's and Keras's own. Needs tensorflow-cpu, keras, optuna, scikit-learn and pillow.
"""

import argparse
import csv
import json
import os
import pathlib
import resource
import time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("pictures", type=pathlib.Path)
parser.add_argument("weights")
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--trials", type=int, default=60)
parser.add_argument("--epochs", type=int, default=6)
parser.add_argument("--limit", type=int, default=500, help="training pictures a class")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import optuna  # noqa: E402
import tensorflow as tf  # noqa: E402
from PIL import Image  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

SIZE, BATCH, CUT = 64, 64, "conv_pw_12_relu"
# The last layer of the frozen part.
DEPTHS = {"backbone": CUT, "block_11": "conv_pw_11_relu", "block_10": "conv_pw_10_relu", "block_9": "conv_pw_9_relu"}


def load(folder):
    classes = sorted(path.name for path in folder.iterdir() if path.is_dir())
    files = [(path, index) for index, name in enumerate(classes) for path in sorted((folder / name).iterdir())]

    def pixels(path):
        picture = Image.open(path).convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        return np.asarray(picture, "float32") / 127.5 - 1

    return np.stack([pixels(path) for path, _ in files]), np.array([label for _, label in files]), classes


def limited(indices, labels, random):
    shuffled = random.permutation(indices)
    return np.concatenate([shuffled[labels[shuffled] == label][: options.limit] for label in np.unique(labels)])


def tail(backbone, cut, classes, trial_settings):
    """The layers behind the frozen part, with their pretrained weights, and a new head."""
    rest = backbone.layers[[layer.name for layer in backbone.layers].index(cut) + 1 :]
    x = inputs = keras.Input(backbone.get_layer(cut).output.shape[1:])
    penalty = keras.regularizers.L2(trial_settings["l2"])
    for layer in rest:
        copy = type(layer).from_config(layer.get_config())
        for kind in ("kernel_regularizer", "depthwise_regularizer"):
            if hasattr(copy, kind):
                setattr(copy, kind, penalty)
        x = copy(x)
        copy.set_weights(layer.get_weights())
    x = keras.layers.GlobalAveragePooling2D()(x)
    x = keras.layers.Dropout(trial_settings["dropout"])(x)
    return keras.Model(inputs, keras.layers.Dense(classes, kernel_regularizer=penalty)(x))


def main():
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    pictures, labels, classes = load(options.pictures / "train")
    tests, truth, _ = load(options.pictures / "test")
    kept, held = train_test_split(np.arange(len(labels)), test_size=0.1, stratify=labels, random_state=options.seed)
    kept = limited(kept, labels, np.random.default_rng(options.seed))
    one_hot = np.eye(len(classes), dtype="float32")
    sets = {"train": (pictures[kept], labels[kept]), "validation": (pictures[held], labels[held]), "test": (tests, truth)}

    whole = keras.applications.MobileNet(input_shape=(SIZE, SIZE, 3), include_top=False, weights=None)
    backbone = keras.Model(whole.input, whole.get_layer(CUT).output)
    backbone.load_weights(options.weights, by_name=options.weights.endswith(("hdf5", ".h5")) and "weights.h5" not in options.weights)
    known = {}

    def features(cut):
        if cut not in known:
            frozen = keras.Model(backbone.input, backbone.get_layer(cut).output)
            known[cut] = {name: frozen.predict(x, batch_size=256, verbose=0) for name, (x, _) in sets.items()}
        return known[cut]

    rows = []

    def objective(trial):
        settings = {
            "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
            "freeze": trial.suggest_categorical("freeze", list(DEPTHS)),
            "l2": trial.suggest_float("l2", 1e-6, 1e-2, log=True),
            "dropout": trial.suggest_float("dropout", 0, 0.6),
            "label_smoothing": trial.suggest_float("label_smoothing", 0, 0.2),
        }
        cut = DEPTHS[settings["freeze"]]
        x = features(cut)
        model = tail(backbone, cut, len(classes), settings)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=settings["label_smoothing"])
        model.compile(keras.optimizers.Adam(settings["learning_rate"]), loss, metrics=["accuracy"])
        targets = {name: one_hot[y] for name, (_, y) in sets.items()}
        history = model.fit(x["train"], targets["train"], batch_size=BATCH, epochs=options.epochs, verbose=0,
                            validation_data=(x["validation"], targets["validation"]), validation_batch_size=256)
        predicted = model.predict(x["test"], batch_size=256, verbose=0).argmax(1)
        model.save_weights(options.out / f"trial-{trial.number + 1:04}.weights.h5")
        rows.append(settings | {"val_accuracy": history.history["val_accuracy"][-1],
                                "test_accuracy": float((predicted == truth).mean()),
                                "seconds": time.perf_counter() - begin})
        print(trial.number + 1, rows[-1], flush=True)
        keras.backend.clear_session(free_memory=False)
        return rows[-1]["val_accuracy"]

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=options.seed))
    study.optimize(objective, n_trials=options.trials)
    seconds = time.perf_counter() - begin
    with open(options.out / "trials.csv", "w", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    result = {"trials": len(rows), "seconds": seconds, "trials_per_minute": 60 * len(rows) / seconds,
              "best_val_accuracy": study.best_value, "best": study.best_params,
              "max_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "threads": options.threads,
              "keras": keras.__version__, "tensorflow": tf.__version__, "optuna": optuna.__version__}
    (options.out / "result.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
