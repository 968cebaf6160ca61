"""Writes evidence.json: what scikit-learn, SciPy and plain formulas make of the labels and scores in
../evaluation/evaluation.json.

    python make.py

needs numpy, scipy and scikit-learn. DeLong's variance is worked out pair by pair, as the paper (1988) defines
it; the bootstrap draws by SplitMix64 with the seed as its first state, `floor(n * word / 2**64)` being the
next sample, and takes NumPy's 2.5th and 97.5th percentile of scikit-learn's areas.
"""

import json
import math
import os
import warnings

import numpy as np
from scipy import optimize, stats
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform
from sklearn import calibration, metrics

HERE = os.path.dirname(os.path.abspath(__file__))
RESAMPLES, SEED = 60, 3
RANDOM = np.random.default_rng(11)


def split_mix_64(state):
    word = 2**64 - 1
    while True:
        state = state + 0x9E3779B97F4A7C15 & word
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & word
        z = (z ^ z >> 27) * 0x94D049BB133111EB & word
        yield z ^ z >> 31


def drawn(samples, resamples, seed):
    """The samples of every resample."""
    words = split_mix_64(seed)
    return [[next(words) * samples >> 64 for _ in range(samples)] for _ in range(resamples)]


def infinite(values):
    return ["inf" if math.isinf(value) else value for value in values.tolist()]


def precision_recall(positive, score, drop):
    if not positive.any():
        return None
    precision, recall, thresholds = metrics.precision_recall_curve(positive, score, drop_intermediate=drop)
    return {"precision": precision.tolist(), "recall": recall.tolist(), "thresholds": thresholds.tolist(),
            "average_precision": metrics.average_precision_score(positive, score)}


def det(positive, score, drop):
    if positive.all() or not positive.any():
        return None
    fpr, fnr, thresholds = metrics.det_curve(positive, score, drop_intermediate=drop)
    return {"fpr": fpr.tolist(), "fnr": fnr.tolist(), "thresholds": infinite(thresholds)}


def curves(make, one_hot, scores):
    columns = range(scores.shape[1])
    return {
        "classes": [make(one_hot[:, k], scores[:, k], True) for k in columns],
        "all_points": [make(one_hot[:, k], scores[:, k], False) for k in columns],
        "micro": make(one_hot.ravel(), scores.ravel(), True),
    }


def delong(positive, score):
    """The area, its standard error, and the interval."""
    x, y = score[positive], score[~positive]
    if len(x) < 2 or len(y) < 2:
        return None
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    variance = psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(y)
    error = math.sqrt(variance)
    reach = stats.norm.ppf(0.975) * error
    area = metrics.roc_auc_score(positive, score)
    return [area, error, max(area - reach, 0), min(area + reach, 1)]


def area(positive, score):
    return math.nan if positive.all() or not positive.any() else metrics.roc_auc_score(positive, score)


def areas(one_hot, scores):
    values = [area(one_hot[:, k], scores[:, k]) for k in range(scores.shape[1])]
    defined = [value for value in values if not math.isnan(value)]
    return values + [area(one_hot.ravel(), scores.ravel()), np.mean(defined) if defined else math.nan]


def bootstrap(one_hot, scores):
    found = areas(one_hot, scores)
    all_replicates = np.array([areas(one_hot[rows], scores[rows])
                               for rows in drawn(len(scores), RESAMPLES, SEED)])
    lines = []
    for value, replicates in zip(found, all_replicates.T):
        replicates = replicates[~np.isnan(replicates)]
        lines.append(None if math.isnan(value) else
                     np.percentile(replicates, [2.5, 97.5]).tolist() + [len(replicates)])
    return lines


