"""Compares Graft with Keras on networks of full size: `run.sh` starts it.

For each network Keras gets random arrays and statistics, saves them, and classifies pictures of
224x224; Graft reads the file and classifies the same pictures. Then a version for small pictures is trained
by one softmax cross-entropy, with the normalizations' running statistics and with the batch's, and the
gradient of every array is compared. Keras's float64 is the judge; Keras's own float32 stands beside it, which
tells how close two correct programs can be.

Writes a Markdown table to the standard output; the exit code is 1 where a difference is too large.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

import formats
import reference
import seeded
from networks import ALPHAS, build, set_precision

CHECKOUT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
LOGITS, GRADIENTS = 1e-4, 1e-3

# Network, width, the file's format, and for the small pictures: size, how many with the running and how many
# with the batch's statistics, and where to begin the search for the latter (see kinks.py). The more pictures,
# the more likely is an element too near to a kink; but with four, ResNet's last statistics are of four
# elements and magnify rounding until float32 is no judge. ResNet152 has none of the latter: of 700 sets of
# eight pictures none keeps all its elements away from kinks, and Keras's own float32 is 2 % off.
NETWORKS = [
    ("vgg16", 1, "published", 32, 2, None, 0),
    ("vgg19", 1, "keras3", 32, 2, None, 0),
    ("resnet50", 1, "keras3", 32, 4, 8, 21),
    ("resnet101", 1, "published", 32, 2, 8, 354),
    ("resnet152", 1, "legacy model", 32, 2, None, 0),
    ("mobilenet", 0.25, "legacy model", 32, 4, 8, 1),
    ("mobilenet", 0.5, "keras3", 32, 4, 8, 24),
    ("mobilenet", 0.75, "legacy weights", 32, 4, 8, 12),
    ("mobilenet", 1, "published", 32, 4, 8, 291),
    ("resnet50v2", 1, "published", 32, 2, None, 0),
    ("resnet101v2", 1, "keras3", 32, 2, None, 0),
    ("resnet152v2", 1, "Keras 2", 32, 2, None, 0),
    ("mobilenet_v2", 0.35, "keras3", 32, 2, 8, 53),
    ("mobilenet_v2", 0.5, "legacy model", 32, 2, None, 0),
    ("mobilenet_v2", 0.75, "legacy weights", 32, 2, None, 0),
    ("mobilenet_v2", 1, "published", 32, 2, None, 0),
    ("mobilenet_v2", 1.3, "Keras 2", 32, 2, None, 0),
    ("mobilenet_v2", 1.4, "keras3", 32, 2, None, 0),
    ("mobilenet_v3_small", 0.75, "keras3", 32, 2, None, 0),
    ("mobilenet_v3_small", 1, "Keras 2", 32, 2, 8, 0),
    ("mobilenet_v3_large", 0.75, "legacy model", 32, 2, None, 0),
    ("mobilenet_v3_large", 1, "Keras 2", 32, 2, None, 0),
    ("mobilenet_v3_small_minimalistic", 1, "Keras 2", 32, 2, None, 0),
    ("mobilenet_v3_large_minimalistic", 1, "Keras 2", 32, 2, None, 0),
]


def log(*words):
    print(*words, file=sys.stderr, flush=True)


def write_case(folder, case, model, save, pictures, logits, gradients=None):
    """Everything that Graft needs to know of a case."""
    case = dict(case)
    case["weights"] = save(model, folder)
    pictures.astype("<f4").tofile(os.path.join(folder, "pictures.bin"))
    logits.astype("<f4").tofile(os.path.join(folder, "logits.bin"))
    case |= {"pictures": "pictures.bin", "logits": "logits.bin", "logits_shape": list(logits.shape)}
    if gradients:
        with open(os.path.join(folder, "gradients.bin"), "wb") as file:
            for gradient in gradients.values():
                file.write(gradient.astype("<f4").tobytes())
        arrays = [{"key": key, "count": gradient.size} for key, gradient in gradients.items()]
        case["gradients"] = {"file": "gradients.bin", "arrays": arrays}
    with open(os.path.join(folder, "case.json"), "w") as file:
        json.dump(case, file)


def graft(folder):
    """Runs Graft on a case and returns what it found."""
    command = ["swift", "test", "--skip-build", "--filter", "ArchitectureOracleTests"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=os.environ | {"GRAFT_ORACLE": folder}, capture_output=True, text=True
    )
    result = os.path.join(folder, "result.json")
    if not os.path.exists(result):
        raise SystemExit(f"Graft gave no result:\n{done.stdout}\n{done.stderr}")
    with open(result) as file:
        return json.load(file)


def in_folder(work, body):
    """Runs a body with an empty folder, which is removed afterwards: VGG's file alone has half a gigabyte."""
    folder = tempfile.mkdtemp(dir=work)
    try:
        return body(folder)
    finally:
        shutil.rmtree(folder)


