"""The file in which a keeper hands a record over: what it recorded, signed, with the papers."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tongban.app.control import OperationRefused
from tongban.catalogue.sheets.archive import look_into
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.core import canonical
from tongban.core.faults import NotCanonical
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import encode_note, parse_note, sign_note, verify_note
from tongban.evidence.signer import Signer

LIST = "record.note"
SHEET = "record.xlsx"
_FORMAT: Literal["tongban-record/1"] = "tongban-record/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One entry that the keeper signed for the guest.

    sha256: of its bytes. by_officer: somebody acted in the guest's name. paper, paper_sha256: the
    file with the paper on which it rests, "" where there is none.
    """

    partner: str
    kind: str
    about: str
    type: str
    at: datetime
    entry: str
    sha256: str
    by_officer: bool
    paper: str = ""
    paper_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOver:
    """All that a keeper signed for a guest, by partner and in the order of each log."""

    guest: str
    keeper: str
    made_at: datetime
    acts: tuple[Act, ...] = field(repr=False)
    format: Literal["tongban-record/1"] = _FORMAT


def digest(data: bytes) -> str:
    """SHA-256 whatever the suite, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def key_name(guest: str) -> str:
    """The name under which a node's log key signs what its keeper hands over."""
    return f"{guest}/record"


def write_archive(
    handed: HandOver, signer: Signer, *, sheet: bytes, papers: Mapping[str, bytes]
) -> bytes:
    """The list with its signature, the sheet for people, and the papers by file name."""
    text = canonical.encode(handed).decode() + "\n"
    note = encode_note(sign_note(text, name=key_name(handed.guest), signer=signer))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {LIST: note, SHEET: sheet, **papers}.items():
            archive.writestr(name, data)
    return file.getvalue()


def read_archive(data: bytes) -> tuple[bytes, bytes]:
    """The signed list and the sheet, once every paper on the list is there and is that paper.

    Raises OperationRefused.
    """
    try:
        look_into(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except SheetFault as fault:
        raise _unfit(fault.words.en) from fault
    except (zipfile.BadZipFile, OSError) as error:
        raise _unfit("it is no zip file") from error
    note = files.get(LIST)
    if note is None:
        raise _unfit(f"there is no {LIST} in it")
    for act in read_list(note).acts:
        if act.paper and digest(files.get(act.paper, b"")) != act.paper_sha256:
            raise _unfit(f"{act.paper} is missing or was changed")
    return note, files.get(SHEET, b"")


def read_list(note: bytes) -> HandOver:
    """What the list says, whose signature is not checked here; raises OperationRefused."""
    try:
        text = parse_note(note).text.removesuffix("\n")
        return canonical.decode(text.encode(), HandOver)
    except (UnreadableNote, NotCanonical) as error:
        raise _unfit(f"its {LIST} cannot be read") from error


def is_signed(note: bytes, keys: Iterable[VerifierKey]) -> bool:
    """Whether one of these keys, and nobody beside it, signed the list."""
    parsed = parse_note(note)
    return len(parsed.signatures) == 1 and bool(verify_note(parsed, list(keys)))


def _unfit(reason: str) -> OperationRefused:
    return OperationRefused(
        f"{reason}; ask the keeper for the file again, as `tongban guest hand-over` made it. "
        "Nothing was acknowledged"
    )
