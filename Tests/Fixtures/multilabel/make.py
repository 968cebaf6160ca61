"""Writes multilabel.json: what scikit-learn makes of labels and scores with several classes a sample.

    python make.py

needs scikit-learn.
"""

import json
import os
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
NAMES = ["sea", "dog", "beach", "never"]
random = np.random.default_rng(3)
labels = (random.uniform(size=(60, 4)) < [0.4, 0.2, 0.6, 0]).astype(int)
scores = np.round(np.clip(0.35 * labels + random.uniform(0, 0.75, size=labels.shape), 0, 1), 2)
predicted = (scores > 0.5).astype(int)
report = metrics.classification_report(labels, predicted, target_names=NAMES, output_dict=True, zero_division=0)
result = {
    "names": NAMES,
    "labels": labels.tolist(),
    "scores": scores.tolist(),
    "accuracy": metrics.accuracy_score(labels, predicted),
    "hamming_loss": metrics.hamming_loss(labels, predicted),
    "log_loss": float(np.mean([metrics.log_loss(labels[:, k], scores[:, k], labels=[0, 1]) for k in range(4)])),
    "confusion": metrics.multilabel_confusion_matrix(labels, predicted).reshape(4, 4).tolist(),
    "report": {name: list(map(float, line.values())) for name, line in report.items()},
    "average_precisions": [
        float(metrics.average_precision_score(labels[:, k], scores[:, k])) if labels[:, k].any() else None
        for k in range(4)
    ],
    "areas": [float(metrics.roc_auc_score(labels[:, k], scores[:, k])) for k in range(3)],
    "micro_area": float(metrics.roc_auc_score(labels, scores, average="micro")),
    "macro_area": float(metrics.roc_auc_score(labels[:, :3], scores[:, :3], average="macro")),
}
with open(os.path.join(os.path.dirname(__file__), "multilabel.json"), "w") as file:
    json.dump(result, file)
    file.write("\n")
