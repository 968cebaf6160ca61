"""Makes `importance.json`: studies of two functions of five numbers, their trials drawn at random from several seeds, and
what Optuna's evaluator by functional analysis of variance says of their parameters. The second function has parameters
that matter only together. There is neither a choice nor a logarithmic
number among them: Optuna takes the first for several numbers, and averages the second over the numbers themselves.

    pip install optuna numpy scikit-learn
    python make_importance.py
"""

import json
import pathlib

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


NAMES = [f"x{i}" for i in range(5)]


def apart(x, power, count):
    return 3 * (x[0] - 0.3) ** 2 + 0.4 * x[1] + 0.25 * (power + 2) ** 2 + 0.01 * (count - 3) ** 2


def together(x, power, count):
    return 2 * x[0] * x[1] + (x[2] - 0.5) * (power + 2) + 0.05 * count


def study(function, seed):
    def value(trial):
        x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(3)]
        return function(x, trial.suggest_float("x3", -4, 0), trial.suggest_int("x4", 1, 8))

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
    study.optimize(value, n_trials=120)
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    importance = optuna.importance.get_param_importances(study, evaluator=evaluator)
    result = {
        "points": [[round(trial.params[name], 6) for name in NAMES] for trial in study.trials],
        "values": [round(trial.value, 6) for trial in study.trials],
        "fanova": [round(importance[name], 6) for name in NAMES],
    }
    print(function.__name__, seed, result["fanova"])
    return result


studies = [study(apart, 1), study(apart, 2), study(together, 3)]
(pathlib.Path(__file__).parent / "importance.json").write_text(json.dumps(studies) + "\n")
