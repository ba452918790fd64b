"""What a correction list asks of the applicant, and what is still missing of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.items.material import Material
from tongban.pages.contents import answers_in
from tongban.pages.forms.schema_form import SchemaForm
from tongban.pages.node_access import current_node
from tongban.portal import drafts
from tongban.portal.models import Draft
from tongban.portal.prefill import known_of
from tongban.projections.case_view import CaseView

#: Shown to the applicant among the reads of his own data.
_PURPOSE = "补正"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Materials to hand in again and answers to give again; defects: codes by what they are of.

    others: lines that name neither a material nor a question of the item.
    """

    materials: tuple[Material, ...]
    answers: tuple[str, ...]
    others: tuple[str, ...]
    defects: Mapping[str, str]


def wanted_of(view: CaseView) -> Wanted:
    """The list of the case, sorted by what each line is about."""
    codes = [line.code for line in view.state.correction]
    fields = {field.name for field in view.item.form.fields}
    known = {line.code for line in view.item.materials}
    return Wanted(
        materials=tuple(line for line in view.item.materials if line.code in codes),
        answers=tuple(code for code in codes if code in fields),
        others=tuple(code for code in codes if code not in fields | known),
        defects={line.code: line.defect for line in view.state.correction},
    )


def missing(wanted: Wanted, draft: Draft) -> list[str]:
    """Codes of materials on the list that were not handed in again yet."""
    given = drafts.files_of(draft)
    return [line.code for line in wanted.materials if line.code not in given]


def form_of(view: CaseView, person: Person, draft: Draft) -> SchemaForm:
    """The form as it was sent, with what was mended since; reading it is recorded."""
    sent = current_node().read_body(
        view.row.case, "application", reader=actor_of(person, Role.RESIDENT), purpose=_PURPOSE
    )
    values: dict[str, Any] = {**answers_in(sent or b"{}"), **json.loads(draft.answers)}
    return SchemaForm(
        form=view.item.form,
        # An answer that was taken away is kept as null, so that the one sent does not come back.
        values={name: value for name, value in values.items() if value is not None},
        known=known_of(person),
    )
