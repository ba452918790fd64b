"""Checks portable signatures on agreements with the keys of the nodes that made them."""

from tongban.core.agreements.signature import NoteVerifier, key_name
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note, verify_note
from tongban.node.identity import Identity, Peer
from tongban.node.peers import PeerBook


def agreement_verifier(identity: Identity, peers: PeerBook) -> NoteVerifier:
    """A function from key name and signed note to the text that was signed, or None."""

    def verify(name: str, note: str) -> str | None:
        signer = _signer(identity, peers, name)
        return _text(signer, name, note) if signer else None

    return verify


def _signer(identity: Identity, peers: PeerBook, name: str) -> Peer | None:
    if name == key_name(identity.name):
        return identity.as_peer()
    return next((peers.get(peer) for peer in peers.names() if name == key_name(peer)), None)


def _text(signer: Peer, name: str, data: str) -> str | None:
    try:
        note = parse_note(data.encode())
    except EvidenceFault:
        return None
    # What an office signed stays signed when its node changes keys.
    signed = any(verify_note(note, [key]) for key in signer.checkpoint_keys(name))
    return note.text if signed else None
