"""PCA and t-SNE by scikit-learn; writes embedding.json beside this file.

Run in an environment with scikit-learn: python make_embedding.py
"""
import json
import pathlib

import numpy as np
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _joint_probabilities_nn
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors


def samples(random, n, width, groups):
    centres = random.normal(size=(groups, width)) * 3
    return np.round(centres[np.arange(n) % groups] + random.normal(size=(n, width)) * random.uniform(0.3, 2, width), 3)


def pca(x, count):
    model = PCA(count, svd_solver="full").fit(x)
    return {
        "samples": x.tolist(),
        "components": model.components_.tolist(),
        "variance": model.explained_variance_.tolist(),
        "ratio": model.explained_variance_ratio_.tolist(),
        "places": model.transform(x).tolist(),
    }


def barnes_hut(x, perplexity, rows):
    """What `TSNE(method='barnes_hut')` makes of the same samples."""
    neighbours = NearestNeighbors(algorithm="brute", n_neighbors=int(3 * perplexity + 1)).fit(x)
    distances = neighbours.kneighbors_graph(mode="distance")
    distances.data **= 2
    joint = _joint_probabilities_nn(distances, perplexity, 0).toarray()
    tsne = TSNE(perplexity=perplexity, method="barnes_hut", init="pca", learning_rate="auto", random_state=0)
    places = tsne.fit_transform(x)
    return {
        "joint": [joint[i].tolist() for i in rows],
        "divergence": float(tsne.kl_divergence_),
        "trustworthiness": float(trustworthiness(x, places, n_neighbors=5)),
    }


def main():
    random = np.random.default_rng(5)
    x = samples(random, 90, 8, 5)
    joint = squareform(_joint_probabilities(pairwise_distances(x, squared=True), 12.0, 0))
    tsne = TSNE(perplexity=12, method="exact", init="pca", learning_rate="auto", random_state=0)
    places = tsne.fit_transform(x)
    result = {
        "pca": [pca(x, 3), pca(samples(random, 9, 14, 3), 2)],
        "tsne": {
            "samples": x.tolist(),
            "perplexity": 12.0,
            "joint": [joint[i].tolist() for i in (0, 1, 44, 89)],
            "rows": [0, 1, 44, 89],
            "divergence": float(tsne.kl_divergence_),
            "trustworthiness": float(trustworthiness(x, places, n_neighbors=5)),
            "places": places.astype(float).tolist(),
            "barnes_hut": barnes_hut(x, 12.0, (0, 1, 44, 89)),
        },
    }
    text = json.dumps(result)
    rounded = json.loads(text, parse_float=lambda t: float(f"{float(t):.10g}"))
    (pathlib.Path(__file__).parent / "embedding.json").write_text(json.dumps(rounded, separators=(",", ":")) + "\n")


main()
