"""Recomputes the tables of a run with scikit-learn and SciPy, from the run's own predictions, and compares.

    python verify_run.py RUN

RUN is a run's folder, one of its evaluations, or the folder of a run's folds; the baseline in from_scratch is looked at,
too. For each table it prints how many rows it has and the largest difference, which may be 1e-9, and 1e-6 for what was
worked out in single precision (in training, and before a temperature, as the network's probabilities sum to 1 within that
precision only) and for the temperature, whose log loss is flat about its least. It says which tables do not follow from
predictions. Ends with 1 where a table differs. Needs numpy, scipy and scikit-learn.
"""

import json
import math
import os
import sys
import warnings

import numpy as np
from scipy import optimize, special, stats
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform
from sklearn import metrics

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reports"))

import evidence
import make
import multilabel

TOLERANCE, SINGLE = 1e-9, 1e-6
# The last rows of summary.csv.
BEFORE = "summary.csv, before"
# What tells of training or of pictures.
OTHERS = {"steps.csv": "of training", "duplicates.csv": "of the pictures"}


class Predictions:
    """A table of predictions of one class a sample."""

    def __init__(self, path):
        self.rows = make.read(path)
        header = self.rows[0]
        self.has_groups = header[3] == "group"
        first = 4 if self.has_groups else 3
        self.names = header[first:]
        self.files = [row[0] for row in self.rows[1:]]
        self.labels = np.array([self.names.index(row[1]) for row in self.rows[1:]])
        self.scores = np.array([[float(field) for field in row[first:]] for row in self.rows[1:]])
        self.groups = [row[3] if self.has_groups else "" for row in self.rows[1:]]
        self.predicted = self.scores.argmax(axis=1)

    def at(self, temperature):
        """The probabilities at a temperature."""
        logits = np.log(np.maximum(self.scores, np.finfo(np.float32).smallest_subnormal))
        return special.softmax(logits / temperature, axis=1)


def log_loss(labels, scores):
    return metrics.log_loss(labels, scores, labels=range(scores.shape[1]))


def before(labels, scores):
    """The summary's last rows, and the reliability diagram's, of probabilities without the temperature."""
    bins, ece, mce = evidence.reliability(labels, scores)
    brier = evidence.summary(labels, scores.argmax(axis=1), scores)[2][1]
    return [["log_loss_before", log_loss(labels, scores)], ["brier_score_before", brier],
            ["ece_before", ece], ["mce_before", mce]], bins


def clustered(names, labels, predicted):
    counts = metrics.confusion_matrix(labels, predicted, labels=range(len(names)))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    distances = 1 - (shares + shares.T) / 2
    np.fill_diagonal(distances, 0)
    order = leaves_list(linkage(squareform(distances, checks=False), "average"))
    return [["true \\ predicted"] + [names[k] for k in order]] + [
        [names[k]] + counts[k, order].tolist() for k in order]


def gallery(found):
    count, ranked = len(found.labels), np.sort(found.scores, axis=1)
    sure, margin = ranked[:, -1], ranked[:, -1] - ranked[:, -2]
    mistakes = [k for k in sorted(range(count), key=lambda k: -sure[k]) if found.labels[k] != found.predicted[k]]
    cells = {}
    for k in sorted(range(count), key=lambda k: -sure[k]):
        cells.setdefault((found.labels[k], found.predicted[k]), k)
    rows = [["gallery", "file", "true", "predicted", "probability", "margin", "true_probability"]]
    for name, samples in [("mistake", mistakes[:24]),
                          ("uncertain", sorted(range(count), key=lambda k: margin[k])[:24]),
                          ("cell", [cells[cell] for cell in sorted(cells)])]:
        rows += [[name, found.files[k], found.names[found.labels[k]], found.names[found.predicted[k]],
                  sure[k], margin[k], found.scores[k, found.labels[k]]] for k in samples]
    return rows


def groups(names, right):
    rows = []
    for name in sorted(set(names) - {""}):
        hits = [ok for group, ok in zip(names, right) if group == name]
        interval = stats.binomtest(int(sum(hits)), len(hits)).proportion_ci(method="wilson")
        rows.append([name, len(hits), int(sum(hits)), sum(hits) / len(hits), interval.low, interval.high])
    return [["group", "samples", "correct", "accuracy", "accuracy_low", "accuracy_high"]] + sorted(
        rows, key=lambda row: (row[3], row[0]))


def balance(folder, found):
    """The counts of test and validation by their predictions, those of training as they are, and all shares."""
    rows = make.read(os.path.join(folder, "class_balance.csv"))
    splits = [name for name in rows[0][1:] if not name.endswith("_share")]
    counts = np.array([[int(field) for field in row[1:len(splits) + 1]] for row in rows[1:]])
    for name in set(splits) & set(found):
        counts[:, splits.index(name)] = found[name]
    summary = os.path.join(folder, "run.json")
    known = json.load(open(summary)).get("picture_counts", {}) if os.path.exists(summary) else {}
    # Of several classes each, pictures are fewer than their classes.
    totals = [known.get(name, total) for name, total in zip(splits, counts.sum(axis=0))]
    shares = [[("" if total == 0 else count / total) for count, total in zip(row, totals)]
              for row in counts]
    return [["class"] + splits + [f"{name}_share" for name in splits]] + [
        [row[0]] + line.tolist() + share for row, line, share in zip(rows[1:], counts, shares)]


