"""Writes optimization.json: what Keras and PyTorch make of given numbers, step by step.

    python make.py

needs tensorflow-cpu (which brings Keras 3.15) and torch. fastai's suggestions are worked out by its own three
functions, copied below from fastai/callback/schedule.py (Apache 2.0).
"""

import json
import os
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

# The two do not bear each other in one process.
if "torch" in sys.argv:
    import torch
else:
    import keras
    import tensorflow as tf

STEPS = 60
SIZE = 5
OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.05),
    "sgd momentum": lambda: keras.optimizers.SGD(0.05, momentum=0.9),
    "sgd nesterov": lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
    "sgd decay": lambda: keras.optimizers.SGD(0.05, momentum=0.9, weight_decay=0.1),
    "adam": lambda: keras.optimizers.Adam(0.05),
    "adam constants": lambda: keras.optimizers.Adam(0.05, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
    "adamw": lambda: keras.optimizers.AdamW(0.05),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.02),
    "rmsprop momentum": lambda: keras.optimizers.RMSprop(0.02, rho=0.8, momentum=0.7),
    "adagrad": lambda: keras.optimizers.Adagrad(0.05),
    "adagrad constants": lambda: keras.optimizers.Adagrad(
        0.05, initial_accumulator_value=0.0, epsilon=1e-3, weight_decay=0.1
    ),
    "lamb": lambda: keras.optimizers.Lamb(0.02),
    "lamb constants": lambda: keras.optimizers.Lamb(
        0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-3, weight_decay=0.1
    ),
}


def numbers(array):
    return [float(f"{float(x):.9g}") for x in np.asarray(array).ravel()]


def optimizers():
    random = np.random.default_rng(1)
    start = random.normal(size=SIZE).astype(np.float32)
    gradients = random.normal(size=(STEPS, SIZE)).astype(np.float32)
    result = {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "after": {}}
    for name, make in OPTIMIZERS.items():
        variable = keras.Variable(start, name="kernel")
        optimizer = make()
        optimizer.build([variable])
        steps = []
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient)], [variable])
            steps.append(numbers(variable.numpy()))
        result["after"][name] = steps
    return result


def clipping():
    """Gradients of two variables as plain descent with a rate of 1 shows them after clipping."""
    random = np.random.default_rng(2)
    gradients = [random.normal(size=4).astype(np.float32), 3 * random.normal(size=3).astype(np.float32)]
    result = {"gradients": [numbers(g) for g in gradients]}
    for name, options in {"norm": {"global_clipnorm": 1.5}, "value": {"clipvalue": 0.5}}.items():
        variables = [keras.Variable(np.zeros_like(g)) for g in gradients]
        optimizer = keras.optimizers.SGD(1.0, **options)
        optimizer.apply([tf.constant(g) for g in gradients], variables)
        result[name] = [numbers(-v.numpy()) for v in variables]
    return result


def keras_schedules():
    schedules = keras.optimizers.schedules
    made = {
        "exponential": schedules.ExponentialDecay(0.2, 20, 0.5),
        "step": schedules.ExponentialDecay(0.2, 20, 0.5, staircase=True),
        "polynomial": schedules.PolynomialDecay(0.2, 40, end_learning_rate=0.02, power=2.0),
        "cosine": schedules.CosineDecay(0.2, 40, alpha=0.1),
        "restarts": schedules.CosineDecayRestarts(0.2, 10, t_mul=2.0, m_mul=0.8, alpha=0.1),
        "restarts 1.5": schedules.CosineDecayRestarts(0.2, 10, t_mul=1.5, m_mul=1.0),
        "equal restarts": schedules.CosineDecayRestarts(0.2, 10, t_mul=1.0, m_mul=0.5),
    }
    return {name: numbers([float(s(step)) for step in range(40)]) for name, s in made.items()}


def one_cycle():
    result = {}
    for name, options in {
        "one cycle": {},
        "linear": {"anneal_strategy": "linear", "pct_start": 0.4, "div_factor": 10.0, "final_div_factor": 100.0},
        "three phases": {"three_phase": True, "base_momentum": 0.8, "max_momentum": 0.9},
    }.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.2, total_steps=40, **options)
        rates, momenta = [], []
        for step in range(40):
            rates.append(optimizer.param_groups[0]["lr"])
            momenta.append(optimizer.param_groups[0]["momentum"])
            optimizer.step()
            if step < 39:
                schedule.step()
        result[name] = {"rates": numbers(rates), "momenta": numbers(momenta)}
    return result


