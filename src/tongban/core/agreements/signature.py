"""Portable signatures: a signed note over the digest, the same wherever it is forwarded.

The note is C2SP signed-note text made by the node's log key under the key name
`<node>/agreements` (spec/agreements.md, "Signature"); core never sees a key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tongban.core import canonical
from tongban.core.faults import NotEncodable

HEADER = "tongban agreement signature v1"

#: Given a key name and a signed note, answers the text that was signed, or None if it was not.
NoteVerifier = Callable[[str, str], str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedWords:
    """What a signature says: this office of this party signed this document at this instant."""

    document: str
    party: str
    office: str
    at: datetime


def key_name(party: str) -> str:
    """Name of the key with which a node signs agreements."""
    return f"{party}/agreements"


def signing_text(document: str, party: str, office: str, at: datetime) -> str:
    """The text of the note, ending in a newline; raises NotEncodable for words over one line."""
    if not office or not office.isprintable():
        raise NotEncodable("the office is one line of printable words")
    instant = canonical.encode(at).decode().strip('"')
    return f"{HEADER}\n{document}\n{party}\n{office}\n{instant}\n"


def read_signature(note: str, party: str, verify: NoteVerifier) -> SignedWords | None:
    """What the party signed, or None where the note is not its signature in the one form."""
    text = verify(key_name(party), note)
    if text is None:
        return None
    try:
        _, document, signer, office, instant, _ = text.split("\n")
        at = datetime.fromisoformat(instant)
        again = signing_text(document, signer, office, at)
    except (ValueError, NotEncodable):
        return None
    if again != text or signer != party:
        return None
    return SignedWords(document=document, party=signer, office=office, at=at)