def results(found, scores):
    """What run.json has of predictions of one class a sample."""
    one_hot = np.eye(len(found.names), dtype=bool)[found.labels]
    defined = [k for k in range(len(found.names)) if 0 < one_hot[:, k].sum() < len(one_hot)]
    return {
        "accuracy": metrics.accuracy_score(found.labels, found.predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(found.labels, found.predicted),
        "f1_macro": metrics.f1_score(found.labels, found.predicted, average="macro", zero_division=0,
                                     labels=range(len(found.names))),
        "roc_auc_macro_ovr": float(np.mean([metrics.roc_auc_score(one_hot[:, k], scores[:, k])
                                            for k in defined])) if defined else None,
        "log_loss": log_loss(found.labels, scores),
    }


def temperature(found, kept):
    """What run.json has of the temperature, fitted anew to the validation predictions."""
    logits = np.log(found.at(1 / kept["temperature"]))
    chosen = np.arange(len(found.labels)), found.labels
    best = optimize.minimize_scalar(
        lambda inverse: -special.log_softmax(logits * inverse, axis=1)[chosen].mean(),
        bounds=(0.01, 100), method="bounded", options={"xatol": 1e-12})
    raw, scaled = special.softmax(logits, axis=1), special.softmax(logits * best.x, axis=1)
    return {"temperature": 1 / best.x, "samples": len(found.labels),
            "val_log_loss.before": log_loss(found.labels, raw),
            "val_log_loss.after": log_loss(found.labels, scaled),
            "val_ece.before": evidence.reliability(found.labels, raw)[1],
            "val_ece.after": evidence.reliability(found.labels, scaled)[1]}


def single(folder, has):
    found = Predictions(os.path.join(folder, "predictions.csv"))
    tables = make.tables(found.rows)
    tables["confusion_matrix_clustered.csv"] = clustered(found.names, found.labels, found.predicted)
    tables["gallery.csv"] = gallery(found)
    tables["groups.csv"] = groups(found.groups, found.labels == found.predicted)
    summary = dict(make.read(os.path.join(folder, "summary.csv"))[1:])
    if "temperature" in summary:
        rows, bins = before(found.labels, found.at(1 / float(summary["temperature"])))
        tables[BEFORE] = [["temperature", float(summary["temperature"])]] + rows
        tables["calibration_before.csv"] = [tables["calibration.csv"][0]] + bins
    counts = {"test": np.bincount(found.labels, minlength=len(found.names))}
    if has("validation_predictions.csv"):
        validation = Predictions(os.path.join(folder, "validation_predictions.csv"))
        counts["validation"] = np.bincount(validation.labels, minlength=len(found.names))
    return tables, counts, results(found, found.scores)


def judged(path, is_several, scaling):
    """The results of a table of predictions, without the temperature that they are at."""
    if is_several:
        summary = dict(multilabel.tables(make.read(path), make.roc)["summary.csv"][1:])
        return {**summary, "roc_auc_macro_ovr": summary["roc_auc_macro"]}
    found = Predictions(path)
    return results(found, found.at(1 / scaling["temperature"] if scaling else 1))


def several(folder, has):
    rows = make.read(os.path.join(folder, "predictions.csv"))
    names, one_hot, scores, predicted = multilabel.parse(rows)
    tables = multilabel.tables(rows, make.roc)
    if has("groups.csv"):
        tables["groups.csv"] = groups([row[3] for row in rows[1:]], (one_hot == predicted).all(axis=1))
    counts = {"test": one_hot.sum(axis=0)}
    if has("validation_predictions.csv"):
        path = os.path.join(folder, "validation_predictions.csv")
        counts["validation"] = multilabel.parse(make.read(path))[1].sum(axis=0)
    summary = dict(tables["summary.csv"][1:])
    named = {"roc_auc_macro_ovr": "roc_auc_macro"}
    return tables, counts, {name: summary[named.get(name, name)] for name in [
        "accuracy", "balanced_accuracy", "f1_macro", "f1_micro", "hamming_loss", "log_loss",
        "average_precision_macro", "roc_auc_macro_ovr"]}


def folds(folder):
    """The folds' results by their own predictions, with mean and standard deviation."""
    found = make.read(os.path.join(folder, "folds.csv"))
    names, values = found[0][2:], []
    for row in found[1:-2]:
        beside = os.path.join(folder, "..", os.path.basename(row[1]))
        run = Predictions(os.path.join(row[1] if os.path.isdir(row[1]) else beside, "predictions.csv"))
        line = results(run, run.scores)
        values.append([line[name] for name in names])
    return [found[0]] + [row[:2] + line for row, line in zip(found[1:-2], values)] + [
        ["mean", ""] + np.mean(values, axis=0).tolist(), ["std", ""] + np.std(values, axis=0, ddof=1).tolist()]


def difference(found, expected):
    """The largest difference of two tables' numbers; infinity where anything else differs."""
    if [len(row) for row in found] != [len(row) for row in expected]:
        return math.inf, f"expected {len(expected)} rows, found {len(found)}, or rows of other lengths"
    largest = 0.0, ""
    for line, (a, b) in enumerate(zip(found, expected), 1):
        for x, y in zip(a, b):
            if x == str(y):
                continue
            try:
                gap = abs(float(x) - float(y))
                gap = 0.0 if float(x) == float(y) else math.inf if math.isnan(gap) else gap
            except ValueError:
                gap = math.inf
            largest = max(largest, (gap, f"record {line}: expected {y}, found {x}"))
    return largest


class Checks:
    """Prints a line a table, and counts those that differ."""

    def __init__(self):
        self.tables = self.misses = 0

    def table(self, name, found, expected, tolerance=TOLERANCE):
        gap, where = difference(found, expected)
        self.line(name, f"{len(found) - 1} rows", gap, where, tolerance)

    def values(self, name, found, expected, tolerance=TOLERANCE):
        rows = sorted((key, value) for key, value in expected.items() if value is not None)
        gap, where = difference([[key, str(found.get(key))] for key, _ in rows], [list(row) for row in rows])
        self.line(name, f"{len(rows)} values", gap, where, tolerance)

    def line(self, name, size, gap, where, tolerance):
        miss = not gap <= tolerance
        self.tables += 1
        self.misses += miss
        print(f"  {name:36}{size:>14}   {gap:8.1e}" + (f"   MISS  {where}" if miss else ""))


def epoch(folder, kept):
    """The row of metrics.csv of the epoch whose weights are kept, by the header."""
    rows = make.read(os.path.join(folder, "metrics.csv"))
    return next((dict(zip(rows[0], row)) for row in rows[1:] if kept and int(row[1]) == kept["epoch"]), None)


def flat(values, prefix=""):
    for key, value in values.items():
        yield from flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]


