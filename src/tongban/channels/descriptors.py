"""Descriptors: what a node says of itself, signed by its log key (spec/descriptors.md).

Nobody vouches for a descriptor: it proves only that whoever holds the log key wrote it. Two
operators compare its fingerprint by another way, such as the telephone, before they pair.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, Self, TypeVar

import msgspec

from tongban.channels.endpoints import Endpoint, is_sound
from tongban.channels.faults import DescriptorUnreadable
from tongban.channels.keepers import Keeper, keeper_of
from tongban.evidence.canonical import LARGEST_NUMBER, encode_base64
from tongban.evidence.faults import UnreadableKey, UnreadableNote
from tongban.evidence.key_sets import KEY_SETS_MAX
from tongban.evidence.keys import VerifierKey
from tongban.evidence.names import is_node_name
from tongban.evidence.notes import encode_note, parse_note, sign_note, verify_note
from tongban.evidence.signer import KeyPurpose, Signer
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES

_FORMAT_1: Literal["tongban-descriptor/1"] = "tongban-descriptor/1"
_FORMAT_2: Literal["tongban-descriptor/2"] = "tongban-descriptor/2"
_FORMAT_3: Literal["tongban-descriptor/3"] = "tongban-descriptor/3"
_Format = Literal["tongban-descriptor/1", "tongban-descriptor/2", "tongban-descriptor/3"]
DESCRIPTOR_BYTES_MAX = 65_536

_TITLE_CHARACTERS_MAX = 100
_ENDPOINTS_MAX = 8
_VERSIONS_MAX = 64
_VERSION_MAX = 65_535
_JURISDICTION = re.compile(r"\d{6}(?:\d{3}){0,2}", re.ASCII)
_Ordered = TypeVar("_Ordered", str, int)

_GROUPS = 8
_GROUP_CHARACTERS = 4


class Title(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The node's name for people, in Chinese and English."""

    zh: str
    en: str


class PublicKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The public half of each of the node's keys, in the suite's encoding."""

    log: bytes
    mirror: bytes
    witness: bytes
    sealing: bytes

    @classmethod
    def of(cls, signer: Signer) -> Self:
        """The public halves of the signer's keys."""
        return cls(
            log=signer.public(KeyPurpose.LOG),
            mirror=signer.public(KeyPurpose.MIRROR),
            witness=signer.public(KeyPurpose.WITNESS),
            sealing=signer.public(KeyPurpose.SEALING),
        )


