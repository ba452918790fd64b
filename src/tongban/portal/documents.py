"""The documents of a case (文书) and its materials: which there are, and how each is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.pages.words import said
from tongban.portal.tasks import has_result


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentLine:
    """One document: the name of its body, and its name in words."""

    body: str
    words: str


def documents_of(state: CaseState, item: Item) -> list[DocumentLine]:
    """Everything that the applicant can open: what came back first, what was sent after it."""
    return [*_from_authority(state), *_from_applicant(state, item)]


def _from_authority(state: CaseState) -> Iterator[DocumentLine]:
    if has_result(state):
        yield DocumentLine(body="result", words=gettext("办理结果（参考件）"))
    if state.decided or state.not_accepted_at:
        yield DocumentLine(body="decision", words=gettext("决定书"))
    if state.correction:
        yield DocumentLine(body="correction", words=gettext("补正材料一次性告知书"))


def _from_applicant(state: CaseState, item: Item) -> Iterator[DocumentLine]:
    yield DocumentLine(body="application", words=gettext("申请表"))
    for line in state.materials:
        material = item.material(line.code)
        if line.body and material:
            yield DocumentLine(body=line.body, words=said(material.name))
