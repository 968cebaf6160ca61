"""How far arrays have moved, by NumPy; writes weights.json beside this file.

Run in an environment with NumPy: python make_weights.py
"""
import json
import pathlib

import numpy as np

LAYERS = {
    "conv": [("kernel", (3, 3, 2, 4), True), ("bias", (4,), True)],
    "bn": [("gamma", (4,), True), ("beta", (4,), True), ("moving_mean", (4,), False), ("moving_variance", (4,), False)],
    "dense": [("kernel", (4, 3), True), ("bias", (3,), True)],
    "frozen": [("kernel", (3, 3), True), ("bias", (3,), True)],
    "zero": [("kernel", (3, 2), True), ("bias", (2,), True)],
}


def main():
    random = np.random.default_rng(11)
    result = []
    for layer, arrays in LAYERS.items():
        before, after = {}, {}
        for name, shape, _ in arrays:
            old = np.zeros(shape) if layer == "zero" else random.normal(size=shape)
            moved = old if layer == "frozen" else old + random.normal(size=shape) * 0.1
            before[name], after[name] = old.astype(np.float32), moved.astype(np.float32)

        def vector(values, trainable):
            parts = [values[name].astype(float).ravel() for name, _, t in arrays if t == trainable]
            return np.concatenate(parts) if parts else np.zeros(0)

        a, b = vector(before, True), vector(after, True)
        s, t = vector(before, False), vector(after, False)
        norm = np.linalg.norm
        result.append(
            {
                "layer": layer,
                "before": {k: v.ravel().tolist() for k, v in before.items()},
                "after": {k: v.ravel().tolist() for k, v in after.items()},
                "count": a.size,
                "norm_before": norm(a),
                "norm_after": norm(b),
                "relative_change": norm(b - a) / norm(a) if norm(a) else None,
                "cosine": float(a @ b / norm(a) / norm(b)) if norm(a) else None,
                "statistics_change": norm(t - s) / norm(s) if s.size else None,
            }
        )
    (pathlib.Path(__file__).parent / "weights.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


main()
