"""Files that a command hands to a node, which takes no more than fits into one request."""

from base64 import b64encode
from pathlib import Path

from tongban.app.commands.terminal import failures

#: Twice the largest agreement (channels/messages.py), as much as indented text needs.
FILE_BYTES_MAX = 8_000_000


def text_file(path: Path) -> str:
    """The text of a file; ends with plain words where it is too large, or not text in UTF-8."""
    with failures():
        return _read(path).decode("utf-8-sig")


def encoded_file(path: Path) -> str:
    """The bytes of a file as requests carry them; ends with plain words where it is too large."""
    with failures():
        return b64encode(_read(path)).decode()


def _read(path: Path) -> bytes:
    # Whoever knows control knows the whole node, as in `failures`.
    from tongban.app.control import OperationRefused  # noqa: PLC0415

    with path.open("rb") as file:
        content = file.read(FILE_BYTES_MAX + 1)
    if len(content) > FILE_BYTES_MAX:
        raise OperationRefused(
            f"{path} has {path.stat().st_size:,} bytes and a node reads at most "
            f"{FILE_BYTES_MAX:,} of a file; see that it is the right one, or divide it. Nothing "
            "was kept"
        )
    return content
