"""Makes `importance.json`: trials of a function of five numbers, drawn at random, and what Optuna's evaluator by
functional analysis of variance says of its parameters. There is neither a choice nor a logarithmic
number among them: Optuna takes the first for several numbers, and averages the second over the numbers themselves.

    pip install optuna numpy scikit-learn
    python make_importance.py
"""

import json
import pathlib

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def value(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(3)]
    power = trial.suggest_float("x3", -4, 0)
    count = trial.suggest_int("x4", 1, 8)
    return 3 * (x[0] - 0.3) ** 2 + 0.4 * x[1] + 0.25 * (power + 2) ** 2 + 0.01 * (count - 3) ** 2


study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(value, n_trials=120)
names = [f"x{i}" for i in range(5)]
result = {
    "points": [[round(trial.params[name], 6) for name in names] for trial in study.trials],
    "values": [round(trial.value, 6) for trial in study.trials],
}
evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
importance = optuna.importance.get_param_importances(study, evaluator=evaluator)
result["fanova"] = [round(importance[name], 6) for name in names]
print(result["fanova"])
(pathlib.Path(__file__).parent / "importance.json").write_text(json.dumps(result) + "\n")
