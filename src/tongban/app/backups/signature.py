"""Who made a backup: a note by the node's log key over the digest of its manifest."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from tongban.app.backups import container
from tongban.app.backups.container import Backup
from tongban.app.backups.faults import BackupDamaged
from tongban.app.key_files import Secrets
from tongban.channels.descriptors import read_descriptor
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import encode_note, parse_note, sign_note, verify_note
from tongban.evidence.signer import KeyPurpose, Signer, verifier_key

_FORMAT = "tongban-backup-manifest/1"


class Signed(StrEnum):
    """What is known of a backup's signature, once it was not found wrong.

    NODE: it is by a key that was known apart from the backup. ITSELF: by the key in the backup's
    own descriptor, which whoever made the file chose. UNSIGNED: an older version made it.
    """

    NODE = "node"
    ITSELF = "itself"
    UNSIGNED = "unsigned"


def sign_backup(manifest: bytes, node: str, signer: Signer) -> bytes:
    """The signed note that goes beside the manifest's bytes."""
    note = sign_note(_text(manifest, node), name=_key_name(node), signer=signer)
    return encode_note(note)


def backup_key(node: str, signer: Signer) -> VerifierKey:
    """What whoever has none of the node's keys needs to check its backups."""
    return verifier_key(signer, KeyPurpose.LOG, _key_name(node))


def check_signature(backup: Backup, known: Secrets | VerifierKey | None) -> Signed:
    """Who signed the manifest; known: the node's keys or its public log key, from elsewhere.

    Raises BackupDamaged where the signature is not by that key, or by none that it says.
    """
    if backup.signature is None:
        return Signed.UNSIGNED
    try:
        note = parse_note(backup.signature)
    except UnreadableNote as fault:
        raise BackupDamaged(_lie(backup, "its signature cannot be read")) from fault
    keys = _keys(backup, known)
    right = note.text == _text(backup.manifest_bytes, backup.manifest.node)
    if not right or not any(verify_note(note, [key]) for key in keys):
        raise BackupDamaged(_lie(backup, f"the key {keys[-1].encode_vkey()} did not sign it"))
    return Signed.ITSELF if known is None else Signed.NODE


def _keys(backup: Backup, known: Secrets | VerifierKey | None) -> Sequence[VerifierKey]:
    """The newest last: a backup may be from before the node changed its keys."""
    node = backup.manifest.node
    if isinstance(known, Secrets):
        signer = known.signer
        return [backup_key(node, each) for each in (*signer.earlier, signer)]
    if known is not None:
        return [replace(known, name=_key_name(node))]
    descriptor = read_descriptor(backup.read(container.DESCRIPTOR))
    return descriptor.verifier_keys(KeyPurpose.LOG, _key_name(node))


def _key_name(node: str) -> str:
    return f"{node}/backups"


def _text(manifest: bytes, node: str) -> str:
    return f"{_FORMAT}\n{node}\n{hashlib.sha256(manifest).hexdigest()}\n"


def _lie(backup: Backup, what: str) -> str:
    return (
        f"this is no backup that {backup.manifest.node} made as it is: {what}. Somebody else made "
        "or changed it, or the key that was named is another node's. Use another backup, or the "
        "right key; nothing was changed"
    )
