"""Which seed last saw each planted bug, so that the next look is short (seen_by.json)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from tongban.testing.simulation.planted.bugs import BUGS
from tongban.testing.simulation.report import Caught

_FILE = Path(__file__).with_name("seen_by.json")


class Sight(msgspec.Struct, frozen=True):
    """The seed that saw a bug, and the checker that did; or the exception (report.py)."""

    seed: int
    checker: str


def remembered() -> dict[str, Sight]:
    """Sights by the names of bugs; of some bugs none."""
    return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, Sight])


def remember(caught: Iterable[Caught]) -> None:
    """Keep in the sources what was seen now, and of other bugs what was seen before."""
    _FILE.write_bytes(_text(_renewed(remembered(), caught)))


def _renewed(known: Mapping[str, Sight], caught: Iterable[Caught]) -> dict[str, Sight]:
    now = {
        each.name: Sight(seed=each.seed, checker=each.checker)
        for each in caught
        if each.seed is not None
    }
    return {name: sight for name, sight in sorted({**known, **now}.items()) if name in BUGS}


def _text(sights: Mapping[str, Sight]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(sights), indent=2) + b"\n"
