"""Which seed last saw each planted bug, so that the next look is short (seen_by.json)."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

_FILE = Path(__file__).with_name("seen_by.json")


def remembered() -> dict[str, int]:
    """Seeds by the names of bugs; of some bugs none."""
    return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, int])


def remember(seeds: Mapping[str, int]) -> None:
    """Keep these in the sources, instead of what was remembered."""
    text = msgspec.json.format(msgspec.json.encode(dict(sorted(seeds.items()))), indent=2)
    _FILE.write_bytes(text + b"\n")
