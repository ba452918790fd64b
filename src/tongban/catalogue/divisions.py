"""The shipped divisions of China; source and licence stand beside the tables."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tongban.core.divisions.division import Division, DivisionChange
from tongban.core.divisions.register import DivisionRegister

_FOLDER = files(__package__) / "national" / "divisions"


@cache
def load_divisions() -> DivisionRegister:
    """All divisions to the county level with their changes; read once, when first needed."""
    divisions = (Division(code=code, name=name) for code, name in _rows("divisions.tsv"))
    return DivisionRegister(divisions, _changes)


def _changes() -> Iterator[DivisionChange]:
    for year, kind, old_code, old_name, new_code, new_name in _rows("changes.tsv"):
        yield DivisionChange(
            year=int(year),
            kind=kind,
            old=Division(code=old_code, name=old_name),
            new=Division(code=new_code, name=new_name),
        )


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:])
