"""What the files of a bundle are called (spec/bundles.md, "Files").

No name is taken from an entry: whoever unpacks the archive must not be led out of it by `../x`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

ENTRIES_MAX = 9999
"""As many as four digits count."""

_ENTRY = re.compile(r"entries/[0-9]{4}\.json")
_DOCUMENT = re.compile(r"documents/sha256-([0-9a-f]{64})\.json")
_DESCRIPTOR = re.compile(r"descriptors/([^/]+)\.note")

#: Only kinds that a viewer opens without running anything; all others are `.bin`.
_EXTENSIONS: Mapping[str, str] = {
    "application/json": "json",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
}


def entry_file(number: int) -> str:
    """An entry's exact bytes; numbers count from 1."""
    return f"entries/{number:04}.json"


def proof_file(number: int) -> str:
    """The proof of an entry's place."""
    return f"entries/{number:04}.tlog-proof"


def body_file(number: int, position: int, media: str) -> str:
    """The body of an entry's commitment at this position, counted from 1."""
    return f"bodies/{number:04}/{position:02}.{_EXTENSIONS.get(media, 'bin')}"


def salt_file(number: int, position: int) -> str:
    """The salt of a body."""
    return f"bodies/{number:04}/{position:02}.salt"


def document_file(digest: str) -> str:
    """A document; not every file system takes the colon of its digest."""
    return f"documents/{digest.replace(':', '-')}.json"


def descriptor_file(node: str) -> str:
    """A node's signed descriptor."""
    return f"descriptors/{node}.note"


def count_entries(names: Iterable[str]) -> int:
    """How many of the names are those of entries."""
    return sum(1 for name in names if _ENTRY.fullmatch(name))


def documents_among(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """File name and digest of each document."""
    for name in names:
        found = _DOCUMENT.fullmatch(name)
        if found:
            yield name, f"sha256:{found[1]}"


def descriptors_among(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """File name and node name of each descriptor."""
    for name in names:
        found = _DESCRIPTOR.fullmatch(name)
        if found:
            yield name, found[1]
