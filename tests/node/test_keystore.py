"""A key file keeps its keys, and says plainly why it does not open."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.node import keystore
from tongban.node.keystore import (
    ENTROPY_BYTES,
    SET_ENTROPY_BYTES,
    add_key_set,
    create_keystore,
    open_keystore,
    read_credential,
)

PASSPHRASE = b"made up for this test"
ENTROPY = bytes(range(ENTROPY_BYTES))
MORE = bytes(reversed(range(SET_ENTROPY_BYTES)))
VERSION_1 = Path(__file__).with_name("keystore_version_1.txt")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("keys") / "keystore"
    create_keystore(path, PASSPHRASE, ENTROPY)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, original: bytes) -> Path:
    (tmp_path / "keystore").write_bytes(original)
    return tmp_path / "keystore"


def test_the_file_gives_back_a_signer_with_four_different_keys(path: Path) -> None:
    signer = open_keystore(path, PASSPHRASE)
    assert len({signer.public(purpose) for purpose in KeyPurpose}) == 4
    signature = signer.sign(KeyPurpose.LOG, b"message")
    assert signer.suite.verify(signer.public(KeyPurpose.LOG), b"message", signature)


def test_the_keys_come_from_the_entropy_alone(path: Path) -> None:
    signer = open_keystore(path, PASSPHRASE)
    ring = signer.of(1)
    assert isinstance(ring, KeyRing)
    assert ring.private_keys[KeyPurpose.MIRROR] == ENTROPY[32:64]
    assert signer.data_key == ENTROPY[128:160]


def test_no_secret_is_readable_in_the_file_or_in_a_log_line(path: Path) -> None:
    signer = open_keystore(path, PASSPHRASE)
    assert ENTROPY[:8] not in path.read_bytes()
    assert "data_key" not in repr(signer)
    assert "private_keys" not in repr(signer)


def test_a_new_file_is_its_owners_only_and_leaves_no_draft(tmp_path: Path) -> None:
    create_keystore(tmp_path / "keystore", PASSPHRASE, ENTROPY)
    assert [entry.name for entry in tmp_path.iterdir()] == ["keystore"]
    assert stat.S_IMODE((tmp_path / "keystore").stat().st_mode) == 0o600


def test_a_draft_left_by_a_crash_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".keystore.draft").write_bytes(b"half of a key file")
    create_keystore(tmp_path / "keystore", PASSPHRASE, ENTROPY)
    assert open_keystore(tmp_path / "keystore", PASSPHRASE).data_key


def test_a_key_file_is_never_overwritten(path: Path, original: bytes) -> None:
    with pytest.raises(keystore.KeystoreExists):
        create_keystore(path, b"another", ENTROPY)
    assert path.read_bytes() == original
    assert len(list(path.parent.iterdir())) == 1


def test_a_folder_that_takes_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(keystore.KeystoreNotWritten):
            create_keystore(folder / "keystore", PASSPHRASE, ENTROPY)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(keystore.KeystoreNotWritten, match="No space left"):
        create_keystore(tmp_path / "keystore", PASSPHRASE, ENTROPY)
    assert list(tmp_path.iterdir()) == []


def test_too_little_entropy_is_a_broken_invariant(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not 5"):
        create_keystore(tmp_path / "keystore", PASSPHRASE, b"short")


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(keystore.KeystoreMissing):
        open_keystore(tmp_path / "keystore", PASSPHRASE)


def test_a_wrong_passphrase_is_told_from_damage(path: Path) -> None:
    with pytest.raises(keystore.WrongPassphrase):
        open_keystore(path, b"wrong")


def test_every_changed_byte_is_damage(path: Path, original: bytes) -> None:
    for at in range(len(original)):
        path.write_bytes(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :])
        with pytest.raises(keystore.KeystoreDamaged):
            open_keystore(path, PASSPHRASE)


def test_every_truncation_is_damage(path: Path, original: bytes) -> None:
    for length in range(len(original)):
        path.write_bytes(original[:length])
        with pytest.raises(keystore.KeystoreDamaged):
            open_keystore(path, PASSPHRASE)


def test_a_newer_format_is_told_from_damage(path: Path, original: bytes) -> None:
    header, sealed, *_ = original.split(b"\n")
    lines = header.replace(b'"version":2', b'"version":3') + b"\n" + sealed + b"\n"
    path.write_bytes(lines + hashlib.sha256(lines).hexdigest().encode() + b"\n")
    with pytest.raises(keystore.KeystoreTooNew, match="version 3"):
        open_keystore(path, PASSPHRASE)


def test_a_file_of_the_first_version_opens_and_takes_a_second_key_set(tmp_path: Path) -> None:
    path = tmp_path / "keystore"
    path.write_bytes(VERSION_1.read_bytes())
    first = open_keystore(path, b"a passphrase")
    add_key_set(path, b"a passphrase", MORE, after=1)
    both = open_keystore(path, b"a passphrase")
    assert (first.number, both.number) == (1, 2)
    assert both.of(1).public(KeyPurpose.LOG) == first.public(KeyPurpose.LOG)
    assert both.data_key == first.data_key


def test_a_new_key_set_signs_and_what_was_sealed_to_an_older_one_opens(path: Path) -> None:
    old = open_keystore(path, PASSPHRASE)
    sealed = old.suite.seal(old.public(KeyPurpose.SEALING), b"info", b"", b"text")
    added = add_key_set(path, PASSPHRASE, MORE, after=1)
    signer = open_keystore(path, PASSPHRASE)
    assert signer.public(KeyPurpose.LOG) == added.public(KeyPurpose.LOG)
    assert signer.unseal(b"info", b"", sealed) == b"text"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_fails_while_a_set_is_added_one_whole_file_is_left(
    path: Path, original: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(os if step == "fsync" else Path, step, fails)
    with pytest.raises(keystore.KeystoreNotWritten):
        add_key_set(path, PASSPHRASE, MORE, after=1)
    assert path.read_bytes() == original
    assert [entry.name for entry in path.parent.iterdir()] == ["keystore"]


def test_a_file_that_was_exchanged_meanwhile_is_not_grown(path: Path, original: bytes) -> None:
    with pytest.raises(keystore.KeystoreChanged, match="holds 1 key sets and the node knows 2"):
        add_key_set(path, PASSPHRASE, MORE, after=2)
    assert path.read_bytes() == original


def test_there_is_a_last_key_set(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "KEY_SETS_MAX", 1)
    with pytest.raises(keystore.TooManyKeySets):
        add_key_set(path, PASSPHRASE, MORE, after=1)


def credential(folder: Path, content: bytes, mode: int) -> Path:
    path = folder / "passphrase"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("content", [b"secret", b"secret\n", b"secret\r\n"])
def test_a_credential_is_read_without_its_line_end(tmp_path: Path, content: bytes) -> None:
    assert read_credential(credential(tmp_path, content, 0o400)) == b"secret"


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644])
def test_a_credential_open_to_everybody_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(keystore.CredentialExposed):
        read_credential(credential(tmp_path, b"secret", mode))


def test_an_empty_or_missing_credential_is_refused(tmp_path: Path) -> None:
    with pytest.raises(keystore.CredentialUnreadable, match="empty"):
        read_credential(credential(tmp_path, b"\n", 0o600))
    with pytest.raises(keystore.CredentialUnreadable, match="No such file"):
        read_credential(tmp_path / "nothing")
