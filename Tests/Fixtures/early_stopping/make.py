"""Writes early_stopping.json: when Keras's callback ends a training with a baseline and a first epoch that counts.

    python make.py

needs tensorflow-cpu (which brings Keras 3).
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

random = np.random.default_rng(15)
cases = []
for monitor, patience, baseline, start in [
    ("val_loss", 2, None, 4), ("val_loss", 3, 0.45, 0), ("val_accuracy", 3, 0.55, 2), ("val_accuracy", 1, 0.6, 0),
    ("val_loss", 1, 0.3, 3),
]:
    for _ in range(4):
        values = np.round(0.5 + 0.1 * random.normal(size=20), 2)
        callback = keras.callbacks.EarlyStopping(
            monitor, patience=patience, baseline=baseline, start_from_epoch=start,
            mode="max" if monitor == "val_accuracy" else "min",
        )
        model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        callback.set_model(model)
        callback.on_train_begin()
        model.stop_training = False
        epochs = 0
        for epoch, value in enumerate(values):
            epochs += 1
            callback.on_epoch_end(epoch, {monitor: value})
            if model.stop_training:
                break
        cases.append(
            {
                "monitor": monitor, "patience": patience, "baseline": baseline, "start_from_epoch": start,
                "values": [float(v) for v in values], "epochs": epochs, "best_epoch": int(callback.best_epoch) + 1,
            }
        )
with open(os.path.join(os.path.dirname(__file__), "early_stopping.json"), "w") as file:
    json.dump(cases, file)
    file.write("\n")
