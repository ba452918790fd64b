"""Which documents (文书) and materials of a case an officer can open."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.core.cases.events import Delivery, MaterialForm, Verdict
from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.core.one_sided import PAPER
from tongban.pages.node_access import surroundings
from tongban.pages.words import said
from tongban.workbench.applications import RECIPIENT
from tongban.workbench.labels import form_words


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentLine:
    """One document: the name of its body, its name in words, and what the counter vouches for."""

    body: str
    words: str
    form: str = ""
    is_original: bool = False


def documents_of(state: CaseState) -> list[DocumentLine]:
    """What the authority has issued, newest first."""
    return list(_issued(state))


def handed_over(state: CaseState) -> list[DocumentLine]:
    """What the applicant is given at the end; the correction list was given long before."""
    return [line for line in _issued(state) if line.body not in {"correction", PAPER}]


def papers_of(state: CaseState, item: Item) -> list[DocumentLine]:
    """What the applicant handed in, materials that a correction replaced already left out."""
    return [
        DocumentLine(body="application", words=gettext("申请表")),
        *_materials(state, item),
        *_recipient(state),
    ]


def find_document(state: CaseState, item: Item, body: str) -> DocumentLine | None:
    """The document with this body, whoever it is from."""
    lines = (*_issued(state), *papers_of(state, item))
    return next((line for line in lines if line.body == body), None)


def _issued(state: CaseState) -> Iterator[DocumentLine]:
    if state.decided and state.decided.verdict is Verdict.GRANTED:
        yield DocumentLine(body="result", words=gettext("办理结果（参考件）"))
    if state.decided or state.not_accepted_at:
        yield DocumentLine(body="decision", words=gettext("决定书"))
    if state.correction:
        yield DocumentLine(body="correction", words=gettext("补正材料一次性告知书"))
    if any(side.paper for side in surroundings().sides_of(state.id).values()):
        yield DocumentLine(body=PAPER, words=gettext("单方记录所凭的对方文书（最近一份）"))


def _materials(state: CaseState, item: Item) -> Iterator[DocumentLine]:
    for line in state.materials:
        material = item.material(line.code)
        if line.body:
            yield DocumentLine(
                body=line.body,
                words=said(material.name) if material else line.code,
                form=form_words(line.form),
                is_original=line.form is MaterialForm.ORIGINAL_SEEN,
            )


def _recipient(state: CaseState) -> Iterator[DocumentLine]:
    if state.delivery is Delivery.POST and RECIPIENT in state.bodies:
        yield DocumentLine(body=RECIPIENT, words=gettext("邮寄地址"))
