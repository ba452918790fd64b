"""The manifest: what is in the bundle, said and signed by the node that exported it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tongban.core import canonical
from tongban.core.faults import NotCanonical
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.keys import VerifierKey
from tongban.evidence.names import is_node_name
from tongban.evidence.notes import SignedNote, encode_note, parse_note, sign_note, verify_note
from tongban.evidence.signer import Signer
from tongban.node.bundles.faults import BundleUnreadable

MANIFEST = "manifest.note"
#: As for the identifiers of entries (spec/entries.md).
_IDENTIFIER = re.compile(r"[!-~]{1,200}")
FORMAT: Literal["tongban-bundle/1"] = "tongban-bundle/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """Which case, exported by whom and when, and the SHA-256 of every other file by name."""

    case: str
    exported_at: datetime
    exported_by: str
    files: Mapping[str, str]
    format: Literal["tongban-bundle/1"] = FORMAT


def file_digest(content: bytes) -> str:
    """What a manifest says of a file: SHA-256 whatever the suite, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def list_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of these files by name."""
    return {name: file_digest(content) for name, content in files.items()}


def manifest_key_name(node: str) -> str:
    """The name under which a node's log key signs its manifests."""
    return f"{node}/bundles"


def sign_manifest(manifest: Manifest, signer: Signer) -> bytes:
    """The manifest as a note by the exporter's log key."""
    text = canonical.encode(manifest).decode() + "\n"
    return encode_note(sign_note(text, name=manifest_key_name(manifest.exported_by), signer=signer))


def read_manifest(data: bytes) -> tuple[Manifest, SignedNote]:
    """The manifest and the note around it, whose signature is not checked yet.

    Raises BundleUnreadable.
    """
    try:
        note = parse_note(data)
        manifest = canonical.decode(note.text.removesuffix("\n").encode(), Manifest)
    except (UnreadableNote, NotCanonical) as error:
        raise BundleUnreadable(f"{MANIFEST} is no manifest: {error}") from error
    if not _IDENTIFIER.fullmatch(manifest.case) or not is_node_name(manifest.exported_by):
        raise BundleUnreadable(f"{MANIFEST} does not name a case and a node")
    return manifest, note


def is_signed(note: SignedNote, key: VerifierKey) -> bool:
    """Whether key, and nobody beside it, signed the note."""
    return len(note.signatures) == 1 and key in verify_note(note, [key])
