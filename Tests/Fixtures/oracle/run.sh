#!/usr/bin/env bash
# Compares Graft with Keras on networks of full size and prints a table; see oracle.py.
#
#     Tests/Fixtures/oracle/run.sh [network ...]
#
# Python lives outside the checkout, in ${XDG_CACHE_HOME:-~/.cache}/graft/oracle or where GRAFT_ORACLE_CACHE
# says, and is made there when it is missing; GRAFT_ORACLE_PYTHON names one that has tensorflow and tf-keras
# already.
# Needs about 3 GB of memory and 2 GB of disk, which are given back.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${GRAFT_ORACLE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/graft/oracle}
python=${GRAFT_ORACLE_PYTHON:-$cache/bin/python}

if [[ -n ${GRAFT_ORACLE_PYTHON:-} ]]; then
    if [[ ! -x $python ]]; then
        echo "GRAFT_ORACLE_PYTHON: there is no program '$python'" >&2
        exit 2
    fi
elif ! "$python" -c "import h5py, keras, tensorflow, tf_keras" 2> /dev/null; then
    # Missing, or left half made by an interrupted run.
    python3 -m venv "$cache" >&2
    "$python" -m pip install --quiet --requirement "$here/requirements.txt" >&2
fi

cd "$here/../../.."
swift build --build-tests >&2
exec "$python" "$here/oracle.py" "$@"
