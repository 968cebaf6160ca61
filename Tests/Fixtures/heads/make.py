"""What scikit-learn's classifiers make of given features; writes heads.json beside this file.

Run in an environment with scikit-learn and NumPy: python make.py
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("error")


def case(classes, samples, width, seed, constant=False, redundant=False):
    random = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, samples - classes)])
    features = random.normal(size=(samples, width)) * random.uniform(0.5, 4, width) + random.uniform(-2, 2, width)
    features += random.normal(size=(classes, width))[labels] * 1.5
    queries = random.normal(size=(15, width)) * 2
    if constant:
        features[:, 1] = 3.0
    if redundant:
        features[:, -1] = features[:, 0] + features[:, 2]
    features, queries = np.round(features, 4), np.round(queries, 4)
    scaler = StandardScaler().fit(features)

    def probabilities(model):
        return model.fit(features, labels).predict_proba(queries).tolist()

    def decision(model):
        values = model.fit(features, labels).decision_function(queries)
        return (values if values.ndim == 2 else values[:, None]).tolist()

    def converges(model):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model.fit(features, labels)
        return not any(warning.category is ConvergenceWarning for warning in caught)

    result = {
        "classes": classes,
        "features": features.tolist(),
        "labels": labels.tolist(),
        "queries": queries.tolist(),
        "mean": scaler.mean_.tolist(),
        "scale": scaler.scale_.tolist(),
        "logistic_regression": {
            str(c): probabilities(LogisticRegression(C=c, tol=1e-10, max_iter=100_000)) for c in [0.01, 1.0, 10.0]
        },
        "converges": {str(m): converges(LogisticRegression(tol=1e-5, max_iter=m)) for m in [2, 5, 1000]},
        "ridge": {str(a): decision(RidgeClassifier(alpha=a)) for a in [0.1, 1.0, 100.0]},
        "lda": {"svd": probabilities(LinearDiscriminantAnalysis())},
        "knn": {
            f"{k} {w}": probabilities(KNeighborsClassifier(k, weights=w, algorithm="brute"))
            for k in [1, 5]
            for w in ["uniform", "distance"]
        },
    }
    for s in ([0.1, 0.5] if constant or redundant else [0.0, 0.1, 0.5]):
        model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=s or None)
        result["lda"][f"lsqr {s}"] = probabilities(model)
    result["lda"]["lsqr auto"] = probabilities(LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"))
    return result


cases = [
    case(3, 60, 6, 1),
    case(2, 40, 5, 2),
    case(4, 50, 8, 3, redundant=True),
    case(2, 30, 4, 4, constant=True),
    case(7, 90, 5, 5),
]
path = pathlib.Path(__file__).with_name("heads.json")
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
