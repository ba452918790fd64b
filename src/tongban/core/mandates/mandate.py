"""A published list of items that places have to open to each other, with batches and due days.

A list says what is to be done and binds nobody by itself; the instrument or the agreements that do
are named beside it (spec/agreements.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.core import canonical
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import is_basic_code
from tongban.core.items.explanation import Origin
from tongban.core.plain_codes import is_number
from tongban.core.words import Words


class MandateScope(StrEnum):
    """Who put the list up."""

    NATION = "nation"
    PROVINCE = "province"
    ALLIANCE = "alliance"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """The ministry or office in charge, and how far one may rely on that."""

    zh: str
    origin: Origin


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateLine:
    """One item that is to be opened.

    basic_codes: 基本编码 of this catalogue that fall under it; empty where it has none yet. batch:
    as the list groups them. announced: the due day in the list's own words. origin, evidence,
    source: where the line is from; memory was read nowhere.
    """

    number: str
    name: Words
    basic_codes: tuple[str, ...]
    batch: str
    announced: str
    lead: Lead
    origin: Origin
    evidence: str
    source: str
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """A list. instrument: number of the published instrument that binds for it, "" for none.

    complete: whether all lines_announced lines are here; else it is no copy of the official annex.
    published_origin: how far one may rely on the day of publication. version, publisher: where a
    node published it under its name; publisher is "" for a list that comes with the software.
    """

    number: str
    title: Words
    issuer: Words
    published_on: date
    scope: MandateScope
    instrument: str
    complete: bool
    lines_announced: int
    lines: tuple[MandateLine, ...]
    published_origin: Origin = Origin.SOURCED
    illustrative: bool = False
    version: int = 1
    publisher: str = ""


def parse_mandate(mapping: Mapping[str, Any]) -> Mandate:
    """Read a list as its author wrote it; raises DocumentInvalid naming the field."""
    return check_mandate(parse_document(mapping, Mandate))


def read_mandate(document: bytes) -> Mandate:
    """Read a list's canonical document; raises NotCanonical or DocumentInvalid."""
    return check_mandate(canonical.decode(document, Mandate))


def check_mandate(mandate: Mandate) -> Mandate:
    """The same list where its fields make sense; raises DocumentInvalid naming the field."""
    for field, reason in (*_head_problems(mandate), *_line_problems(mandate)):
        raise DocumentInvalid(field, reason)
    return mandate


def _head_problems(mandate: Mandate) -> Iterator[tuple[str, str]]:
    if not is_number(mandate.number):
        yield "number", "not a number of letters, digits and separators, or a 发文字号"
    if mandate.version < 1:
        yield "version", "versions are counted from 1"
    if not mandate.title.zh.strip():
        yield "title.zh", "a list has a title"
    numbers = [line.number for line in mandate.lines]
    if len(set(numbers)) != len(numbers):
        yield "lines", "each line has a number of its own"
    if mandate.complete != (len(numbers) == mandate.lines_announced):
        yield "complete", f"{len(numbers)} of {mandate.lines_announced} announced lines are here"


def _line_problems(mandate: Mandate) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(mandate.lines):
        if not all(is_basic_code(code) for code in line.basic_codes):
            yield f"lines[{index}].basic_codes", "not a basic code of 12 digits"
        if line.origin is Origin.SOURCED and not line.source:
            yield f"lines[{index}].source", "it has a source, and none is named"
