"""Data shipped with the package: items, processes, places, agreements of the demonstration."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from tongban.catalogue.expansion import Ground, expand, named_form
from tongban.catalogue.reading import documents, load, read
from tongban.catalogue.shelf import Shelf, read_shelf
from tongban.core.agreements.document import (
    Agreement,
    Instrument,
    parse_agreement,
    parse_instrument,
)
from tongban.core.agreements.template import Template, parse_template
from tongban.core.cases.process import Process, parse_process
from tongban.core.document import parse_document
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.document import parse_item
from tongban.core.items.form import Form
from tongban.core.items.item import Item
from tongban.core.items.lists import ListLine
from tongban.core.items.place import Place
from tongban.core.items.providers import Provider
from tongban.core.items.topic import Topic
from tongban.core.kinds import converted

_ROOT = files(__name__)


@cache
def load_items(city: str) -> tuple[Item, ...]:
    """The items of one city, by its folder name such as "hefei"; empty where it has none."""
    return tuple(_item(source, city) for source in documents(_ROOT / city / "items"))


def load_opened_items(city: str) -> tuple[Item, ...]:
    """Those of its items that an agreement or instrument of the demonstration names."""
    codes = _opened_codes()
    return tuple(
        item for item in load_items(city) if {item.code, catalogue_code_of(item.code)} & codes
    )


def load_processes() -> dict[str, Process]:
    """The processes by the name that items call them by."""
    folder = _ROOT / "national" / "processes"
    processes = [read(source, parse_process) for source in documents(folder)]
    return {process.name: process for process in processes}


def load_places() -> tuple[Place, ...]:
    """The places of the demonstration, each with its node's name."""
    source = _ROOT / "national" / "places.yaml"
    return tuple(parse_document(mapping, Place) for mapping in load(source))


def load_providers() -> tuple[Provider, ...]:
    """The directory of those who open data and certificates to others."""
    return _shelf().providers


def load_topics() -> tuple[Topic, ...]:
    """Themes and life events by which items are sorted for people."""
    source = _ROOT / "national" / "topics.yaml"
    return tuple(parse_document(mapping, Topic) for mapping in load(source))


@cache
def load_basic_names() -> Mapping[str, str]:
    """Keys of the basic entries by their Chinese names; forms are named by them."""
    return {basic["name"]["zh"]: key for key, basic in _shelf().basics.items()}


@cache
def load_basic_meanings() -> Mapping[str, str]:
    """English names of the basic entries by their Chinese ones."""
    return {basic["name"]["zh"]: basic["name"]["en"] for basic in _shelf().basics.values()}


@cache
def load_basic_codes() -> Mapping[str, str]:
    """Keys of the basic entries by their codes."""
    return {basic["code"]: key for key, basic in _shelf().basics.items()}


@cache
def load_line_codes() -> Mapping[str, str]:
    """Kinds of providers by the codes of the lines that the four lists may have."""
    return {code: line["provider"] for code, line in _shelf().lines.items()}


def expand_form_of(key: str, place: str, lines: tuple[ListLine, ...]) -> Form:
    """The form of a basic entry as it is in a place where these lines of data are used."""
    where = next((each for each in load_places() if each.code == place), None)
    return converted(named_form(key, lines, _shelf(), where), Form)


def load_agreements() -> tuple[Agreement, ...]:
    """The agreements that the demonstration signs."""
    folder = _ROOT / "demo" / "agreements"
    return tuple(read(source, parse_agreement) for source in documents(folder))


def load_templates() -> Mapping[str, Template]:
    """The templates of agreements that come with the software, by the names of their files."""
    sources = documents(_ROOT / "templates")
    return {source.name.removesuffix(".yaml"): read(source, parse_template) for source in sources}


def load_instruments() -> tuple[Instrument, ...]:
    """The published instruments that the demonstration cites."""
    folder = _ROOT / "demo" / "instruments"
    return tuple(read(source, parse_instrument) for source in documents(folder))


def _item(source: Traversable, city: str) -> Item:
    def parse(written: Mapping[str, Any]) -> Item:
        if "basic" not in written:
            return parse_item(written)
        key = source.name.removesuffix(".yaml")
        return parse_item(expand(written, key, _shelf(), _ground(city)))

    return read(source, parse)


@cache
def _opened_codes() -> frozenset[str]:
    """Codes that grants name, and basic codes that published lists name."""
    granted = {
        code
        for agreement in load_agreements()
        for clause in agreement.clauses
        for grant in clause.grants
        for code in grant.items
    }
    listed = {
        code
        for instrument in load_instruments()
        for clause in instrument.clauses
        for code in clause.catalogue_codes
    }
    return frozenset(granted | listed)


@cache
def _shelf() -> Shelf:
    return read_shelf(_ROOT / "national")


@cache
def _ground(city: str) -> Ground:
    place = next(place for place in load_places() if place.node.partition(".")[0] == city)
    return Ground(place=place, authorities=load(_ROOT / city / "authorities.yaml"))
