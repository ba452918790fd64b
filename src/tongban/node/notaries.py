"""Checks portable signatures on agreements with the keys of the nodes that made them."""

from tongban.core.agreements.signature import NoteVerifier, key_name
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note, verify_note
from tongban.node.identity import Peer
from tongban.node.peers import read_peer
from tongban.node.work import Work


def agreement_verifier(work: Work) -> NoteVerifier:
    """A function from key name and signed note to the text that was signed, or None.

    Partners' keys are those that the transaction knows: a rotation and what was signed under the
    new keys may come in one message.
    """

    def verify(name: str, note: str) -> str | None:
        signer = _signer(work, name)
        return _text(signer, name, note) if signer else None

    return verify


def _signer(work: Work, name: str) -> Peer | None:
    kernel = work.kernel
    if name == key_name(kernel.identity.name):
        return kernel.identity.as_peer()
    found = (peer for peer in kernel.peers.names() if name == key_name(peer))
    return next((read_peer(kernel.store, work.connection, peer) for peer in found), None)


def _text(signer: Peer, name: str, data: str) -> str | None:
    try:
        note = parse_note(data.encode())
    except EvidenceFault:
        return None
    # What an office signed stays signed when its node changes keys.
    signed = any(verify_note(note, [key]) for key in signer.checkpoint_keys(name))
    return note.text if signed else None
