"""Files that prove, offline and on their own, that an entry is in a log (C2SP tlog-proof)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tongban.evidence.canonical import decode_base64, decode_decimal, encode_base64
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.faults import UnreadableCheckpoint, UnreadableNote, UnreadableProof
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, encode_note, parse_note, verify_note
from tongban.evidence.suite import HASH_BYTES
from tongban.evidence.tree import leaf_hash, verify_inclusion

_HEADER = "c2sp.org/tlog-proof@v1"
_MAX_HASHES = 63


@dataclass(frozen=True, kw_only=True, slots=True)
class TlogProof:
    """An entry's place in a log, the hashes up to the root, and the note that states the root.

    Nothing authenticates `extra`; whoever uses it must check it by other means.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: SignedNote
    extra: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofResult:
    """Whether the proof holds, and why, in one line that a clerk can read."""

    proven: bool
    reason: str


def encode_proof(proof: TlogProof) -> bytes:
    """The proof's one encoding, the content of a `.tlog-proof` file."""
    lines = [
        _HEADER,
        *([] if proof.extra is None else [f"extra {encode_base64(proof.extra)}"]),
        f"index {proof.index}",
        *map(encode_base64, proof.hashes),
    ]
    return (
        "".join(f"{line}\n" for line in lines).encode() + b"\n" + encode_note(proof.checkpoint_note)
    )


def parse_proof(data: bytes) -> TlogProof:
    """The proof whose encoding is exactly these bytes; raises UnreadableProof."""
    # No line of the head is empty, so the first empty line ends it.
    head, separator, note = data.partition(b"\n\n")
    if not separator:
        raise UnreadableProof("a proof has an empty line before its checkpoint")
    try:
        index, hashes, extra = _parse_head(head.decode("utf-8"))
    except ValueError as error:
        raise UnreadableProof(f"the proof's lines before the checkpoint: {error}") from error
    return TlogProof(
        index=index, hashes=hashes, checkpoint_note=_checkpoint_note(note), extra=extra
    )


def check_proof(
    proof: TlogProof,
    entry: bytes,
    log_key: VerifierKey,
    cosigner_keys: Iterable[VerifierKey] = (),
) -> ProofResult:
    """Whether the log signed that entry is in it, and each cosigner that it saw the same log.

    A proof that does not hold is a result. Raises UnreadableProof only for a proof that
    `parse_proof` would not have returned.
    """
    cosigners = list(cosigner_keys)
    checkpoint = _checkpoint(proof.checkpoint_note)
    doubt = next(_doubts(proof, checkpoint, entry, log_key, cosigners), None)
    if doubt is not None:
        return ProofResult(proven=False, reason=doubt)
    return ProofResult(
        proven=True,
        reason=f"entry {proof.index} is in the log {checkpoint.origin} of size {checkpoint.size}"
        + "".join(f", cosigned by {key.name}" for key in cosigners),
    )


def _doubts(
    proof: TlogProof,
    checkpoint: Checkpoint,
    entry: bytes,
    log_key: VerifierKey,
    cosigners: Sequence[VerifierKey],
) -> Iterator[str]:
    if checkpoint.origin != log_key.name:
        yield f"the checkpoint is of the log {checkpoint.origin!r}, not of {log_key.name!r}"
    for key in (log_key, *cosigners):
        if key not in verify_note(proof.checkpoint_note, [key]):
            claimed = any(line.claims(key) for line in proof.checkpoint_note.signatures)
            fault = "is false" if claimed else "is missing"
            yield f"the signature of {key.name} (key {key.key_id.hex()}) {fault}"
    if proof.index >= checkpoint.size:
        yield f"the log has {checkpoint.size} entries, so none at index {proof.index}"
    leaf = leaf_hash(log_key.suite, entry)
    place = proof.index, checkpoint.size, proof.hashes, checkpoint.root
    if not verify_inclusion(log_key.suite, leaf, *place):
        yield f"the hashes do not lead from this entry at index {proof.index} to the signed root"


def _parse_head(head: str) -> tuple[int, tuple[bytes, ...], bytes | None]:
    header, *lines = head.split("\n")
    if header != _HEADER:
        raise ValueError(f"the first is not {_HEADER}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0).removeprefix("extra "))
    if not lines or not lines[0].startswith("index "):
        raise ValueError("there is no index")
    hashes = tuple(decode_base64(line) for line in lines[1:])
    if len(hashes) > _MAX_HASHES or any(len(step) != HASH_BYTES for step in hashes):
        raise ValueError(f"hashes are at most {_MAX_HASHES}, each of {HASH_BYTES} bytes")
    return decode_decimal(lines[0].removeprefix("index ")), hashes, extra


def _checkpoint_note(data: bytes) -> SignedNote:
    try:
        note = parse_note(data)
    except UnreadableNote as error:
        raise UnreadableProof(f"the proof's checkpoint: {error}") from error
    _checkpoint(note)
    return note


def _checkpoint(note: SignedNote) -> Checkpoint:
    try:
        return parse_checkpoint(note.text)
    except UnreadableCheckpoint as error:
        raise UnreadableProof(f"the proof's checkpoint: {error}") from error
