"""Bodies as pages show them: an application as questions and answers, a picture, a text, a file."""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from tongban.core.items.item import Item
from tongban.pages.forms.schema_form import Question, SchemaForm

_TEXT_SHOWN_MAX = 100_000


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


def inline(content: bytes, how: Shown) -> str:
    """The address of a picture inside its page: fetched apart, one look would be recorded twice."""
    return f"data:{how.media};base64,{b64encode(content).decode()}"


def answers_of(application: bytes, item: Item) -> list[Question]:
    """The application as questions and answers."""
    return SchemaForm(form=item.form, values=answers_in(application)).questions()


def answers_in(application: bytes) -> dict[str, Any]:
    """What was answered; a partner may send anything, so what is no JSON object answers nothing."""
    try:
        answers = json.loads(application)
    except ValueError:
        return {}
    return answers if isinstance(answers, dict) else {}


_KNOWN = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
