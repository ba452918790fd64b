"""What people say for what the catalogue calls otherwise."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tongban.catalogue.reading import load


@cache
def load_colloquial() -> Mapping[str, str]:
    """The catalogue's words by what people say, small letters."""
    words: Mapping[str, str] = load(files(__package__) / "national" / "colloquial.yaml")
    return words
