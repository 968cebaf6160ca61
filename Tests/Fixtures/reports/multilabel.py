"""What scikit-learn makes of predictions of several classes a sample, for make.py."""

import numpy as np
from sklearn import calibration, metrics

import evidence

NAMES = ["sea", "a, b", 'with "quotes"', "never", "always"]


def predictions():
    random = np.random.default_rng(8)
    labels = (random.uniform(size=(40, 5)) < [0.4, 0.2, 0.6, 0, 1]).astype(int)
    scores = np.round(np.clip(0.35 * labels + random.uniform(0, 0.75, size=labels.shape), 0, 1), 2)
    rows = [["file", "true", "predicted", "group"] + NAMES]
    for index, (label, row) in enumerate(zip(labels, scores)):
        lists = [";".join(name for name, flag in zip(NAMES, flags) if flag) for flags in (label, row > 0.5)]
        rows.append([f"{index}.png", *lists, f"place {index % 3}"] + row.tolist())
    return rows


def parse(rows):
    leading = 4 if rows[0][3] == "group" else 3
    names = rows[0][leading:]
    one_hot = np.array([[name in row[1].split(";") for name in names] for row in rows[1:]])
    scores = np.array([[float(field) for field in row[leading:]] for row in rows[1:]])
    predicted = scores > 0.5
    for row, flags in zip(rows[1:], predicted):
        assert row[2] == ";".join(name for name, flag in zip(names, flags) if flag), row
    return names, one_hot, scores, predicted


def reliability(positive, score, bins=10):
    """A row a bin, and the expected and the maximum calibration error."""
    shares, means = calibration.calibration_curve(positive, score, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], score), minlength=bins)
    filled = iter(zip(means.tolist(), shares.tolist()))
    rows = [[low, high, count] + (list(next(filled)) if count else ["", ""])
            for low, high, count in zip(edges.tolist(), edges[1:].tolist(), counts.tolist())]
    gaps = np.abs(shares - means)
    return rows, float((counts[counts > 0] / len(score) * gaps).sum()), float(gaps.max())


def report(names, one_hot, predicted):
    header = ["precision", "recall", "f1-score"]
    rows = [["class"] + header + ["support", "undefined"]]

    def add(name, support, **options):
        values = metrics.precision_recall_fscore_support(one_hot, predicted, zero_division=0, **options)[:3]
        marked = metrics.precision_recall_fscore_support(one_hot, predicted, zero_division=np.nan, **options)[:3]
        undefined = [title for title, x in zip(header, marked) if np.isnan(np.ravel(x)[0])]
        keeps = "labels" in options or options["average"] == "micro"
        rows.append([name, *(float(np.ravel(x)[0]) for x in values), int(support),
                     " ".join(undefined) if keeps else ""])

    for k, name in enumerate(names):
        add(name, one_hot[:, k].sum(), labels=[k], average=None)
    for average in ["micro", "macro", "weighted", "samples"]:
        add(f"{average} avg", one_hot.sum(), average=average)
    return rows


def tables(rows, roc):
    names, one_hot, scores, predicted = parse(rows)
    points, areas, macro = roc(names, one_hot, scores)
    curves, precisions = evidence.precision_recall(names, one_hot, scores)
    counts = metrics.multilabel_confusion_matrix(one_hot, predicted).reshape(-1, 4).tolist()
    bins = [["class", "from", "to", "samples", "probability", "share"]]
    for name, positive, score in evidence.decisions(names, one_hot, scores):
        bins += [[name] + row for row in reliability(positive, score)[0]]
    _, ece, mce = reliability(one_hot.ravel(), scores.ravel())
    both = [k for k in range(len(names)) if 0 < one_hot[:, k].sum() < len(one_hot)]
    balanced = [metrics.balanced_accuracy_score(one_hot[:, k], predicted[:, k]) for k in both]
    summary = [
        ["metric", "value"],
        ["samples", len(one_hot)],
        ["accuracy", metrics.accuracy_score(one_hot, predicted)],
        ["balanced_accuracy", float(np.mean(balanced))],
        ["hamming_loss", metrics.hamming_loss(one_hot, predicted)],
        ["log_loss", float(np.mean([metrics.log_loss(one_hot[:, k], scores[:, k], labels=[False, True])
                                    for k in range(len(names))]))],
        ["f1_micro", metrics.f1_score(one_hot, predicted, average="micro", zero_division=0)],
        ["f1_macro", metrics.f1_score(one_hot, predicted, average="macro", zero_division=0)],
        ["average_precision_macro", precisions[-1][1]],
        ["roc_auc_micro", areas[-3][1]],
        ["roc_auc_macro", macro],
        ["brier_score", float(np.mean([metrics.brier_score_loss(one_hot[:, k], scores[:, k], pos_label=True)
                                       for k in range(len(names))]))],
        ["ece", ece],
        ["mce", mce],
    ]
    return {
        "multilabel_confusion_matrix.csv": [
            ["class", "true_negatives", "false_positives", "false_negatives", "true_positives"]]
        + [[name] + row for name, row in zip(names, counts)],
        "classification_report.csv": report(names, one_hot, predicted),
        "summary.csv": summary,
        "roc.csv": points,
        "roc_auc.csv": areas,
        "precision_recall.csv": curves,
        "average_precision.csv": precisions,
        "det.csv": evidence.det(names, one_hot, scores),
        "thresholds.csv": evidence.thresholds(names, one_hot, scores),
        "calibration.csv": bins,
        "auc_intervals.csv": evidence.intervals(names, one_hot, scores),
    }
