"""Checks each table of a run, or of another folder of evidence, against what scikit-learn makes of the
folder's own predictions.csv, to 1e-9.

    python verify_run.py RUN

Says where they differ, and exits with 1 then. Needs numpy, scipy and scikit-learn.
"""

import os
import sys
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reports"))

import make

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    names = sorted(make.tables(make.read(os.path.join(sys.argv[1], "predictions.csv"))))
    differences = make.check(sys.argv[1])
    print(f"{len(names)} tables, {differences} differences: {', '.join(names)}")
    sys.exit(1 if differences else 0)
