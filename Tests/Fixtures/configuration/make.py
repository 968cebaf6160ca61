"""Writes yaml.json: what ruamel.yaml, a parser of YAML 1.2, makes of document.yaml and of single scalars.

    pip install ruamel.yaml && python make.py

Where ruamel.yaml departs from the core schema (`1_000`, `0b11`, `.5e3`, dates), the scalars are left out.
"""

import json
import math
import pathlib

from ruamel.yaml import YAML

HERE = pathlib.Path(__file__).parent
SCALARS = """
1 +1 -0 007 0o17 0x1F 1e-3 1. -.5 +.5E-2 1e3 12e03 -1.5e+2 123456789012345678901234567890
true True TRUE tRUE false False FALSE yes no on Off y null ~ Null NULL nULL
.inf -.INF .nan 1:30 0x 0o8 1e e3 . + 0.1.2 --1 a1 1a 1.e 0x1G none
""".split()


def typed(value):
    """A scalar as [type, value]; infinities and NaN by name, as JSON has none."""
    if value is None:
        return ["null", None]
    if isinstance(value, float):
        name = "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
        return ["float", str(value) if math.isfinite(value) else name]
    return [{bool: "bool", int: "int", str: "str"}[type(value)], str(value)]


yaml = YAML(typ="safe", pure=True)
result = {
    "document": yaml.load((HERE / "document.yaml").read_text()),
    "scalars": {text: typed(yaml.load(f"a: {text}\n")["a"]) for text in SCALARS},
}
text = json.dumps(result, indent=1, ensure_ascii=False, default=list)
(HERE / "yaml.json").write_text(text + "\n")
