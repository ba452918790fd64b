"""The case room: everything about one case and everything that may be done to it, on one screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.commands import Open
from tongban.core.entry import Actor
from tongban.core.items.classification import ItemType
from tongban.core.items.form import Prefill
from tongban.core.items.item import Item
from tongban.node.desk import Executed
from tongban.pages.components import BasisChip, FieldError
from tongban.pages.contents import answers_in, answers_of
from tongban.pages.forms.schema_form import Question
from tongban.pages.node_access import current_node
from tongban.pages.words import said
from tongban.projections.case_view import CaseView
from tongban.workbench.acts import ACTS
from tongban.workbench.acts.act import OfficerAct
from tongban.workbench.considering import allowed
from tongban.workbench.reading import read

_APPLICANTS = (Prefill.ORGANISATION_NAME, Prefill.PERSON_NAME)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An act that is possible now, as a form; opened: it is the one that the officer works on."""

    code: str
    name: str
    template: str
    grave: bool
    chip: BasisChip
    fields: Mapping[str, Any] = field(repr=False)
    opened: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """The act that the officer works on: what was sent, and what has to be mended."""

    code: str
    posted: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: tuple[FieldError, ...] = ()


def open_first(view: CaseView, actor: Actor) -> bool:
    """Record that an officer of the authority looks at the case for the first time.

    Whether the case is another one now; where that waits for the line it looks as before.
    """
    command = Open(case=view.row.case, actor=actor)
    if view.state.opened_at is not None or not allowed(command):
        return False
    done = current_node().execute(command)
    return isinstance(done, Executed) and not done.waiting


def offers_of(view: CaseView, actor: Actor, attempt: Attempt | None) -> list[Offer]:
    """The acts that the node would allow this officer now."""
    return [_offer(act, view, attempt) for act in ACTS if allowed(act.sample(view, actor))]


def own_power(act: OfficerAct, item: Item) -> BasisChip:
    """What an authority does itself rests on its own power and the law of the item."""
    return BasisChip(label=gettext("本机关职权"), words=tuple(_law(act, item)))


def read_application(view: CaseView, reader: Person, purpose: str) -> bytes | None:
    """The application; the read is recorded."""
    return read(view, "application", reader=reader, role=Role.CASE_OFFICER, purpose=purpose)


def questions_of(application: bytes | None, item: Item) -> list[Question]:
    """The application as questions and answers; none where it was erased."""
    return answers_of(application, item) if application is not None else []


def applicant_in(application: bytes | None, item: Item) -> str:
    """To whom the result is given, as the form says; "" where it does not."""
    answers = answers_in(application or b"{}")
    names = {field.prefill: field.name for field in item.form.fields}
    given = (answers.get(names.get(prefill, "")) for prefill in _APPLICANTS)
    return next((name for name in given if isinstance(name, str) and name), "")


def _offer(act: OfficerAct, view: CaseView, attempt: Attempt | None) -> Offer:
    opened = attempt is not None and attempt.code == act.code
    posted = attempt.posted if attempt is not None and opened else {}
    return Offer(
        code=act.code,
        name=act.name(),
        template=act.template,
        grave=act.grave,
        chip=own_power(act, view.item),
        fields=act.offer(view, posted),
        opened=opened,
    )


def _law(act: OfficerAct, item: Item) -> Iterator[str]:
    if item.type_code is ItemType.LICENCE:
        yield said(act.article)
    for basis in item.legal_basis:
        yield said(basis)