class KeySet(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Public keys that a node signs with, or once did, and the suite that they are of.

    kept_by: name of the node whose people hold the keys for this one, "" where it holds them
    itself; only the third format has it. It belongs to the keys and never changes.
    """

    keys: PublicKeys
    suite: str
    kept_by: str = ""

    @classmethod
    def of(cls, signer: Signer, kept_by: str = "") -> Self:
        """The public half of what the signer holds."""
        return cls(keys=PublicKeys.of(signer), suite=signer.suite.name, kept_by=kept_by)

    def verifier_key(self, purpose: KeyPurpose, name: str) -> VerifierKey:
        """The key that checks what the node signs under name; not for the sealing key."""
        suite = SUITES[self.suite]
        key_type = suite.note_type if purpose is KeyPurpose.LOG else suite.cosignature_type
        return VerifierKey(name=name, key_type=key_type, public=getattr(self.keys, purpose.value))


class Reads(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Versions of entries and of messages that the node reads, each in ascending order."""

    entries: tuple[int, ...]
    messages: tuple[int, ...]


class Descriptor(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A node as it presents itself to its peers.

    jurisdictions: codes of administrative divisions (行政区划代码), ascending. endpoints: the one
    that the node prefers comes first. serial: grows with each descriptor that the node makes.
    earlier: the key sets before the present one, from the first on; the present key vouches for
    them. The first format has none. kept_by: of the present keys, as in KeySet.
    """

    format: _Format
    name: str
    title: Title
    jurisdictions: tuple[str, ...]
    suite: str
    keys: PublicKeys
    endpoints: tuple[Endpoint, ...]
    reads: Reads
    serial: int
    earlier: tuple[KeySet, ...] = ()
    kept_by: str = ""

    @property
    def sets(self) -> tuple[KeySet, ...]:
        """Every key set that the node ever had; number n stands at n - 1."""
        return (
            *self.earlier,
            KeySet(keys=self.keys, suite=self.suite, kept_by=self.kept_by),
        )

    def verifier_key(self, purpose: KeyPurpose, name: str) -> VerifierKey:
        """The present key that checks what the node signs under name; not for the sealing key."""
        return self.sets[-1].verifier_key(purpose, name)

    def verifier_keys(self, purpose: KeyPurpose, name: str) -> tuple[VerifierKey, ...]:
        """The keys of all sets that check what the node signs under name, the first set's first."""
        return tuple(each.verifier_key(purpose, name) for each in self.sets)


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Descriptor)


def make_descriptor(
    *,
    name: str,
    title: Title,
    jurisdictions: Sequence[str],
    endpoints: Sequence[Endpoint],
    reads: Reads,
    serial: int,
    signer: Signer,
    earlier: Sequence[Signer] = (),
    keeper: Keeper | None = None,
) -> bytes:
    """A signed descriptor with the signer's keys; raises DescriptorUnreadable for bad values.

    earlier: the key sets before it, oldest first.
    """
    sets = key_sets((*earlier, signer), keeper)
    descriptor = Descriptor(
        format=_lowest_format(sets),
        name=name,
        title=title,
        jurisdictions=tuple(sorted(jurisdictions)),
        suite=signer.suite.name,
        keys=PublicKeys.of(signer),
        endpoints=tuple(endpoints),
        reads=reads,
        serial=serial,
        earlier=sets[:-1],
        kept_by=sets[-1].kept_by,
    )
    _demand_all(descriptor)
    return encode_note(sign_note(_text(descriptor), name=_key_name(descriptor), signer=signer))


def key_sets(signers: Iterable[Signer], keeper: Keeper | None) -> tuple[KeySet, ...]:
    """The public halves of key sets, oldest first, each marked with who keeps it, if anybody."""
    return tuple(
        KeySet.of(signer, keeper_of(keeper, number)) for number, signer in enumerate(signers, 1)
    )


def read_descriptor(data: bytes) -> Descriptor:
    """The descriptor whose encoding is exactly these bytes and whose own log key signed it.

    Raises DescriptorUnreadable.
    """
    if len(data) > DESCRIPTOR_BYTES_MAX:
        raise DescriptorUnreadable(f"a descriptor has at most {DESCRIPTOR_BYTES_MAX} bytes")
    try:
        note = parse_note(data)
        descriptor = _DECODER.decode(note.text)
    except (UnreadableNote, msgspec.MsgspecError) as error:
        raise DescriptorUnreadable(f"the bytes are no descriptor: {error}") from error
    if _text(descriptor) != note.text:
        raise DescriptorUnreadable("the descriptor is not written in its one canonical form")
    _demand_all(descriptor)
    key = descriptor.verifier_key(KeyPurpose.LOG, _key_name(descriptor))
    if len(note.signatures) != 1 or not verify_note(note, [key]):
        raise DescriptorUnreadable(
            f"the descriptor of {descriptor.name} is not signed by its own log key, and no other"
        )
    return descriptor


def supersedes(newer: Descriptor, older: Descriptor) -> bool:
    """Whether newer takes older's place without people who compare fingerprints again."""
    same_node = (newer.name, newer.sets[-1]) == (older.name, older.sets[-1])
    return same_node and newer.serial > older.serial


def continues(newer: Descriptor, older: Descriptor) -> bool:
    """Whether newer is of the same node, with the same key sets as older up to older's newest."""
    known = older.sets
    return newer.name == older.name and newer.sets[: len(known)] == known


def fingerprint(descriptor: Descriptor) -> str:
    """Eight groups of four hexadecimal digits that two operators read to each other.

    They stay when title, endpoints or versions change, and change with the name and every key.
    """
    return _fingerprint(descriptor.name, descriptor.sets[-1])


def fingerprints(descriptor: Descriptor) -> tuple[str, ...]:
    """The fingerprint that each of the node's key sets has or had, the first set's first."""
    return tuple(_fingerprint(descriptor.name, each) for each in descriptor.sets)


def _fingerprint(name: str, key_set: KeySet) -> str:
    keys = key_set.keys
    publics = (keys.log, keys.mirror, keys.witness, keys.sealing)
    lines = ("tongban-fingerprint/1", name, key_set.suite)
    text = "".join(f"{line}\n" for line in (*lines, *map(encode_base64, publics)))
    digits = hashlib.sha256(text.encode("ascii")).hexdigest().upper()
    starts = range(0, _GROUPS * _GROUP_CHARACTERS, _GROUP_CHARACTERS)
    return " ".join(digits[start : start + _GROUP_CHARACTERS] for start in starts)


def _text(descriptor: Descriptor) -> str:
    return _ENCODER.encode(descriptor).decode() + "\n"


def _key_name(descriptor: Descriptor) -> str:
    return f"{descriptor.name}/descriptor"


def _demand_all(descriptor: Descriptor) -> None:
    for holds, demand in _DEMANDS:
        if not holds(descriptor):
            raise DescriptorUnreadable(f"a descriptor {demand}")


def _has_titles(descriptor: Descriptor) -> bool:
    titles = (descriptor.title.zh, descriptor.title.en)
    return all(0 < len(t) <= _TITLE_CHARACTERS_MAX and t.isprintable() for t in titles)


def _has_jurisdictions(descriptor: Descriptor) -> bool:
    codes = descriptor.jurisdictions
    return _ascends(codes) and all(_JURISDICTION.fullmatch(code) for code in codes)


def _has_format(descriptor: Descriptor) -> bool:
    return descriptor.format == _lowest_format(descriptor.sets)


def _lowest_format(sets: Sequence[KeySet]) -> _Format:
    """The lowest format that says it: who never changed keys is read by everybody."""
    if any(each.kept_by for each in sets):
        return _FORMAT_3
    return _FORMAT_2 if len(sets) > 1 else _FORMAT_1


def _has_keepers(descriptor: Descriptor) -> bool:
    # A node that was its own keeper first cannot become a guest: its history would say two things.
    keepers = [each.kept_by for each in descriptor.sets]
    kept = [keeper for keeper in keepers if keeper]
    others = all(is_node_name(keeper) and keeper != descriptor.name for keeper in kept)
    return others and keepers[: len(kept)] == kept and len(set(kept)) <= 1


def _has_signing_keys(descriptor: Descriptor) -> bool:
    sound = all(SUITES[each.suite].is_public(key) for each in descriptor.sets for key in _of(each))
    keys = [key for each in descriptor.sets for key in _of(each)]
    return sound and len(set(keys)) == len(keys)


def _of(key_set: KeySet) -> Iterable[bytes]:
    """The keys that sign."""
    return (key_set.keys.log, key_set.keys.mirror, key_set.keys.witness)


def _has_sealing_key(descriptor: Descriptor) -> bool:
    # Only sealing something shows whether a suite can use the key.
    suite: Suite = SUITES[descriptor.suite]
    try:
        suite.seal(descriptor.keys.sealing, b"", b"", b"")
    except UnreadableKey:
        return False
    return True


def _has_endpoints(descriptor: Descriptor) -> bool:
    return len(descriptor.endpoints) <= _ENDPOINTS_MAX and all(map(is_sound, descriptor.endpoints))


def _has_versions(descriptor: Descriptor) -> bool:
    both = (descriptor.reads.entries, descriptor.reads.messages)
    return all(
        _ascends(v) and v[0] > 0 and v[-1] <= _VERSION_MAX and len(v) <= _VERSIONS_MAX for v in both
    )


def _ascends(values: Sequence[_Ordered]) -> bool:
    return len(values) > 0 and all(a < b for a, b in pairwise(values))


_DEMANDS: Sequence[tuple[Callable[[Descriptor], bool], str]] = (
    (
        lambda d: is_node_name(d.name),
        "names its node with 1 to 63 of a-z, 0-9, dot and hyphen",
    ),
    (_has_titles, f"has titles of 1 to {_TITLE_CHARACTERS_MAX} printable characters"),
    (_has_jurisdictions, "lists one or more codes of 6, 9 or 12 digits, in ascending order"),
    (_has_format, "is written in the lowest format that has what it says"),
    (_has_keepers, "names as keeper of its first key sets one other node, or none"),
    (lambda d: len(d.sets) <= KEY_SETS_MAX, f"names at most {KEY_SETS_MAX} key sets"),
    (
        lambda d: all(each.suite in SUITES for each in d.sets),
        f"uses none but the suites {', '.join(SUITES)}",
    ),
    (_has_signing_keys, "has three signing keys of its suite in each set, all different"),
    (_has_sealing_key, "has a sealing key of its suite"),
    (_has_endpoints, f"has at most {_ENDPOINTS_MAX} endpoints, each well formed for its road"),
    (_has_versions, "lists the versions that its node reads, in ascending order"),
    (lambda d: 0 < d.serial <= LARGEST_NUMBER, "has a serial number from 1 to 2^63 - 1"),
)