class Stub:
    """What the callback needs of a model."""

    def __init__(self):
        self.optimizer = keras.optimizers.SGD(0.1)


def plateau():
    random = np.random.default_rng(3)
    cases = []
    for monitor, options in [
        ("val_loss", {"factor": 0.5, "patience": 1, "cooldown": 0, "min_delta": 0.0, "min_lr": 0.0}),
        ("val_loss", {"factor": 0.5, "patience": 2, "cooldown": 3, "min_delta": 0.03, "min_lr": 0.0}),
        ("val_loss", {"factor": 0.1, "patience": 1, "cooldown": 1, "min_delta": 0.0, "min_lr": 0.004}),
        ("val_accuracy", {"factor": 0.3, "patience": 2, "cooldown": 0, "min_delta": 0.01, "min_lr": 0.0}),
    ]:
        values = np.round(0.5 + 0.1 * random.normal(size=30), 3)
        callback = keras.callbacks.ReduceLROnPlateau(
            monitor, mode="max" if monitor == "val_accuracy" else "min", **options
        )
        model = Stub()
        callback.set_model(model)
        callback.on_train_begin()
        rates = []
        for epoch, value in enumerate(values):
            callback.on_epoch_end(epoch, {monitor: float(value)})
            rates.append(float(model.optimizer.learning_rate.numpy()))
        cases.append({"monitor": monitor, **options, "values": numbers(values), "rates": numbers(rates)})
    return cases


def regularized():
    """Two dense layers, each with penalties of its own, a constraint, and an average of the weights."""
    random = np.random.default_rng(4)
    start = {
        "first/kernel": random.normal(size=(6, 4)), "first/bias": random.normal(size=4),
        "second/kernel": random.normal(size=(4, 3)), "second/bias": random.normal(size=3),
    }
    start = {name: array.astype(np.float32) for name, array in start.items()}
    inputs = random.normal(size=(5, 8, 6)).astype(np.float32)
    labels = random.integers(0, 3, size=(5, 8))
    first = tf.constant(start["first/kernel"])
    cases = {
        "elastic net": (keras.regularizers.L1L2(0.01, 0.02), keras.regularizers.L1L2(0.0, 0.05), None),
        "l2_sp": (
            lambda w: 0.3 / 2 * tf.reduce_sum(tf.square(tf.convert_to_tensor(w) - first)),
            lambda w: 0.2 / 2 * tf.reduce_sum(tf.square(tf.convert_to_tensor(w))),
            None,
        ),
        "max_norm": (None, None, keras.constraints.MaxNorm(1.2, axis=0)),
    }
    result = {"start": {n: numbers(a) for n, a in start.items()}, "labels": labels.tolist(), "cases": {}}
    result["inputs"] = [numbers(x) for x in inputs]
    for name, (of_first, of_second, constraint) in cases.items():
        model = keras.Sequential(
            [
                keras.layers.Input((6,)),
                keras.layers.Dense(
                    4, "relu", name="first", kernel_regularizer=of_first, kernel_constraint=constraint
                ),
                keras.layers.Dense(3, name="second", kernel_regularizer=of_second, kernel_constraint=constraint),
            ]
        )
        model.set_weights(list(start.values()))
        optimizer = keras.optimizers.SGD(0.1, momentum=0.9, use_ema=True, ema_momentum=0.8)
        model.compile(
            optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False
        )
        losses = [float(model.train_on_batch(x, y)) for x, y in zip(inputs, labels)]
        result["cases"][name] = {
            # Keras reports the mean of the losses so far, penalties apart; the first is a batch's own.
            "loss": losses[0],
            "after": dict(zip(start, map(numbers, model.get_weights()))),
            "average": dict(
                zip(start, (numbers(v.numpy()) for v in optimizer._model_variables_moving_average))
            ),
        }
    return result


