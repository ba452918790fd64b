"""Documents as systems send them, made into bodies."""

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from pydantic import BaseModel

from tongban.api.grounds import ConnectorGround, refuse
from tongban.api.messages import DataDocument, FileDocument, TextDocument
from tongban.core.body import Body
from tongban.core.refusal import Refusal

_Content = tuple[str, bytes]


def body_of(name: str, document: BaseModel) -> Body | Refusal:
    """The body of this name with the document in it."""
    try:
        media, content = _FORMS[type(document)](document)
    except (ValueError, RecursionError, OverflowError, msgspec.MsgspecError):
        # The message of the fault may quote the document.
        return refuse(ConnectorGround.DOCUMENT_UNREADABLE, name)
    return Body(name=name, media=media, content=content)


def _text(document: TextDocument) -> _Content:
    return "text/plain", document.text.encode()


def _data(document: DataDocument) -> _Content:
    return "application/json", msgspec.json.format(msgspec.json.encode(document.data), indent=2)


def _file(document: FileDocument) -> _Content:
    content = b64decode(document.data, validate=True)
    if not content:
        raise binascii.Error("an empty file")
    return document.media, content


_FORMS: Mapping[type[BaseModel], Callable[[Any], _Content]] = {
    TextDocument: _text,
    DataDocument: _data,
    FileDocument: _file,
}
