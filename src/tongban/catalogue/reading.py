"""Reading the package's own YAML; a fault names the file too, for whoever edits it."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml

from tongban.core.faults import DocumentInvalid

T = TypeVar("T")

#: Written in C where the wheel of PyYAML has it: ten times faster, and every start reads it all.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)


def documents(folder: Traversable) -> Iterator[Traversable]:
    """The YAML files of a folder by name; none where there is no folder."""
    if folder.is_dir():
        yield from sorted(
            (source for source in folder.iterdir() if source.name.endswith(".yaml")),
            key=lambda source: source.name,
        )


def load(source: Traversable) -> Any:
    """What one file says."""
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe


def read(source: Traversable, parse: Callable[[Mapping[str, Any]], T]) -> T:
    """One document; raises DocumentInvalid naming file and field."""
    try:
        return parse(load(source))
    except DocumentInvalid as fault:
        field = f"{source.name}: {fault.field}"
        raise DocumentInvalid(field, fault.reason, fault.remedy) from fault
