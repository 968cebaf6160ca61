"""Makes the numbers that the sweeps' tests compare with.

    pip install scipy numpy
    python make.py

writes `sobol.json`, points of SciPy's `qmc.Sobol(scramble=False)`, and `gaussian_process.json`, what scikit-learn's
`GaussianProcessRegressor` says with a Matérn kernel and fixed hyperparameters; quantiles of the normal distribution are
in `normal.json`.
"""

import json
import pathlib

import numpy as np
from scipy.stats import norm, qmc
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

here = pathlib.Path(__file__).parent


def write(name, value):
    (here / name).write_text(json.dumps(value) + "\n")


sobol = qmc.Sobol(d=64, scramble=False, bits=30).random(64)
write("sobol.json", sobol[:, [0, 1, 2, 3, 7, 20, 40, 63]].tolist())

shares = [1e-10, 1e-4, 0.01, 0.02425, 0.3, 0.5, 0.9, 0.99, 1 - 1e-6]
write("normal.json", {"shares": shares, "quantiles": norm.ppf(shares).tolist()})

random = np.random.default_rng(3)
points = random.random((20, 3))
values = np.sin(6 * points[:, 0]) + points[:, 1] ** 2 - 0.3 * points[:, 2]
kernel = ConstantKernel(1.7) * Matern(length_scale=[0.4, 0.9, 2.0], nu=2.5) + WhiteKernel(1e-3)
process = GaussianProcessRegressor(kernel, optimizer=None).fit(points, values)
queries = random.random((5, 3))
mean, deviation = process.predict(queries, return_std=True)
likelihood, gradient = process.log_marginal_likelihood(process.kernel_.theta, eval_gradient=True)
write(
    "gaussian_process.json",
    {
        "points": points.tolist(),
        "values": values.tolist(),
        "queries": queries.tolist(),
        "means": mean.tolist(),
        # scikit-learn counts the noise as part of what is predicted.
        "deviations": np.sqrt(deviation**2 - 1e-3).tolist(),
        "log_likelihood": likelihood,
        "gradient": gradient.tolist(),
    },
)
