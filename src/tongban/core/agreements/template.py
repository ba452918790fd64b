"""Templates of agreements (协议模板): what parties start from, to negotiate only the rest.

A template has clauses and no parties: whatever names a node, an item or a day is left to those who
draft from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.core import canonical
from tongban.core.agreements.agreement import Agreement, PartyLine
from tongban.core.agreements.checks import check_numbers
from tongban.core.agreements.clauses import Clause
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.later import leave_out
from tongban.core.words import Words

#: Parts of a clause that name nodes or items, which only parties can fill in.
LEFT_TO_PARTIES = (
    "grants",
    "liaison",
    "transports",
    "windows",
    "data",
    "security",
    "compensation",
    "costs",
)


class TemplateScope(StrEnum):
    """For whom it is meant."""

    NATIONAL = "national"
    ALLIANCE = "alliance"
    OWN = "own"


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A template; issuer: who gives it out. provenance: where its words are from."""

    number: str
    version: int
    title: Words
    scope: TemplateScope
    issuer: Words
    provenance: Words
    clauses: tuple[Clause, ...]
    illustrative: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What an agreement has of its own besides what a template gives it; both days included."""

    number: str
    title: Words
    parties: tuple[PartyLine, ...]
    valid_from: date
    valid_until: date
    depositary: str = ""


def parse_template(mapping: Mapping[str, Any]) -> Template:
    """Read a template as its author wrote it; raises DocumentInvalid naming the field."""
    template = read_template(mapping)
    if not template.clauses:
        raise DocumentInvalid("clauses", "a template without any says nothing", "write one")
    if not template.title.zh.strip():
        raise DocumentInvalid("title.zh", "nothing is written", "write it")
    return template


def read_template(mapping: Mapping[str, Any]) -> Template:
    """Read a template that is kept; raises DocumentInvalid naming the field."""
    template = parse_document(mapping, Template)
    check_numbers([clause.number for clause in template.clauses])
    for index, clause in enumerate(template.clauses):
        named = next((name for name in LEFT_TO_PARTIES if getattr(clause, name)), "")
        if named:
            raise DocumentInvalid(
                f"clauses[{index}].{named}",
                "a template is for whoever uses it and names no place and no item",
                "leave it out; whoever drafts from the template fills it in",
            )
    return template


def template_bytes(template: Template) -> bytes:
    """The canonical bytes that an agreement's `template` pins."""
    return canonical.encode(leave_out(template))


def template_digest(template: Template) -> str:
    """What an agreement made from it names it by."""
    return canonical.digest(template_bytes(template))


def draft_from(template: Template, heading: Heading) -> Agreement:
    """An agreement that says what the template says, with whatever the heading lacks as yet.

    It grants nothing yet: items, consents and whatever else names a party are filled in by hand.
    """
    own = {each.name: getattr(heading, each.name) for each in fields(heading)}
    return Agreement(
        **own,
        version=1,
        clauses=template.clauses,
        consents=(),
        illustrative=template.illustrative,
        template=template_digest(template),
    )
