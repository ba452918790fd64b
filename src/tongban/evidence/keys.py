"""Names, key ids and text form of public signing keys (C2SP signed-note)."""

import hashlib
import re
from dataclasses import dataclass

from tongban.evidence.canonical import decode_base64, encode_base64
from tongban.evidence.faults import UnreadableKey
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITE_OF_KEY_TYPE

KEY_ID_BYTES = 4
_NOT_IN_NAMES = re.compile(r"[+\s\x00-\x1f]")
_VKEY = re.compile(r"([^+]+)\+([0-9a-fA-F]{8})\+(.+)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifierKey:
    """A public key, what it signs (its type), and the name that it signs under."""

    name: str
    key_type: bytes
    public: bytes

    @property
    def suite(self) -> Suite:
        """The suite that the key's type belongs to."""
        return SUITE_OF_KEY_TYPE[self.key_type]

    @property
    def timestamped(self) -> bool:
        """Whether the key makes cosignatures, which carry the time, and not plain signatures."""
        return self.key_type == self.suite.cosignature_type

    @property
    def key_id(self) -> bytes:
        """The four bytes that tell this key from others of its name.

        SHA-256 whatever the suite: an identifier, not a commitment, and C2SP tools compute it.
        """
        identity = self.name.encode() + b"\n" + self.key_type + self.public
        return hashlib.sha256(identity).digest()[:KEY_ID_BYTES]

    def encode_vkey(self) -> str:
        """The key as one word of text, `name+id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(self.key_type + self.public)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteSignature:
    """One signature line: who claims to have signed, and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def claims(self, key: VerifierKey) -> bool:
        """Whether the line says that this key signed; whether it did is another question."""
        return (self.name, self.key_id) == (key.name, key.key_id)


def parse_vkey(text: str) -> VerifierKey:
    """Inverse of `encode_vkey`; raises UnreadableKey."""
    parts = _VKEY.fullmatch(text)
    if parts is None or not is_key_name(parts[1]):
        raise UnreadableKey("a verifier key has the form name+8 hexadecimal digits+base64")
    try:
        typed = decode_base64(parts[3])
    except ValueError as error:
        raise UnreadableKey(f"the verifier key of {parts[1]!r} is not base64") from error
    key_type, public = _typed_public(parts[1], typed)
    key = VerifierKey(name=parts[1], key_type=key_type, public=public)
    if key.key_id != bytes.fromhex(parts[2]):
        raise UnreadableKey(
            f"the verifier key of {key.name!r} does not match its own id {parts[2]}"
        )
    return key


def is_key_name(name: str) -> bool:
    """Whether a note may carry the name: not empty, no Unicode space, no plus, no control."""
    return bool(name) and _NOT_IN_NAMES.search(name) is None


def _typed_public(name: str, typed: bytes) -> tuple[bytes, bytes]:
    for key_type, suite in SUITE_OF_KEY_TYPE.items():
        public = typed.removeprefix(key_type)
        if public != typed and suite.is_public(public):
            return key_type, public
    raise UnreadableKey(f"the verifier key of {name!r} is of a type not known here, or unsafe")
