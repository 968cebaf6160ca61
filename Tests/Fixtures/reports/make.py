"""Writes predictions.csv, with names that try a CSV writer's patience, and in `expected` the tables that
scikit-learn makes of it; in `multilabel` the same of predictions of several classes a sample.

    python make.py

Given a folder of evidence, it works out the tables from the folder's own predictions.csv, and says where
the folder's tables differ:

    python make.py FOLDER

needs numpy, scipy and scikit-learn.
"""

import csv
import os
import sys
import warnings

import numpy as np
from sklearn import metrics

import evidence
import multilabel

NAMES = ["plain", "comma, inside", 'with "quotes"', "<b> & 'co'", "Überraschung 驚き", "two\nlines", "absent"]
TOLERANCE = 1e-9


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def predictions():
    random = np.random.default_rng(5)
    labels = random.choice(len(NAMES) - 1, size=30)
    logits = random.normal(size=(len(labels), len(NAMES)))
    logits[np.arange(len(labels)), labels] += 1.5
    exponentials = np.exp(logits)
    scores = np.round(exponentials / exponentials.sum(axis=1, keepdims=True), 6)
    rows = [["file", "true", "predicted"] + NAMES]
    for index, (label, row) in enumerate(zip(labels, scores)):
        file = f"folder, {index}/picture \"{index}\".png" if index % 3 else f"{index}.png"
        rows.append([file, NAMES[label], NAMES[row.argmax()]] + row.tolist())
    return rows


def tables(rows):
    leading = 4 if rows[0][3] == "group" else 3
    names = rows[0][leading:]
    classes = list(range(len(names)))
    labels = np.array([names.index(row[1]) for row in rows[1:]])
    predicted = np.array([names.index(row[2]) for row in rows[1:]])
    scores = np.array([[float(field) for field in row[leading:]] for row in rows[1:]])
    assert (scores.argmax(axis=1) == predicted).all(), "predicted is not the class with the greatest score"
    counts = metrics.confusion_matrix(labels, predicted, labels=classes)
    shares = metrics.confusion_matrix(labels, predicted, labels=classes, normalize="true")
    corner = "true \\ predicted"
    points, areas, macro_ovr = roc(names, np.eye(len(names), dtype=bool)[labels], scores)
    top = [[f"top_{k}_accuracy", metrics.top_k_accuracy_score(labels, scores, k=k, labels=classes)]
           for k in [3, 5] if k < len(names)]
    return {
        "confusion_matrix.csv": [[corner] + names] + [[n] + c for n, c in zip(names, counts.tolist())],
        "confusion_matrix_normalized.csv": [[corner] + names]
        + [[n] + c for n, c in zip(names, shares.tolist())],
        "confusion_matrix_by_column.csv": [[corner] + names] + [[n] + c for n, c in zip(
            names, metrics.confusion_matrix(labels, predicted, labels=classes, normalize="pred").tolist())],
        "confusion_matrix_by_all.csv": [[corner] + names] + [[n] + c for n, c in zip(
            names, metrics.confusion_matrix(labels, predicted, labels=classes, normalize="all").tolist())],
        "classification_report.csv": report(names, labels, predicted),
        **evidence.tables(names, labels, scores),
        "roc.csv": points,
        "roc_auc.csv": areas,
        "summary.csv": [
            ["metric", "value"],
            ["samples", len(labels)],
            ["accuracy", metrics.accuracy_score(labels, predicted)],
            ["balanced_accuracy", metrics.balanced_accuracy_score(labels, predicted)],
            ["log_loss", metrics.log_loss(labels, scores, labels=classes)],
            ["roc_auc_micro", areas[-3][1]],
            ["roc_auc_macro_ovr", macro_ovr],
        ] + top + evidence.summary(labels, predicted, scores),
    }


