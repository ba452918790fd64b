"""The shipped table of traditional characters; source and licence stand beside it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_TABLE = files(__package__) / "national" / "characters" / "simplified.tsv"


@cache
def load_simplified() -> Mapping[str, str]:
    """Simplified characters by traditional ones; read once, when first needed."""
    _, *lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
