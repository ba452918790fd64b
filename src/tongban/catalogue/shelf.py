"""What the nation's folder holds for every place: basic entries and what they are built from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from tongban.catalogue.reading import documents, load
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.lists import ListLine
from tongban.core.items.providers import Provider
from tongban.core.kinds import converted


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Everything by the key that authors write; basics by the name of their file."""

    basics: Mapping[str, Mapping[str, Any]]
    materials: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, Mapping[str, Any]]
    steps: Mapping[str, Sequence[Mapping[str, Any]]]
    blocks: Mapping[str, Sequence[Mapping[str, Any]]]
    laws: Mapping[str, str]
    providers: tuple[Provider, ...]

    def basic(self, key: str) -> Mapping[str, Any]:
        """The basic entry of this name; raises DocumentInvalid."""
        entry: Mapping[str, Any] = found(self.basics, "basic", key)
        return entry

    def line(self, key: str, brings: Mapping[str, Any]) -> ListLine:
        """A line of the lists with what it brings to one item; raises DocumentInvalid."""
        return converted({"code": key, **found(self.lines, "lists", key), **brings}, ListLine)


def read_shelf(folder: Traversable) -> Shelf:
    """Read the nation's folder."""
    return Shelf(
        basics={
            source.name.removesuffix(".yaml"): load(source)
            for source in documents(folder / "basic")
        },
        materials=load(folder / "materials.yaml"),
        lines=load(folder / "lines.yaml"),
        steps=load(folder / "steps.yaml"),
        blocks=load(folder / "forms.yaml"),
        laws=load(folder / "laws.yaml"),
        providers=read_providers(folder / "providers.yaml"),
    )


def read_providers(source: Traversable) -> tuple[Provider, ...]:
    """The directory of those who open data and certificates to others."""
    return tuple(parse_document(each, Provider) for each in load(source))


def found(shelf: Mapping[str, Any], field: str, key: str) -> Any:
    """What stands under the key; raises DocumentInvalid."""
    if key not in shelf:
        raise DocumentInvalid(field, f"{key} is not in the nation's folder", "mend it, or add it")
    return shelf[key]
