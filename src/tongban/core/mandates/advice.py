"""Advice (指导意见) of an upper level on an item or on an agreement; it binds nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.core import canonical
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import is_basic_code
from tongban.core.plain_codes import is_number
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What its publisher recommends on one basic item, or on the agreement of one number.

    basic_code, agreement: one of them, "" for the other. publisher: node name; "" until it is
    published.
    """

    number: str
    version: int = 1
    title: Words
    issuer: Words
    published_on: date
    text: Words
    basic_code: str = ""
    agreement: str = ""
    illustrative: bool = False
    publisher: str = ""


def parse_advice(mapping: Mapping[str, Any]) -> Advice:
    """Read advice as its author wrote it; raises DocumentInvalid naming the field."""
    return check_advice(parse_document(mapping, Advice))


def check_advice(advice: Advice) -> Advice:
    """The same advice where its fields make sense; raises DocumentInvalid naming the field."""
    for field, reason in _problems(advice):
        raise DocumentInvalid(field, reason)
    return advice


def read_advice(document: bytes) -> Advice:
    """Read canonical advice; raises NotCanonical or DocumentInvalid."""
    return check_advice(canonical.decode(document, Advice))


def _problems(advice: Advice) -> Iterator[tuple[str, str]]:
    if not is_number(advice.number):
        yield "number", "not a number of letters, digits and separators, such as G60/A-1"
    if advice.version < 1:
        yield "version", "versions are counted from 1"
    for name, words in (("title", advice.title), ("text", advice.text)):
        if not words.zh.strip():
            yield f"{name}.zh", "advice has a title and a text"
    if bool(advice.basic_code) == bool(advice.agreement):
        yield "basic_code", "advice is on one basic item or on one agreement, and not on both"
    if advice.basic_code and not is_basic_code(advice.basic_code):
        yield "basic_code", "not a basic code of 12 digits"
    if advice.agreement and not is_number(advice.agreement):
        yield "agreement", "not the number of an agreement"
