"""The tables of evidence about each class against the rest, by scikit-learn, for make.py.

The intervals' DeLong variance is the paper's, pair by pair (1988); the bootstrap draws samples by SplitMix64
with the seed 0 as its first state, `floor(n * word / 2**64)` being the next one, and takes NumPy's 2.5th and
97.5th percentile of the areas. The areas are scikit-learn's, worked out with sample weights.
"""

import math

import numpy as np
from scipy import stats
from sklearn import calibration, metrics


def reliability(labels, scores, bins=10):
    """A row a bin, and the expected and the maximum calibration error."""
    confidence = scores.max(axis=1)
    right = scores.argmax(axis=1) == labels
    accuracies, confidences = calibration.calibration_curve(right, confidence, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=bins)
    rows, filled = [], iter(zip(confidences.tolist(), accuracies.tolist()))
    for low, high, count in zip(edges.tolist(), edges[1:].tolist(), counts.tolist()):
        rows.append([low, high, count] + (list(next(filled)) if count else ["", ""]))
    gaps = np.abs(accuracies - confidences)
    return rows, float((counts[counts > 0] / len(labels) * gaps).sum()), float(gaps.max())


def summary(labels, predicted, scores):
    classes = list(range(scores.shape[1]))
    kappa = metrics.cohen_kappa_score(labels, predicted, labels=classes)
    brier = (metrics.brier_score_loss(labels == 1, scores[:, 1]) if len(classes) == 2
             else metrics.brier_score_loss(labels, scores, labels=classes))
    _, ece, mce = reliability(labels, scores)
    return [["cohen_kappa", "" if math.isnan(kappa) else kappa],
            ["matthews_corrcoef", metrics.matthews_corrcoef(labels, predicted)],
            ["brier_score", brier], ["ece", ece], ["mce", mce]]


def precision_recall(names, one_hot, scores):
    points, areas, defined = [["curve", "precision", "recall", "threshold"]], [], []
    areas.append(["curve", "average_precision", "positives", "note"])
    for name, positive, score in decisions(names, one_hot, scores):
        if not positive.any():
            areas.append([name, "", 0, "undefined: no positives"])
            continue
        precision, recall, thresholds = metrics.precision_recall_curve(
            positive, score, drop_intermediate=True)
        points.extend([name, *point] for point in zip(
            precision.tolist(), recall.tolist(), thresholds.tolist() + [""]))
        area = metrics.average_precision_score(positive, score)
        areas.append([name, area, "" if name == "micro" else int(positive.sum()), ""])
        if name != "micro":
            defined.append(area)
    without = [row[0] for row in areas if row[1] == ""]
    note = "without " + ", ".join(without) if without else ""
    return points, areas + [["macro", float(np.mean(defined)), "", note]]


def decisions(names, one_hot, scores):
    for k, name in enumerate(names):
        yield name, one_hot[:, k], scores[:, k]
    yield "micro", one_hot.ravel(), scores.ravel()


def det(names, one_hot, scores):
    points = [["curve", "fpr", "fnr", "threshold"]]
    for name, positive, score in decisions(names, one_hot, scores):
        if positive.any() and not positive.all():
            points.extend([name, *point] for point in zip(
                *(column.tolist() for column in metrics.det_curve(positive, score, drop_intermediate=True))))
    return points


def thresholds(names, one_hot, scores):
    rows = [["class", "threshold", "precision", "recall", "f1-score", "specificity", "true_positives",
             "false_positives", "true_negatives", "false_negatives"]]
    for k, name in enumerate(names):
        for hundredth in range(101):
            taken = scores[:, k] >= hundredth / 100
            tn, fp, fn, tp = metrics.confusion_matrix(one_hot[:, k], taken, labels=[False, True]).ravel().tolist()
            values = metrics.precision_recall_fscore_support(
                one_hot[:, k], taken, average="binary", zero_division=0)[:3]
            specificity = tn / (tn + fp) if tn + fp else 0
            rows.append([name, hundredth / 100, *(float(v) for v in values), specificity, tp, fp, tn, fn])
    return rows


def delong(positive, score):
    x, y = score[positive], score[~positive]
    if len(x) < 2 or len(y) < 2:
        return None, None, None
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    error = math.sqrt(psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(y))
    area, reach = psi.mean(), stats.norm.ppf(0.975) * error
    return error, max(area - reach, 0), min(area + reach, 1)


def split_mix_64(state):
    word = 2**64 - 1
    while True:
        state = state + 0x9E3779B97F4A7C15 & word
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & word
        z = (z ^ z >> 27) * 0x94D049BB133111EB & word
        yield z ^ z >> 31


def area(positive, score, weight):
    """scikit-learn's area of weighted samples; not a number where one class has no weight."""
    if not weight[positive].any() or not weight[~positive].any():
        return math.nan
    return metrics.roc_auc_score(positive, score, sample_weight=weight)


def areas(one_hot, scores, weight):
    values = [area(one_hot[:, k], scores[:, k], weight) for k in range(scores.shape[1])]
    micro = area(one_hot.ravel(), scores.ravel(), np.repeat(weight, scores.shape[1]))
    defined = [value for value in values if not math.isnan(value)]
    return values + [micro, float(np.mean(defined)) if defined else math.nan]


def intervals(names, one_hot, scores):
    samples = len(scores)
    resamples = max(100, min(1000, 2_000_000_000 // one_hot.size))
    words = split_mix_64(0)
    replicates = []
    for _ in range(resamples):
        rows = [next(words) * samples >> 64 for _ in range(samples)]
        replicates.append(areas(one_hot, scores, np.bincount(rows, minlength=samples)))
    rows = [["curve", "auc", "standard_error", "delong_low", "delong_high", "bootstrap_low",
             "bootstrap_high", "resamples"]]
    found = areas(one_hot, scores, np.ones(samples, dtype=int))
    for k, (name, value, column) in enumerate(zip(names + ["micro", "macro_ovr"], found, zip(*replicates))):
        if math.isnan(value):
            rows.append([name] + [""] * 6 + [0])
            continue
        error = delong(one_hot[:, k], scores[:, k]) if k < len(names) else [None] * 3
        column = np.array(column)[~np.isnan(column)]
        rows.append([name, value] + ["" if x is None else float(x) for x in error]
                    + np.percentile(column, [2.5, 97.5]).tolist() + [len(column)])
    return rows


def top_k(labels, scores):
    classes = list(range(scores.shape[1]))
    score = scores[:, 1] if len(classes) == 2 else scores
    return [["k", "top_k_accuracy"]] + [
        [k, metrics.top_k_accuracy_score(labels, score, k=k, labels=classes)]
        for k in range(1, min(len(classes), 20) + 1)]


def tables(names, labels, scores):
    one_hot = np.eye(len(names), dtype=bool)[labels]
    points, areas = precision_recall(names, one_hot, scores)
    return {
        "precision_recall.csv": points,
        "average_precision.csv": areas,
        "det.csv": det(names, one_hot, scores),
        "thresholds.csv": thresholds(names, one_hot, scores),
        "calibration.csv": [["from", "to", "samples", "confidence", "accuracy"]] + reliability(labels, scores)[0],
        "top_k.csv": top_k(labels, scores),
        "auc_intervals.csv": intervals(names, one_hot, scores),
    }