def report(names, labels, predicted):
    header = ["precision", "recall", "f1-score"]
    classes = list(range(len(names)))
    values = metrics.precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
    marked = metrics.precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=np.nan)
    rows = [["class"] + header + ["support", "undefined"]]
    for k, name in enumerate(names):
        undefined = [title for title, column in zip(header, marked) if np.isnan(column[k])]
        rows.append([name] + [float(column[k]) for column in values[:3]]
                    + [int(values[3][k]), " ".join(undefined)])
    rows.append(["accuracy", "", "", metrics.accuracy_score(labels, predicted), len(labels), ""])
    for average in ["macro", "weighted"]:
        mean = metrics.precision_recall_fscore_support(
            labels, predicted, labels=classes, average=average, zero_division=0)
        rows.append([f"{average} avg"] + [float(x) for x in mean[:3]] + [len(labels), ""])
    return rows


def roc(names, one_hot, scores):
    points = [["curve", "fpr", "tpr", "threshold"]]
    areas = [["curve", "auc", "positives", "negatives", "note"]]
    curves = []

    def add(name, fpr, tpr, thresholds):
        points.extend([name, *point] for point in zip(fpr.tolist(), tpr.tolist(), thresholds))
        return metrics.auc(fpr, tpr)

    for k, name in enumerate(names):
        positives = int(one_hot[:, k].sum())
        counts = [positives, len(one_hot) - positives]
        if 0 in counts:
            reason = "positives" if positives == 0 else "negatives"
            areas.append([name, ""] + counts + [f"undefined: no {reason}"])
            continue
        fpr, tpr, thresholds = metrics.roc_curve(one_hot[:, k], scores[:, k])
        curves.append((fpr, tpr))
        areas.append([name, add(name, fpr, tpr, thresholds.tolist())] + counts + [""])
    fpr, tpr, thresholds = metrics.roc_curve(one_hot.ravel(), scores.ravel())
    areas.append(["micro", add("micro", fpr, tpr, thresholds.tolist()), "", "", ""])
    left_out = [row[0] for row in areas[1:] if row[1] == ""]
    note = "without " + ", ".join(left_out) if left_out else ""
    if not curves:
        areas += [["macro", "", "", "", note], ["macro_ovr", "", "", "", note]]
        return points, areas, ""
    grid = np.unique(np.concatenate([fpr for fpr, _ in curves]))
    mean = np.mean([np.interp(grid, *curve) for curve in curves], axis=0)
    areas.append(["macro", add("macro", grid, mean, [""] * len(grid)), "", "", note])
    macro_ovr = float(np.mean([metrics.auc(*curve) for curve in curves]))
    areas.append(["macro_ovr", macro_ovr, "", "", note])
    return points, areas, macro_ovr


def same(found, expected):
    if found == str(expected):
        return True
    try:
        return abs(float(found) - float(expected)) <= TOLERANCE
    except ValueError:
        return False


def check(folder):
    differences = 0
    for name, expected in tables(read(os.path.join(folder, "predictions.csv"))).items():
        found = read(os.path.join(folder, name))
        if [len(row) for row in found] != [len(row) for row in expected]:
            print(f"{name}: expected {len(expected)} rows, found {len(found)}, or rows of other lengths")
            differences += 1
            continue
        for line, (a, b) in enumerate(zip(found, expected), 1):
            for x, y in zip(a, b):
                if not same(x, y):
                    print(f"{name}, record {line}: expected {y}, found {x}")
                    differences += 1
    return differences


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        sys.exit(1 if check(sys.argv[1]) else 0)
    here = os.path.dirname(os.path.abspath(__file__))
    os.makedirs(os.path.join(here, "expected"), exist_ok=True)
    write(os.path.join(here, "predictions.csv"), predictions())
    for name, rows in tables(read(os.path.join(here, "predictions.csv"))).items():
        write(os.path.join(here, "expected", name), rows)
    os.makedirs(os.path.join(here, "multilabel", "expected"), exist_ok=True)
    write(os.path.join(here, "multilabel", "predictions.csv"), multilabel.predictions())
    rows = read(os.path.join(here, "multilabel", "predictions.csv"))
    for name, rows in multilabel.tables(rows, roc).items():
        write(os.path.join(here, "multilabel", "expected", name), rows)
