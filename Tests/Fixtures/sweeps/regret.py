"""Compares the samplers with Optuna's TPE on standard functions: regret after 100 trials, over as many
seeds as the file has.

    swift run -c release SweepRegret tpe gp sobol random > /tmp/regret.csv
    pip install optuna numpy scipy
    python regret.py /tmp/regret.csv

writes `regret.csv`, the quartiles of each sampler, and ends with an error if Graft's TPE has a greater median than
Optuna's on any function.
"""

import csv
import math
import pathlib
import sys

import numpy as np
import optuna
from scipy.stats import mannwhitneyu

optuna.logging.set_verbosity(optuna.logging.ERROR)
here = pathlib.Path(__file__).parent


def branin(trial):
    x, y = trial.suggest_float("x0", -5, 10), trial.suggest_float("x1", 0, 15)
    bend = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = np.array([
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
])


def hartmann6(trial):
    x = np.array([trial.suggest_float(f"x{i}", 0, 1) for i in range(6)])
    return -float(np.array([1.0, 1.2, 3.0, 3.2]) @ np.exp(-(A * (x - P) ** 2).sum(axis=1)))


def mixed(trial):
    rate = trial.suggest_float("x0", 1e-5, 1, log=True)
    one = trial.suggest_categorical("x1", [0, 1, 2])
    other = trial.suggest_categorical("x2", [0, 1, 2, 3])
    count, share = trial.suggest_int("x3", 1, 16), trial.suggest_float("x4", 0, 1)
    offset = [0.3, 0.0, 0.15][one] + [0.2, 0.05, 0.0, 0.4][other]
    scale = [1.0, 0.6, 1.4, 0.9][other]
    best = [-2.0, -1.5, -3.0][one]
    return offset + scale * (math.log10(rate) - best) ** 2 + ((count - 5) / 8) ** 2 + (share - 0.2 * one) ** 2


def rosenbrock4(trial):
    x = [trial.suggest_float(f"x{i}", -5, 10) for i in range(4)]
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


def ackley4(trial):
    x = np.array([trial.suggest_float(f"x{i}", -32.768, 32.768) for i in range(4)])
    return float(20 - 20 * np.exp(-0.2 * np.sqrt((x**2).mean())) + np.e - np.exp(np.cos(2 * np.pi * x).mean()))


def levy4(trial):
    w = 1 + (np.array([trial.suggest_float(f"x{i}", -10, 10) for i in range(4)]) - 1) / 4
    bowl = ((w[:-1] - 1) ** 2 * (1 + 10 * np.sin(np.pi * w[:-1] + 1) ** 2)).sum()
    return float(np.sin(np.pi * w[0]) ** 2 + bowl + (w[-1] - 1) ** 2 * (1 + np.sin(2 * np.pi * w[-1]) ** 2))


minima = {
    branin: 0.39788735772973816, hartmann6: -3.3223680114155147, mixed: 0.0, rosenbrock4: 0.0, ackley4: 0.0, levy4: 0.0,
}
regrets = {}
with open(sys.argv[1]) as file:
    for row in csv.DictReader(file):
        regrets.setdefault((row["function"], "graft " + row["sampler"]), []).append(float(row["regret"]))
seeds = max(len(values) for values in regrets.values())
for function, minimum in minima.items():
    for seed in range(1000, 1000 + seeds):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(function, n_trials=100)
        regrets.setdefault((function.__name__, "optuna tpe"), []).append(study.best_value - minimum)

with open(here / "regret.csv", "w") as file:
    file.write("function,sampler,seeds,lower_quartile,median,upper_quartile,p_differs_from_optuna\n")
    for (function, sampler), values in sorted(regrets.items()):
        low, middle, high = np.percentile(values, [25, 50, 75])
        p = mannwhitneyu(values, regrets[function, "optuna tpe"]).pvalue
        file.write(f"{function},{sampler},{len(values)},{low:.4g},{middle:.4g},{high:.4g},{p:.3f}\n")
print((here / "regret.csv").read_text())
worse = [
    f.__name__ for f in minima
    if np.median(regrets[f.__name__, "graft tpe"]) > np.median(regrets[f.__name__, "optuna tpe"])
]
sys.exit(f"worse than Optuna: {', '.join(worse)}" if worse else 0)
