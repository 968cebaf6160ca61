"""Writes ferplus.json: what the authors' code makes of given votes.

    python make.py FERPLUS

needs numpy, pillow and a checkout of https://github.com/microsoft/FERPlus. Of its `src/ferplus.py` the method
`_process_data` is run as it is; which rows are left out, and the last division, follow its `load_folders`.
"""

import importlib.util
import json
import os
import sys
import types

import numpy as np

for missing in ["rect_util", "img_util", "matplotlib", "matplotlib.pyplot"]:
    sys.modules.setdefault(missing, types.ModuleType(missing))
sys.modules["rect_util"].Rect = None
spec = importlib.util.spec_from_file_location("ferplus", os.path.join(sys.argv[1], "src", "ferplus.py"))
ferplus = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ferplus)


def target(votes, mode):
    emotion = ferplus.FERPlusReader._process_data(None, [float(v) for v in votes], mode)
    if np.argmax(emotion) >= 8:
        return None
    emotion = emotion[:-2]
    return [float(i) / sum(emotion) for i in emotion]


random = np.random.default_rng(7)
rows = [
    [5, 5, 0, 0, 0, 0, 0, 0, 0, 0], [6, 4, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 6, 4],
    [1, 9, 0, 0, 0, 0, 0, 0, 0, 0], [4, 2, 1, 1, 0, 0, 0, 0, 2, 0], [2, 2, 2, 2, 2, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 10], [4, 0, 0, 0, 0, 0, 0, 0, 4, 2], [3, 3, 0, 0, 0, 0, 0, 0, 3, 0],
    [5, 0, 0, 0, 0, 0, 0, 0, 5, 0], [3, 2, 2, 2, 0, 0, 0, 0, 0, 0], [0, 3, 3, 3, 0, 0, 0, 0, 0, 0],
]
for _ in range(160):
    chances = random.dirichlet([0.25] * 10)
    rows.append(random.multinomial(10, chances).tolist())
result = [
    {"votes": votes, "majority": target(votes, "majority"), "soft": target(votes, "crossentropy")} for votes in rows
]
with open(os.path.join(os.path.dirname(__file__), "ferplus.json"), "w") as file:
    json.dump(result, file)
    file.write("\n")
print(sum(r["majority"] is None for r in result), sum(r["soft"] is None for r in result), "of", len(result))