def reliability(labels, scores, bins):
    predicted = scores.argmax(axis=1)
    confidence = scores.max(axis=1)
    right = predicted == labels
    accuracies, confidences = calibration.calibration_curve(right, confidence, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    numbers = np.searchsorted(edges[1:-1], confidence)
    counts = np.bincount(numbers, minlength=bins)
    shares = counts[counts > 0] / len(labels)
    gaps = np.abs(accuracies - confidences)
    return {"counts": counts.tolist(), "accuracies": accuracies.tolist(), "confidences": confidences.tolist(),
            "ece": float((shares * gaps).sum()), "mce": float(gaps.max())}


def thresholds(one_hot, scores):
    """Precision, recall, F1 and specificity of every class at tenths."""
    rows = []
    for k in range(scores.shape[1]):
        for tenth in range(11):
            taken = scores[:, k] >= tenth * 10 / 100
            values = [metric(one_hot[:, k], taken, zero_division=0)
                      for metric in [metrics.precision_score, metrics.recall_score, metrics.f1_score]]
            negative = ~one_hot[:, k]
            rows.append(values + [float((~taken[negative]).mean()) if negative.any() else 0.0])
    return rows


def expectation(case):
    labels, scores = np.array(case["labels"]), np.array(case["scores"])
    classes = list(range(scores.shape[1]))
    one_hot = np.eye(len(classes), dtype=bool)[labels]
    kappa = metrics.cohen_kappa_score(labels, case["predicted"], labels=classes)
    return {
        "name": case["name"],
        "precision_recall": curves(precision_recall, one_hot, scores),
        "det": curves(det, one_hot, scores),
        "de_long": [delong(one_hot[:, k], scores[:, k]) for k in classes],
        "bootstrap": bootstrap(one_hot, scores),
        "calibration": [reliability(labels, scores, bins) for bins in [10, 15]],
        "brier": metrics.brier_score_loss(one_hot[:, 1], scores[:, 1]) if len(classes) == 2
        else metrics.brier_score_loss(labels, scores, labels=classes),
        "kappa": None if math.isnan(kappa) else kappa,
        "mcc": metrics.matthews_corrcoef(labels, case["predicted"]),
        "thresholds": thresholds(one_hot, scores),
    }


def clustering(classes):
    """Counts, with the leaves of an average linkage by how rarely classes are taken for each other."""
    counts = RANDOM.integers(0, 40, size=(classes, classes)) + np.diag(np.full(classes, 100))
    shares = counts / counts.sum(axis=1, keepdims=True)
    distances = 1 - (shares + shares.T) / 2
    np.fill_diagonal(distances, 0)
    order = leaves_list(linkage(squareform(distances, checks=False), "average"))
    return {"counts": counts.tolist(), "order": order.tolist()}


def temperature(classes, strength, sharpness):
    labels = RANDOM.choice(classes, size=40)
    logits = RANDOM.normal(size=(len(labels), classes))
    logits[np.arange(len(labels)), labels] += strength
    powers = np.exp(logits * sharpness)
    scores = np.round(powers / powers.sum(axis=1, keepdims=True), 6) + 1e-6
    scores /= scores.sum(axis=1, keepdims=True)

    def loss(divisor):
        powers = scores ** (1 / divisor)
        return metrics.log_loss(labels, powers / powers.sum(axis=1, keepdims=True), labels=range(classes))

    found = optimize.minimize_scalar(loss, bounds=(0.01, 100), method="bounded", options={"xatol": 1e-12})
    return {"labels": labels.tolist(), "scores": scores.tolist(), "temperature": found.x, "log_loss": found.fun}


def quantiles():
    shares = [1e-300, 1e-20, 1e-12, 1e-6, 0.001, 0.02, 0.074, 0.076, 0.3, 0.5, 0.8, 0.975, 0.9999, 1 - 1e-14]
    return [[share, stats.norm.ppf(share)] for share in shares]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    with open(os.path.join(HERE, "..", "evaluation", "evaluation.json")) as file:
        cases = json.load(file)
    result = {"resamples": RESAMPLES, "seed": SEED, "quantiles": quantiles(),
              "clustering": [clustering(classes) for classes in [2, 3, 7, 20]],
              "temperatures": [temperature(5, 2, 3), temperature(3, 1, 0.3)],
              "cases": [expectation(case) for case in cases]}
    with open(os.path.join(HERE, "evidence.json"), "w") as file:
        json.dump(result, file)
        file.write("\n")
