"""The documents of a case (文书) and its materials: which there are, and how each is shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.pages.forms.schema_form import Question, SchemaForm
from tongban.pages.words import said
from tongban.portal.tasks import has_result

_TEXT_SHOWN_MAX = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentLine:
    """One document: the name of its body, and its name in words."""

    body: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A body by its content: text on the page, a picture, or a file to download."""

    media: str
    suffix: str
    text: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it can stand in the page."""
        return self.media.startswith("image/")


def documents_of(state: CaseState, item: Item) -> list[DocumentLine]:
    """Everything that the applicant can open: what came back first, what was sent after it."""
    return [*_from_authority(state), *_from_applicant(state, item)]


def shown(content: bytes) -> Shown:
    """How to show a body, told by its content: partners' names of media are not believed."""
    for start, media, suffix in _KNOWN:
        if content.startswith(start):
            return Shown(media=media, suffix=suffix)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Shown(media="application/octet-stream", suffix="bin")
    return Shown(media="text/plain", suffix="txt", text=text[:_TEXT_SHOWN_MAX])


def answers_of(application: bytes, item: Item) -> list[Question]:
    """The application as questions and answers."""
    return SchemaForm(form=item.form, values=json.loads(application)).questions()


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


_KNOWN = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
