"""The signer whose keys live in one encrypted file (docs call it the software key store).

The file has three lines: a JSON header; the keys, encrypted with AES-256-GCM under a key that
scrypt makes of the passphrase, with the header as associated data, in base64; and the SHA-256 of
the two lines before, by which damage is told from a wrong passphrase. Version 1 holds one key set,
version 2 every one that the node ever had; both are read, and version 2 is written.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tongban.evidence.canonical import decode_base64, encode_base64
from tongban.evidence.faults import Fault
from tongban.evidence.key_sets import KEY_SETS_MAX, KeySets
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suite import SEED_BYTES
from tongban.evidence.suites import SUITES, USUAL

_FORMAT = "tongban-keystore"
_VERSION = 2
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SET_BYTES = len(KeyPurpose) * SEED_BYTES
SET_ENTROPY_BYTES = _SET_BYTES + _SALT_BYTES + _NONCE_BYTES
"""What `add_key_set` consumes: a seed for each purpose, a salt and a nonce."""
ENTROPY_BYTES = SET_ENTROPY_BYTES + SEED_BYTES
"""What `create_keystore` consumes: the same with the data key between seeds and salt."""


class KeystoreMissing(Fault):
    """No key file can be read where settings say; mend its owner, restore it, or run `init`."""


class KeystoreExists(Fault):
    """A key file is there already and is never overwritten; move it away if you mean to."""


class KeystoreNotWritten(Fault):
    """The key file could not be written and nothing is left behind; make room and try again."""


class TooManyKeySets(Fault):
    """The node has as many key sets as one may have; pair a new node under another name."""


class KeystoreDamaged(Fault):
    """The key file is not as it was written; restore it from backup."""


class KeystoreChanged(Fault):
    """The key file is not the one that the running node was started with; put that back."""


class KeystoreTooNew(Fault):
    """A newer Tongban wrote the key file; start that version, or restore an older key file."""


class WrongPassphrase(Fault):
    """The key file is whole but the passphrase does not open it; check the credential file."""


class CredentialUnreadable(Fault):
    """The credential file is missing, empty or locked away; create it, or mend its owner."""


class CredentialExposed(Fault):
    """Everybody on the machine can read or change the credential file; run `chmod o= FILE`."""


class FileSigner(KeySets):
    """The key sets that came out of a key file, with the key for bodies at rest."""

    def __init__(self, rings: Sequence[KeyRing], data_key: bytes) -> None:
        super().__init__(rings)
        self.data_key = data_key


class _Header1(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    version: int
    suite: str
    salt: bytes
    nonce: bytes


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int
    salt: bytes
    nonce: bytes


class _Keys1(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    seeds: dict[str, bytes]
    data_key: bytes


class _Set(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    suite: str
    seeds: dict[str, bytes]

    def ring(self) -> KeyRing:
        """The keys that grow from the seeds."""
        seeds = {purpose: self.seeds[purpose.value] for purpose in KeyPurpose}
        return KeyRing.from_seeds(SUITES[self.suite], seeds)


class _Keys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sets: list[_Set]
    data_key: bytes


def create_keystore(path: Path, passphrase: bytes, entropy: bytes, *, suite: str = USUAL) -> None:
    """Write a new key file, readable by its owner only, durable when this returns.

    entropy is ENTROPY_BYTES of fresh secret randomness. Raises KeystoreExists and
    KeystoreNotWritten.
    """
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"a key file grows from {ENTROPY_BYTES} bytes, not {len(entropy)}")
    first = _Set(suite=suite, seeds=_seeds(entropy))
    keys = _Keys(sets=[first], data_key=entropy[_SET_BYTES : _SET_BYTES + SEED_BYTES])
    _write_new(path, _sealed(entropy, keys, passphrase))


def add_key_set(
    path: Path, passphrase: bytes, entropy: bytes, *, after: int, suite: str = USUAL
) -> KeyRing:
    """Put a new key set behind those of the file; it is durable when this returns.

    after: how many sets the caller knows of; another count in the file is KeystoreChanged.
    entropy is SET_ENTROPY_BYTES of fresh secret randomness. The file is written anew beside the
    old one and then takes its name, so that at any moment one of the two is whole. Also raises
    TooManyKeySets, KeystoreNotWritten, and what `open_keystore` raises.
    """
    if len(entropy) != SET_ENTROPY_BYTES:
        raise ValueError(f"a key set grows from {SET_ENTROPY_BYTES} bytes, not {len(entropy)}")
    keys = _opened(path, passphrase)
    if len(keys.sets) >= KEY_SETS_MAX:
        raise TooManyKeySets(
            f"the key file {path} holds {KEY_SETS_MAX} key sets, which is as many as partners read"
        )
    if len(keys.sets) != after:
        raise KeystoreChanged(
            f"the key file {path} holds {len(keys.sets)} key sets and the node knows {after}: "
            "another file was put there. Put the newest in place, from the node's own folder or a "
            "backup with keys, and start the node again; nothing was changed"
        )
    added = _Set(suite=suite, seeds=_seeds(entropy))
    grown = _Keys(sets=[*keys.sets, added], data_key=keys.data_key)
    _write_over(path, _sealed(entropy, grown, passphrase))
    return added.ring()


def open_keystore(path: Path, passphrase: bytes) -> FileSigner:
    """The signer in the file; raises any of the Keystore faults and WrongPassphrase."""
    keys = _opened(path, passphrase)
    return FileSigner([each.ring() for each in keys.sets], keys.data_key)


def _opened(path: Path, passphrase: bytes) -> _Keys:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KeystoreMissing(
            f"the key file {path}: {error.strerror}; mend its owner, or restore it from backup"
        ) from error
    try:
        header_line, sealed = _checked_lines(data)
        header = msgspec.json.decode(header_line, type=_Header)
    except ValueError as error:
        raise KeystoreDamaged(
            f"the key file {path} is not as it was written; restore it from backup"
        ) from error
    read = _READERS.get(header.version) if header.format == _FORMAT else None
    if read is None:
        raise _too_new(path, f"{header.format} version {header.version}")
    try:
        opened = _cipher(passphrase, header).decrypt(header.nonce, sealed, header_line)
    except InvalidTag as error:
        raise WrongPassphrase(
            f"the passphrase in the credential file does not open the key file {path}; put the "
            "credential that was made with it in place"
        ) from error
    keys = read(header_line, opened)
    unknown = {each.suite for each in keys.sets} - SUITES.keys()
    if unknown:
        raise _too_new(path, f"keys of the suite {min(unknown)}")
    return keys


def _too_new(path: Path, what: str) -> KeystoreTooNew:
    return KeystoreTooNew(
        f"the key file {path} holds {what} and this software reads version {_VERSION} with the "
        f"suites {', '.join(SUITES)}; start the version that wrote it, or restore an older file"
    )


def _read_1(header_line: bytes, opened: bytes) -> _Keys:
    suite = msgspec.json.decode(header_line, type=_Header1).suite
    keys = msgspec.json.decode(opened, type=_Keys1)
    return _Keys(sets=[_Set(suite=suite, seeds=keys.seeds)], data_key=keys.data_key)


def _read_2(_header_line: bytes, opened: bytes) -> _Keys:
    return msgspec.json.decode(opened, type=_Keys)


_READERS: Mapping[int, Callable[[bytes, bytes], _Keys]] = {1: _read_1, 2: _read_2}


def _seeds(entropy: bytes) -> dict[str, bytes]:
    names = [purpose.value for purpose in KeyPurpose]
    parts = [entropy[at : at + SEED_BYTES] for at in range(0, _SET_BYTES, SEED_BYTES)]
    return dict(zip(names, parts, strict=True))


def read_credential(path: Path) -> bytes:
    """The passphrase in a credential file, without the line end an editor leaves.

    The group may read it: systemd's LoadCredential and Kubernetes secrets grant their service
    user access in that way. Raises CredentialUnreadable and CredentialExposed.
    """
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as error:
        raise CredentialUnreadable(
            f"the credential file {path}: {error.strerror}; put it in place, or mend its owner"
        ) from error
    if mode & stat.S_IRWXO:
        raise CredentialExposed(
            f"everybody on this machine has access to the credential file {path}; run "
            f"`chmod o= {path}`, and think about who may have read it"
        )
    passphrase = content.rstrip(b"\r\n")
    if not passphrase:
        raise CredentialUnreadable(
            f"the credential file {path} is empty; put the right one in place"
        )
    return passphrase


def _sealed(entropy: bytes, keys: _Keys, passphrase: bytes) -> bytes:
    """The whole file; its salt and nonce are the last of the entropy."""
    salt, nonce = entropy[-_SALT_BYTES - _NONCE_BYTES : -_NONCE_BYTES], entropy[-_NONCE_BYTES:]
    header = _Header(format=_FORMAT, version=_VERSION, salt=salt, nonce=nonce)
    header_line = msgspec.json.encode(header)
    plain = msgspec.json.encode(keys)
    sealed = _cipher(passphrase, header).encrypt(header.nonce, plain, header_line)
    lines = header_line + b"\n" + encode_base64(sealed).encode() + b"\n"
    return lines + hashlib.sha256(lines).hexdigest().encode() + b"\n"


def _checked_lines(data: bytes) -> tuple[bytes, bytes]:
    """The header line and the sealed bytes; ValueError when anything changed."""
    header_line, sealed, checksum, _ = data.split(b"\n")
    lines = header_line + b"\n" + sealed + b"\n"
    if data != lines + checksum + b"\n" or checksum != hashlib.sha256(lines).hexdigest().encode():
        raise ValueError("the checksum differs")
    return header_line, decode_base64(sealed.decode())


def _cipher(passphrase: bytes, header: _Header) -> AESGCM:
    # 16 MiB and about a quarter of a second: one of the settings OWASP gives as equivalent.
    # They belong to the versions of the format, so a file cannot ask for weaker ones.
    key = hashlib.scrypt(passphrase, salt=header.salt, n=2**14, r=8, p=5, dklen=32)
    return AESGCM(key)


def _write_new(path: Path, data: bytes) -> None:
    """Write to a file beside it, force it to the disk, then give it the name, if it is free."""
    try:
        with _draft(path, data) as draft:
            # A link fails where a rename would overwrite the only copy of somebody's keys.
            path.hardlink_to(draft)
            _sync_folder(path.parent)
    except FileExistsError as error:
        raise KeystoreExists(
            f"there is a key file at {path} already, and it is never overwritten; move it away if "
            "you mean to"
        ) from error
    except OSError as error:
        raise KeystoreNotWritten(
            f"the key file {path}: {error.strerror}; nothing is left of it, so make room or choose "
            "another place and try again"
        ) from error


def _write_over(path: Path, data: bytes) -> None:
    """The same, and the name is taken from the old file, which is whole until that moment."""
    try:
        with _draft(path, data) as draft:
            draft.replace(path)
            _sync_folder(path.parent)
    except OSError as error:
        raise KeystoreNotWritten(
            f"the key file {path}: {error.strerror}; see with `tongban key list` whether the new "
            "key set is in it, make room, and try again if it is not"
        ) from error


@contextlib.contextmanager
def _draft(path: Path, data: bytes) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        # The draft lies in a folder that may itself be what failed, and that is reported already.
        with contextlib.suppress(OSError):
            draft.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
