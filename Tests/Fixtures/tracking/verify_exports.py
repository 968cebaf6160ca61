"""Reads what `graft export-runs` wrote with TensorBoard's and MLflow's own readers, and compares it with the run.

    graft export-runs --runs RUNS --tensorboard LOGS --mlflow STORE
    python Tests/Fixtures/tracking/verify_exports.py RUNS LOGS STORE

Needs tensorboard, mlflow-skinny, pandas and pillow from PyPI.
"""

import io
import os
import pathlib
import sys

import pandas
from PIL import Image

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow  # noqa: E402
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator  # noqa: E402


def check_tensorboard(run, logs):
    events = EventAccumulator(str(logs / run.name), size_guidance={"scalars": 0, "images": 0})
    events.Reload()
    table = pandas.read_csv(run / "metrics.csv")
    for tag, column in [("train/loss", "loss"), ("validation/accuracy", "val_accuracy")]:
        points = events.Scalars(tag)
        assert [point.step for point in points] == table["epoch"].tolist(), tag
        assert all(abs(point.value - value) < 1e-6 for point, value in zip(points, table[column])), tag
    picture = Image.open(io.BytesIO(events.Images("test/confusion_matrix")[0].encoded_image_string))
    matrix = pandas.read_csv(run / "confusion_matrix_normalized.csv", index_col=0).to_numpy()
    for row in range(len(matrix)):
        for column in range(len(matrix)):
            red = picture.getpixel((column * 26 + 14, row * 26 + 14))[0]
            assert abs(red - (240 - 232 * matrix[row, column])) <= 1, (row, column)
    return len(events.Tags()["scalars"])


def check_mlflow(run, found):
    table = pandas.read_csv(run / "metrics.csv")
    client = mlflow.MlflowClient()
    history = client.get_metric_history(found.info.run_id, "val_loss")
    assert [point.step for point in history] == table["epoch"].tolist()
    assert [point.value for point in history] == table["val_loss"].tolist()
    summary = pandas.read_json(run / "run.json", typ="series")
    assert found.data.metrics["test_accuracy"] == summary["fine_tuned"]["accuracy"]
    assert found.data.params["seed"] == str(summary["seed"])
    assert found.info.status == "FINISHED"
    artifacts = {item.path for item in client.list_artifacts(found.info.run_id)}
    assert {"predictions.csv", "model.weights.h5", "roc.svg"} <= artifacts
    return len(found.data.metrics), len(found.data.params)


def main():
    runs, logs, store = map(pathlib.Path, sys.argv[1:])
    mlflow.set_tracking_uri(store.resolve().as_uri())
    experiments = mlflow.search_experiments()
    found = {run.info.run_name: run
             for run in mlflow.MlflowClient().search_runs([item.experiment_id for item in experiments])}
    folders = sorted(path.parent for path in runs.glob("*/run.json"))
    assert folders and set(found) == {run.name for run in folders}, sorted(found)
    for run in folders:
        for csv in run.glob("*.csv"):
            pandas.read_csv(csv)
        print(run.name, "scalars", check_tensorboard(run, logs), "metrics, parameters", check_mlflow(run, found[run.name]))


if __name__ == "__main__":
    main()
