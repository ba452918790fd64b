"""Data shipped with the package: items, processes, places, agreements of the demonstration."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml

from tongban.core.agreements.document import (
    Agreement,
    Instrument,
    parse_agreement,
    parse_instrument,
)
from tongban.core.cases.process import Process, parse_process
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.item import Item, parse_item
from tongban.core.items.place import Place

T = TypeVar("T")

_ROOT = files(__name__)
#: Written in C where the wheel of PyYAML has it: ten times faster, and every start reads it all.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)


def load_items(city: str) -> tuple[Item, ...]:
    """The items of one city, by its folder name such as "hefei"; empty where it has none."""
    return tuple(_read(source, parse_item) for source in _documents(_ROOT / city / "items"))


def load_processes() -> dict[str, Process]:
    """The processes by the name that items call them by."""
    folder = _ROOT / "national" / "processes"
    processes = [_read(source, parse_process) for source in _documents(folder)]
    return {process.name: process for process in processes}


def load_places() -> tuple[Place, ...]:
    """The places of the demonstration, each with its node's name."""
    source = _ROOT / "national" / "places.yaml"
    return tuple(parse_document(mapping, Place) for mapping in _load(source))


def load_agreements() -> tuple[Agreement, ...]:
    """The agreements that the demonstration signs."""
    folder = _ROOT / "demo" / "agreements"
    return tuple(_read(source, parse_agreement) for source in _documents(folder))


def load_instruments() -> tuple[Instrument, ...]:
    """The published instruments that the demonstration cites."""
    folder = _ROOT / "demo" / "instruments"
    return tuple(_read(source, parse_instrument) for source in _documents(folder))


def _documents(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        yield from sorted(
            (source for source in folder.iterdir() if source.name.endswith(".yaml")),
            key=lambda source: source.name,
        )


def _load(source: Traversable) -> Any:
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe


def _read(source: Traversable, parse: Callable[[Mapping[str, Any]], T]) -> T:
    """One document of the package; a fault names the file too, for whoever edits it."""
    try:
        return parse(_load(source))
    except DocumentInvalid as fault:
        raise DocumentInvalid(f"{source.name}: {fault.field}", fault.reason) from fault
