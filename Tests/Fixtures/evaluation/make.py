"""Writes evaluation.json: what scikit-learn's metrics make of given labels and scores.

    python make.py

needs numpy and scikit-learn.
"""

import json
import math
import os
import warnings

import numpy as np
from sklearn import metrics

RANDOM = np.random.default_rng(7)


def scores(labels, classes, strength):
    """Softmax probabilities that lean towards the labels, the more the greater the strength."""
    logits = RANDOM.normal(size=(len(labels), classes))
    logits[np.arange(len(labels)), labels] += strength
    exponentials = np.exp(logits)
    return np.round(exponentials / exponentials.sum(axis=1, keepdims=True), 6)


def hide(k, probabilities):
    """Makes a class so unlikely that it is never predicted."""
    probabilities[:, k] /= 1024
    return np.round(probabilities / probabilities.sum(axis=1, keepdims=True), 6)


def cases():
    balanced = np.repeat(np.arange(4), 8)
    yield "balanced", balanced, scores(balanced, 4, 1.5)

    imbalanced = RANDOM.choice(4, size=40, p=[0.7, 0.2, 0.06, 0.04])
    imbalanced[:4] = range(4)
    yield "imbalanced", imbalanced, scores(imbalanced, 4, 1.0)

    absent = RANDOM.choice([0, 1, 3], size=30)
    yield "class without labels", absent, scores(absent, 4, 1.0)

    unpredicted = RANDOM.choice(3, size=30)
    yield "class never predicted", unpredicted, hide(1, scores(unpredicted, 3, 1.5))

    neither = RANDOM.choice([0, 2], size=20)
    yield "class in neither", neither, hide(1, scores(neither, 3, 1.0))

    tied = RANDOM.choice(3, size=30)
    # Quarters: few different scores, and many rows with two maxima.
    yield "tied", tied, np.array([RANDOM.multinomial(4, p / p.sum()) / 4 for p in scores(tied, 3, 1.0)])

    two = RANDOM.choice(2, size=30)
    yield "two classes", two, scores(two, 2, 1.0)

    halves = np.array([0, 1, 1, 0, 1])
    right = np.array([0.5, 0.5, 0.75, 0.25, 0.125])
    yield "two classes, tied", halves, np.stack([1 - right, right], axis=1)

    correct = np.repeat(np.arange(3), 4)
    yield "all correct", correct, np.where(np.eye(3)[correct] == 1, 1.0, 0.0)

    wrong = np.repeat(np.arange(3), 3)
    yield "all wrong", wrong, np.eye(3)[(wrong + 1) % 3]


def curve(positive, score, drop_intermediate=True):
    if positive.all() or not positive.any():
        return None
    fpr, tpr, thresholds = metrics.roc_curve(positive, score, drop_intermediate=drop_intermediate)
    return {
        "fpr": fpr.tolist(),
        "tpr": tpr.tolist(),
        "thresholds": ["inf" if math.isinf(t) else t for t in thresholds.tolist()],
        "auc": metrics.auc(fpr, tpr),
    }


def roc(labels, probabilities):
    one_hot = np.eye(probabilities.shape[1])[labels]
    columns = range(probabilities.shape[1])
    curves = [curve(one_hot[:, k], probabilities[:, k]) for k in columns]
    defined = [c for c in curves if c]
    # As in scikit-learn's example "plot_roc", over all false positive rates that occur.
    grid = np.unique(np.concatenate([c["fpr"] for c in defined]))
    mean = np.mean([np.interp(grid, c["fpr"], c["tpr"]) for c in defined], axis=0)
    if len(curves) > 2 and len(defined) == len(curves):
        macro_auc = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
    else:
        macro_auc = np.mean([metrics.roc_auc_score(one_hot[:, k], probabilities[:, k])
                             for k in columns if curves[k]])
    return {
        "classes": curves,
        "all_points": [curve(one_hot[:, k], probabilities[:, k], False) for k in columns],
        "micro": curve(one_hot.ravel(), probabilities.ravel()),
        "macro": {"fpr": grid.tolist(), "tpr": mean.tolist(), "auc": metrics.auc(grid, mean)},
        "macro_auc": float(macro_auc),
    }


def top_k(labels, probabilities):
    classes = list(range(probabilities.shape[1]))
    score = probabilities[:, 1] if len(classes) == 2 else probabilities
    return [metrics.top_k_accuracy_score(labels, score, k=k, labels=classes)
            for k in range(1, len(classes) + 1)]


def expectation(name, labels, probabilities):
    predicted = probabilities.argmax(axis=1)
    classes = list(range(probabilities.shape[1]))
    names = [f"class {k}" for k in classes]
    report = metrics.classification_report(
        labels, predicted, labels=classes, target_names=names, output_dict=True, zero_division=0)

    def line(key):
        values = report[key]
        return [values["precision"], values["recall"], values["f1-score"], values["support"]]

    def undefined(k):
        values = metrics.precision_recall_fscore_support(
            labels, predicted, labels=[k], average=None, zero_division=np.nan)
        return [metric for metric, value in zip(["precision", "recall", "f1-score"], values)
                if np.isnan(value[0])]

    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": probabilities.tolist(),
        "predicted": predicted.tolist(),
        "confusion_matrix": metrics.confusion_matrix(labels, predicted, labels=classes).tolist(),
        "normalized": {
            how: metrics.confusion_matrix(labels, predicted, labels=classes, normalize=how).tolist()
            for how in ["true", "pred", "all"]
        },
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, predicted),
        "report": [line(key) for key in names],
        "undefined": [undefined(k) for k in classes],
        "macro_avg": line("macro avg"),
        "weighted_avg": line("weighted avg"),
        "log_loss": metrics.log_loss(labels, probabilities, labels=classes),
        "top_k": top_k(labels, probabilities),
        "roc": roc(labels, probabilities),
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "evaluation.json"), "w") as file:
        json.dump([expectation(*case) for case in cases()], file)
        file.write("\n")
