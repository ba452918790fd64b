"""Drafts of agreements from templates, and how an agreement departs from its template."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from tongban.app.control import OperationRefused
from tongban.catalogue import load_templates
from tongban.core.agreements.agreement import Agreement, PartyLine
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.departures import Departure, departures
from tongban.core.agreements.document import document_digest, parse_agreement
from tongban.core.agreements.template import (
    Heading,
    Template,
    draft_from,
    parse_template,
    template_digest,
)
from tongban.core.faults import CoreFault
from tongban.core.kinds import converted
from tongban.core.later import leave_out
from tongban.core.words import Words

Parsed = TypeVar("Parsed")


def list_templates() -> list[dict[str, Any]]:
    """The templates that come with the software."""
    return [
        {
            "name": name,
            "title": template.title.zh,
            "scope": template.scope.value,
            "clauses": len(template.clauses),
            "illustrative": template.illustrative,
            "provenance": template.provenance.zh,
            "template": template_digest(template),
        }
        for name, template in load_templates().items()
    ]


def find_template(named: str) -> Template:
    """A template by the name under which it ships, or from a file; raises OperationRefused."""
    shipped = load_templates().get(named)
    return shipped or _read(Path(named).read_text(encoding="utf-8"), parse_template, "a template")


def draft_agreement(
    template: Template,
    *,
    number: str,
    title: Words,
    parties: str,
    valid_from: str,
    valid_until: str,
    depositary: str = "",
) -> dict[str, str]:
    """A text for officers to go on with, as YAML; raises OperationRefused.

    parties: text of a file that has `parties` as an agreement has them, such as an agreement.
    """

    def made(plain: Mapping[str, Any]) -> Agreement:
        heading = Heading(
            number=number,
            title=title,
            parties=converted(plain["parties"], tuple[PartyLine, ...]),
            valid_from=date.fromisoformat(valid_from),
            valid_until=date.fromisoformat(valid_until),
            depositary=depositary,
        )
        return check_new_agreement(draft_from(template, heading))

    agreement = _read(parties, made, "what an agreement needs from it")
    plain = msgspec.to_builtins(leave_out(agreement))
    return {
        "title": agreement.title.zh,
        "template": agreement.template,
        "text": yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100),
    }


def tell_departures(text: str, named: str) -> dict[str, Any]:
    """How the agreement of a text departs from its template; raises OperationRefused.

    named: the template, by name or file; "" finds that which the agreement names among those
    that come with the software.
    """
    agreement = _read(text, parse_agreement, "an agreement")
    template = find_template(named) if named else _named_by(agreement)
    digest = template_digest(template)
    return {
        "document": document_digest(agreement),
        "title": agreement.title.zh,
        "template": digest,
        "made_from_it": agreement.template == digest,
        "departures": [_line(each) for each in departures(template, agreement)],
    }


def _named_by(agreement: Agreement) -> Template:
    if not agreement.template:
        raise OperationRefused(
            "the agreement names no template; say with `--template` with which to compare it"
        )
    known = {template_digest(each): each for each in load_templates().values()}
    if agreement.template not in known:
        raise OperationRefused(
            f"the agreement was made from the template {agreement.template}, which does not come "
            "with this software; name its file with `--template`"
        )
    return known[agreement.template]


def _line(departure: Departure) -> dict[str, Any]:
    return {
        "clause": departure.clause,
        "kind": departure.kind.value,
        "differences": [
            {"path": line.path, "before": line.before, "after": line.after}
            for line in departure.differences
        ],
    }


def _read(text: str, parse: Callable[[Any], Parsed], kind: str) -> Parsed:
    try:
        return parse(yaml.safe_load(text))
    except (
        CoreFault,
        yaml.YAMLError,
        msgspec.ValidationError,
        ValueError,
        TypeError,
        KeyError,
        RecursionError,
    ) as error:
        reason = " ".join(str(error).split())
        raise OperationRefused(
            f"the file is not {kind}: {reason}. Nothing was written; mend it and try again"
        ) from error
