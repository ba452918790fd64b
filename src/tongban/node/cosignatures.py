"""Telling a peer how much of its log is stored here, and hearing the same of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tongban.channels.messages import Holding, Position
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import cosigned_at, parse_note, verify_note
from tongban.evidence.tree import root_at
from tongban.logs.rows import Generation, LogKind
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.positions import before, position
from tongban.node.signing import sign
from tongban.node.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a peer stands in our log.

    ahead: it holds more of it than we do. elsewhere: it holds our signature under another history.
    """

    position: Position
    ahead: bool
    elsewhere: bool


def holding(kernel: Kernel, peer: str, known: Position) -> Holding:
    """What is stored of the peer's log, with the cosignatures beyond what it knows of."""
    with kernel.database.write() as connection:
        log = kernel.store.open_log(connection, kind=LogKind.MIRROR, peer=peer)
        head = kernel.store.head(connection, log)
        lasts = [
            kernel.store.last_statement(
                connection, log, generation.generation, at_most=generation.size
            )
            for generation in kernel.store.generations(connection, log)
            if generation.generation >= known.generation
        ]
    latest = [
        statement
        for statement in lasts
        if statement and (statement.generation, statement.size) > (known.generation, known.size)
    ]
    return Holding(position=position(head), notes=[sign(kernel, line) for line in latest])


def hear_holding(work: Work, peer: Peer, heard: Holding) -> Standing:
    """Keep the peer's cosignatures of our log; notes that say anything else are passed over."""
    hear_notes(work, peer, heard.notes)
    end = position(work.head(work.own_log(peer.name)))
    return Standing(
        position=heard.position,
        ahead=before(end, heard.position),
        elsewhere=any(_is_elsewhere(work, peer.name, note) for note in dict.fromkeys(heard.notes)),
    )


def hear_notes(work: Work, peer: Peer, notes: Sequence[bytes]) -> None:
    """Keep the notes that the peer cosigned about what was stated of our log."""
    log = work.own_log(peer.name)
    heads = {head.origin: head for head in work.kernel.store.generations(work.connection, log)}
    for note in dict.fromkeys(notes):
        _keep(work, peer, log, heads, note)


def _is_elsewhere(work: Work, peer: str, data: bytes) -> bool:
    """Whether we signed here what our log never was: our database is not the one we signed for."""
    try:
        note = parse_note(data)
        checkpoint = parse_checkpoint(note.text)
    except EvidenceFault:
        return False
    store, connection, me = work.kernel.store, work.connection, work.kernel.identity
    log = work.own_log(peer)
    heads = store.generations(connection, log)
    head = next((each for each in heads if each.origin == checkpoint.origin), None)
    if head is None or not 0 < checkpoint.size <= head.size:
        return False
    subtree = store.subtree(connection, log, head.generation)
    if root_at(me.suite, checkpoint.size, subtree) == checkpoint.root:
        return False
    keys = me.as_peer().checkpoint_keys(checkpoint.origin)
    return any(verify_note(note, [key]) for key in keys)


def _keep(work: Work, peer: Peer, log: int, heads: dict[str, Generation], data: bytes) -> None:
    try:
        note = parse_note(data)
        checkpoint = parse_checkpoint(note.text)
    except EvidenceFault:
        return
    head = heads.get(checkpoint.origin)
    if head is None:
        return
    store, connection = work.kernel.store, work.connection
    stated = store.checkpoint(connection, log, head.generation, checkpoint.size)
    if stated is None or stated.root != checkpoint.root:
        return
    if all(cosigned_at(note, key) is None for key in peer.cosignature_keys()):
        return
    store.put_note(connection, log, head.generation, checkpoint.size, data)
    row = work.channel(peer.name)
    place = (head.generation, checkpoint.size)
    if place > (row.cosigned_generation, row.cosigned_size):
        row = replace(row, cosigned_generation=place[0], cosigned_size=place[1])
        work.put_channel(row)
