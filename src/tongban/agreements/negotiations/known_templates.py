"""Templates that come with the software or are kept here, and texts beside their own."""

import json
from collections.abc import Mapping
from dataclasses import replace

from tongban.accounts.models import Person
from tongban.agreements.models import KeptTemplate
from tongban.catalogue import load_templates
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.template import (
    Template,
    read_template,
    template_bytes,
    template_digest,
)
from tongban.pages.node_access import now


def known_templates() -> Mapping[str, Template]:
    """By digest; those that come with the software first."""
    shipped = {template_digest(each): each for each in load_templates().values()}
    kept = KeptTemplate.objects.order_by("kept_at")
    return {**shipped, **{row.digest: read_template(json.loads(row.text)) for row in kept}}


def keep_template(officer: Person, template: Template) -> bool:
    """Keep one that officers can begin from; False where it is known already."""
    digest = template_digest(template)
    if digest in known_templates():
        return False
    text = template_bytes(template).decode()
    known = {"text": text, "kept_by": officer, "kept_at": now()}
    KeptTemplate.objects.get_or_create(digest=digest, defaults=known)
    return True


def template_of(agreement: Agreement) -> Template | None:
    """The one that a text was made from; None where there is none, or it is not known here."""
    return known_templates().get(agreement.template) if agreement.template else None


def as_template_has_it(agreement: Agreement) -> Agreement | None:
    """The same agreement with its template's clauses, so that the two can be compared."""
    template = template_of(agreement)
    return replace(agreement, clauses=template.clauses) if template else None
