"""Signs what was committed, never what is only in memory (spec/channels.md, "Push and answer")."""

from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint, sign_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import SignedNote, cosign_note, encode_note, parse_note
from tongban.evidence.signer import KeyPurpose
from tongban.logs.faults import TreeDamaged
from tongban.logs.rows import StatementKind, StoredCheckpoint
from tongban.node.faults import BrokenInvariant
from tongban.node.identity import mirror_name
from tongban.node.kernel import Kernel
from tongban.node.trees import check_statement


def sign(kernel: Kernel, statement: StoredCheckpoint) -> bytes:
    """The signed note of a stored statement, signing and storing it if that was not done yet.

    A crash between commit and signature signs the same bytes again. The signer may be remote,
    so no transaction is open while it works. Raises TreeDamaged where the entries have another
    root than is to be signed.
    """
    if statement.signature is not None:
        return statement.signature
    with kernel.database.read() as connection:
        check_statement(kernel, connection, statement)
    note = encode_note(_signed(kernel, statement))
    with kernel.database.write() as connection:
        kernel.store.put_signature(connection, statement, note)
    return note


def _signed(kernel: Kernel, statement: StoredCheckpoint) -> SignedNote:
    checkpoint = Checkpoint(origin=statement.origin, size=statement.size, root=statement.root)
    signer = kernel.identity.signer.of(statement.keys)
    if statement.kind is StatementKind.CHECKPOINT:
        return sign_checkpoint(checkpoint, signer)
    return cosign_note(
        _writers_note(statement, checkpoint),
        name=mirror_name(kernel.identity.name),
        signer=signer,
        purpose=KeyPurpose.MIRROR,
        timestamp=statement.at,
    )


def _writers_note(statement: StoredCheckpoint, checkpoint: Checkpoint) -> SignedNote:
    """The note to cosign; raises TreeDamaged where it no longer says what is stored."""
    if statement.note is None:
        raise BrokenInvariant(f"size {statement.size} of {statement.origin} came without a note")
    try:
        note = parse_note(statement.note)
        said = parse_checkpoint(note.text)
    except EvidenceFault:
        said = None
    if said is None or (said.size, said.root) != (checkpoint.size, checkpoint.root):
        raise TreeDamaged(
            f"the note about size {checkpoint.size} of {checkpoint.origin} is not about what is "
            "stored and was left unsigned; the next one will be signed",
            statement.log,
            statement.generation,
        )
    return note