def logits_of(model, pictures):
    return np.concatenate([np.asarray(model(pictures[i : i + 1], training=False)) for i in range(len(pictures))])


def full_size(network, alpha, save, work):
    """Logits at 224x224."""
    case = {"network": network, "alpha": alpha, "size": 224, "batch": 2, "uses_batch_statistics": False}
    pictures = reference.pictures(case, "input")

    def whole(precision):
        keras.backend.clear_session()
        set_precision(precision)
        model = reference.fill(build(network, alpha=alpha, classifier_activation=None))
        return model, logits_of(model, pictures.astype(precision))

    exact = whole("float64")[1]
    model, rounded = whole("float32")

    def compare(folder):
        write_case(folder, case, model, save, pictures, exact)
        return graft(folder)

    result = in_folder(work, compare)
    return result | {"float32": float(np.abs(rounded - exact).max() / np.abs(exact).max())}


def small(network, alpha, save, size, batch, uses_batch_statistics, first, work):
    """The gradients of every array on small pictures."""
    case = {
        "network": network,
        "alpha": alpha,
        "size": size,
        "batch": batch,
        "uses_batch_statistics": uses_batch_statistics,
        "first_picture": first,
    }
    keras_makes = reference.Reference(case, log=log)

    def compare(folder):
        write_case(
            folder, case, keras_makes.model, save, keras_makes.pictures, keras_makes.logits, keras_makes.gradients
        )
        return graft(folder)

    return in_folder(work, compare) | {"float32": keras_makes.gradients_error}


def check(network, alpha, layout, size, running, batch, first, work):
    """A row of the table, and whether everything is close enough."""
    save = formats.SAVERS[layout]
    name = f"{network} {alpha}" if network in ALPHAS else network
    log(f"{name} at 224x224")
    whole = full_size(network, alpha, save, work)
    passed = float(whole["logits"]) <= LOGITS
    row = [name, f"{whole['parameters']:,}", layout, f"{float(whole['logits']):.1e}", f"{whole['float32']:.1e}"]
    for count, uses_batch_statistics, start in [(running, False, 0), (batch, True, first)]:
        if count is None:
            row += ["–"] * 3
            continue
        found = small(network, alpha, save, size, count, uses_batch_statistics, start, work)
        errors = {key: float(error) for key, error in found["gradients"].items()}
        worst = max(errors, key=errors.get)
        passed &= errors[worst] <= GRADIENTS and float(found["logits"]) <= LOGITS
        row += [f"{errors[worst]:.1e} of {len(errors)}", worst, f"{found['float32']:.1e}"]
        if errors[worst] > GRADIENTS:
            log("too far:", {key: error for key, error in errors.items() if error > GRADIENTS})
    return row, passed


HEADER = [
    "network", "parameters", "file", "logits", "Keras float32", "gradients, running statistics", "worst array",
    "Keras float32", "gradients, batch's statistics", "worst array", "Keras float32",
]  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description="Compares Graft with Keras.")
    parser.add_argument("networks", nargs="*", help="such as vgg16 or mobilenet; all if none is named")
    chosen = parser.parse_args().networks
    print("| " + " | ".join(HEADER) + " |\n|" + " --- |" * len(HEADER), flush=True)
    failed = []
    with tempfile.TemporaryDirectory(prefix="graft-oracle-") as work:
        for settings in NETWORKS:
            if chosen and settings[0] not in chosen:
                continue
            row, passed = check(*settings, work)
            print("| " + " | ".join(row) + " |", flush=True)
            if not passed:
                failed.append(row[0])
    if failed:
        raise SystemExit(f"too far from Keras: {', '.join(failed)}")


if __name__ == "__main__":
    main()
