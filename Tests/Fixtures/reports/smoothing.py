"""Writes smoothing.json: curves, and what an exponential moving average without bias makes of them.

    python smoothing.py

pandas' ewm(alpha=1 - weight, adjust=True) divides by the sum of the weights, as TensorBoard's front end does. Needs
numpy and pandas.
"""

import json
import os

import numpy as np
import pandas as pd

random = np.random.default_rng(3)
cases = []
for weight in [0.0, 0.6, 0.9, 0.999]:
    values = 2 / np.arange(1, 41) + random.normal(size=40) / 10
    smoothed = pd.Series(values).ewm(alpha=1 - weight, adjust=True).mean()
    cases.append({"weight": weight, "values": values.tolist(), "smoothed": smoothed.tolist()})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "smoothing.json"), "w") as file:
    json.dump(cases, file)
