"""The paper on which an act of a guest rests, as a file that somebody scanned or sent."""

from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import PurePath

from tongban.app.control import Arguments, OperationRefused
from tongban.core.body import BYTES_MAX, Body
from tongban.core.one_sided import PAPER

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    """media: as bodies name it. begins: the first bytes of every such file."""

    media: str
    begins: bytes = field(repr=False)


_KINDS = {
    ".pdf": _Kind(media="application/pdf", begins=b"%PDF"),
    ".jpg": _Kind(media="image/jpeg", begins=b"\xff\xd8\xff"),
    ".jpeg": _Kind(media="image/jpeg", begins=b"\xff\xd8\xff"),
    ".png": _Kind(media="image/png", begins=b"\x89PNG"),
    ".docx": _Kind(media=_WORD, begins=b"PK"),
    ".xlsx": _Kind(media=_EXCEL, begins=b"PK"),
}


def papers_in(arguments: Arguments) -> tuple[Body, ...]:
    """The paper that came with an operation, if one did; raises OperationRefused."""
    given = arguments.get("paper")
    return (paper(given["name"], b64decode(given["content"])),) if given else ()


def paper(name: str, content: bytes, *, body: str = PAPER) -> Body:
    """A file as the body of an act; raises OperationRefused where it is no such paper."""
    kind = _KINDS.get(PurePath(name).suffix.lower())
    if kind is None or not content.startswith(kind.begins):
        raise OperationRefused(
            f"{name} is none of {', '.join(_KINDS)}, or its content is of another kind; scan the "
            "paper again, or save the file as one of these. Nothing was recorded"
        )
    if len(content) > BYTES_MAX:
        raise OperationRefused(
            f"{name} has {len(content)} bytes and may have {BYTES_MAX}; scan it in grey or with "
            "fewer dots. Nothing was recorded"
        )
    return Body(name=body, media=kind.media, content=content)