def check(folder, checks, run=None):
    """Checks a folder of evidence; `run` is what run.json has of it."""
    print(folder)
    names = sorted(name for name in os.listdir(folder) if name.endswith(".csv"))
    has = names.__contains__
    if has("folds.csv"):
        checks.table("folds.csv", make.read(os.path.join(folder, "folds.csv")), folds(folder))
        return
    is_several = has("multilabel_confusion_matrix.csv")
    tables, counts, outcome = (several if is_several else single)(folder, has)
    if has("class_balance.csv"):
        tables["class_balance.csv"] = balance(folder, counts)
    rest = tables.pop(BEFORE, [])
    for name in names:
        if name not in tables:
            continue
        found = make.read(os.path.join(folder, name))
        if name == "summary.csv" and rest:
            checks.table(BEFORE, [found[0]] + found[-len(rest):], [found[0]] + rest, SINGLE)
            found = found[:-len(rest)]
        checks.table(name, found, tables[name], SINGLE if name == "calibration_before.csv" else TOLERANCE)
    # Empty tables have no file, and small problems no clustering.
    optional = {"groups.csv", "gallery.csv", "confusion_matrix_clustered.csv"}
    for name in sorted(set(tables) - set(names) - optional):
        checks.line(name, "absent", math.inf, "the table is not there", TOLERANCE)
    checked = set(tables) | {"predictions.csv"}
    if run:
        checks.values("run.json", run, outcome)
    if run and has("validation_predictions.csv"):
        checked.add("validation_predictions.csv")
        scaling = run.get("temperature_scaling")
        if scaling:
            validation = Predictions(os.path.join(folder, "validation_predictions.csv"))
            checks.values("run.json, temperature", dict(flat(scaling)), temperature(validation, scaling), SINGLE)
        row = epoch(folder, run.get("kept_epoch")) if has("metrics.csv") else None
        if row:
            raw = judged(os.path.join(folder, "validation_predictions.csv"), is_several, scaling)
            named = {"val_accuracy": "accuracy", "val_balanced_accuracy": "balanced_accuracy",
                     "val_f1_macro": "f1_macro", "val_auc": "roc_auc_macro_ovr"}
            checks.values("metrics.csv, kept epoch's validation", row,
                          {key: raw[name] for key, name in named.items() if row.get(key)}, SINGLE)
            checked.add("metrics.csv")
    for name in names:
        if name not in checked:
            print(f"  {name:36}{'':>14}   not checked: {OTHERS.get(name, 'no kept epoch or no validation predictions to check it by')}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    folder, checks, run = sys.argv[1], Checks(), {}
    summary = os.path.join(folder, "run.json")
    if os.path.exists(summary):
        with open(summary, encoding="utf-8") as file:
            run = json.load(file)
    check(folder, checks, run.get("fine_tuned"))
    if os.path.isdir(os.path.join(folder, "from_scratch")):
        check(os.path.join(folder, "from_scratch"), checks, run.get("from_scratch"))
    print(f"{checks.tables} tables, {checks.misses} differ")
    sys.exit(1 if checks.misses else 0)


if __name__ == "__main__":
    main()