def max_norm():
    random = np.random.default_rng(5)
    result = []
    for layer, shape, axis in [
        ("Dense", (4, 3), 0), ("Conv2D", (2, 2, 3, 4), [0, 1, 2]), ("DepthwiseConv2D", (3, 3, 4, 1), [0, 1]),
        ("Conv2DTranspose", (2, 2, 4, 3), [0, 1, 3]),
    ]:
        kernel = random.normal(size=shape).astype(np.float32)
        constrained = keras.constraints.MaxNorm(1.5, axis=axis)(kernel)
        result.append(
            {"layer": layer, "shape": shape, "kernel": numbers(kernel), "after": numbers(constrained)}
        )
    return result


def stochastic_average():
    """torch's average of weights, and the statistics that update_bn finds for it."""
    random = np.random.default_rng(6)
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2, eps=1e-3))
    average = torch.optim.swa_utils.AveragedModel(model)
    weights = random.normal(size=(4, 3, 2)).astype(np.float32)
    for kernel in weights:
        with torch.no_grad():
            model[0].weight.copy_(torch.tensor(kernel.T))
            model[0].bias.zero_()
        average.update_parameters(model)
    batches = random.normal(size=(3, 8, 3)).astype(np.float32)
    torch.optim.swa_utils.update_bn([torch.tensor(b) for b in batches], average)
    bn = average.module[1]
    return {
        "weights": [numbers(w) for w in weights],
        "average": numbers(average.module[0].weight.detach().numpy().T),
        "batches": [numbers(b) for b in batches],
        "mean": numbers(bn.running_mean.numpy()),
        # torch's running variance is the unbiased one, Keras's is not.
        "variance": numbers(bn.running_var.numpy() * 7 / 8),
    }


def valley(lrs, losses):
    n = len(losses)
    max_start, max_end = 0, 0
    lds = [1] * n
    for i in range(1, n):
        for j in range(0, i):
            if (losses[i] < losses[j]) and (lds[i] < lds[j] + 1):
                lds[i] = lds[j] + 1
            if lds[max_end] < lds[i]:
                max_end = i
                max_start = max_end - lds[max_end]
    sections = (max_end - max_start) / 3
    idx = max_start + int(sections) + int(sections / 2)
    return float(lrs[idx])


def steep(lrs, losses):
    grads = (losses[1:] - losses[:-1]) / (lrs[1:].log() - lrs[:-1].log())
    return lrs[grads.argmin()].item()


def minimum(lrs, losses):
    return lrs[losses.argmin()].item() / 10


def find_lr():
    """A loss that falls and then explodes, smoothed as fastai's Recorder does, and fastai's suggestions."""
    random = np.random.default_rng(7)
    count, start, end = 100, 1e-7, 10.0
    rates = [start * (end / start) ** (i / count) for i in range(count)]
    raw = [2.3 - 1.4 / (1 + (3e-3 / r)) + 6 * (r / 2) ** 2 + 0.05 * random.normal() for r in rates]
    smoothed, value, best, beta = [], torch.tensor(0.0), float("inf"), 0.98
    for i, loss in enumerate(raw):
        value = torch.lerp(torch.tensor(float(loss)), value, beta)
        smoothed.append((value / (1 - beta ** (i + 1))).item())
        best = min(best, smoothed[-1])
        if smoothed[-1] > 4 * best:
            break
    used = len(smoothed)
    lrs, losses = torch.tensor(rates[:used]), torch.tensor(smoothed)
    lrs, losses = lrs[count // 10 : -5], losses[count // 10 : -5]
    return {
        "rates": numbers(rates), "raw": numbers(raw), "smoothed": numbers(smoothed),
        "valley": valley(lrs, losses), "steep": steep(lrs, losses), "minimum": minimum(lrs, losses),
    }


if __name__ == "__main__":
    if "torch" in sys.argv:
        ours = {"one_cycle": one_cycle(), "stochastic_average": stochastic_average(), "find_lr": find_lr()}
        print(json.dumps(ours))
        sys.exit()
    data = {
        "optimizers": optimizers(), "clipping": clipping(), "schedules": keras_schedules(),
        "plateau": plateau(), "regularized": regularized(), "max_norm": max_norm(),
    }
    data.update(json.loads(subprocess.check_output([sys.executable, os.path.abspath(__file__), "torch"])))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimization.json"), "w") as file:
        json.dump(data, file, separators=(",", ":"))
        file.write("\n")
