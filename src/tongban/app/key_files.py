"""The secret files of a node's folder, opened together before anything runs."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tongban.app.settings import Folder
from tongban.channels.roads.certificates import DoorCertificate
from tongban.node.faults import NodeFault
from tongban.node.keystore import FileSigner, open_keystore, read_credential

_PAGE_SECRET_LENGTH_MIN = 50


class KeyFileMissing(NodeFault):
    """A file beside the key store cannot be read; restore it from the backup of the folder keys."""


class KeyFileDamaged(NodeFault):
    """A file beside the key store is not as it was made; restore it from the same backup."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """What opening the key files with the credential gives.

    signer: holds the data key, with which bodies, names and drafts are sealed at rest. page_secret:
    signs cookies and forms; seals nothing.
    """

    signer: FileSigner
    passphrase: bytes = field(repr=False)
    door: DoorCertificate
    page_secret: str = field(repr=False)


def open_secrets(folder: Folder) -> Secrets:
    """Open them all.

    Raises KeyFileMissing, KeyFileDamaged or a fault of node/keystore.py, each naming its file.
    """
    passphrase = read_credential(folder.credential)
    signer = open_keystore(folder.keystore, passphrase)
    door = DoorCertificate(
        certificate=_content(folder.door_certificate), key=_content(folder.door_key)
    )
    _check_door(folder, door, passphrase)
    return Secrets(
        signer=signer, passphrase=passphrase, door=door, page_secret=_page_secret(folder)
    )


def _page_secret(folder: Folder) -> str:
    secret = _content(folder.page_secret).decode("utf-8", errors="replace").strip()
    if len(secret) < _PAGE_SECRET_LENGTH_MIN:
        raise KeyFileDamaged(
            f"the key file {folder.page_secret} holds {len(secret)} characters instead of at "
            f"least {_PAGE_SECRET_LENGTH_MIN}; restore it from the backup of {folder.keys}"
        )
    return secret


def _check_door(folder: Folder, door: DoorCertificate, passphrase: bytes) -> None:
    try:
        public = x509.load_der_x509_certificate(door.certificate).public_key()
        fits = load_pem_private_key(door.key, passphrase).public_key() == public
    except (ValueError, TypeError) as error:
        raise _damaged_door(folder) from error
    if not fits:
        raise _damaged_door(folder)


def _damaged_door(folder: Folder) -> KeyFileDamaged:
    return KeyFileDamaged(
        f"the key files {folder.door_certificate} and {folder.door_key.name} are damaged, or do "
        f"not belong to each other and to the credential; restore both from the backup of "
        f"{folder.keys}"
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeyFileMissing(
            f"the key file {path} is missing; restore it from the backup of {path.parent}"
        ) from error
    except OSError as error:
        raise KeyFileMissing(
            f"the key file {path}: {error.strerror}; mend its owner, or restore it from the "
            f"backup of {path.parent}"
        ) from error
