"""Templates that come with the software, and texts beside the one that they were made from."""

from collections.abc import Mapping
from dataclasses import replace

from tongban.catalogue import load_templates
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.template import Template, template_digest


def known_templates() -> Mapping[str, Template]:
    """By digest."""
    return {template_digest(each): each for each in load_templates().values()}


def template_of(agreement: Agreement) -> Template | None:
    """The one that a text was made from; None where there is none, or it is not known here."""
    return known_templates().get(agreement.template)


def as_template_has_it(agreement: Agreement) -> Agreement | None:
    """The same agreement with its template's clauses, so that the two can be compared."""
    template = template_of(agreement)
    return replace(agreement, clauses=template.clauses) if template else None
