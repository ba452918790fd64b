"""Telling a peer how much of its log is stored here, and hearing the same of ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tongban.channels.messages import Holding, Position
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import SignedNote, cosigned_at, parse_note, verify_note
from tongban.logs.rows import Generation, LogKind
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.positions import before, position
from tongban.node.signing import sign
from tongban.node.trees import root_of
from tongban.node.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a peer stands in our log.

    ahead: it holds more of it than we do. elsewhere: it holds our signature under another history.
    """

    position: Position
    ahead: bool
    elsewhere: bool


def holding(kernel: Kernel, peer: str, known: Position, *, signing: bool = True) -> Holding:
    """What is stored of the peer's log, with the cosignatures beyond what it knows of.

    signing: also with those that have to be signed yet; raises TreeDamaged then.
    """
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
        if statement
        and (statement.generation, statement.size) > (known.generation, known.size)
        and (statement.signature is not None or signing)
    ]
    return Holding(position=position(head), notes=[sign(kernel, line) for line in latest])


def hear_holding(work: Work, peer: Peer, heard: Holding) -> Standing:
    """Keep the peer's cosignatures of our log; notes that say anything else are passed over."""
    said = list(_read(work, peer, heard.notes))
    for each in said:
        _keep(work, peer, each)
    end = position(work.head(work.own_log(peer.name)))
    return Standing(
        position=heard.position,
        ahead=before(end, heard.position),
        elsewhere=any(_is_elsewhere(work, each) for each in said),
    )


def hear_notes(work: Work, peer: Peer, notes: Sequence[bytes]) -> None:
    """Keep the notes that the peer cosigned about what was stated of our log."""
    for said in _read(work, peer, notes):
        _keep(work, peer, said)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A note about a generation of our log; data: its bytes as heard."""

    data: bytes
    note: SignedNote
    checkpoint: Checkpoint
    log: int
    head: Generation


def _read(work: Work, peer: Peer, notes: Sequence[bytes]) -> Iterator[_Said]:
    log = work.own_log(peer.name)
    heads = {head.origin: head for head in work.kernel.store.generations(work.connection, log)}
    for data in dict.fromkeys(notes):
        try:
            note = parse_note(data)
            checkpoint = parse_checkpoint(note.text)
        except EvidenceFault:
            continue
        head = heads.get(checkpoint.origin)
        if head:
            yield _Said(data=data, note=note, checkpoint=checkpoint, log=log, head=head)


def _is_elsewhere(work: Work, said: _Said) -> bool:
    """Whether we signed here what our log never was: our database is not the one we signed for."""
    me, checkpoint, head = work.kernel.identity, said.checkpoint, said.head
    if not 0 < checkpoint.size <= head.size:
        return False
    place = (said.log, head.generation, checkpoint.size)
    if root_of(work.kernel, work.connection, *place) == checkpoint.root:
        return False
    keys = me.as_peer().checkpoint_keys(checkpoint.origin)
    return any(verify_note(said.note, [key]) for key in keys)


def _keep(work: Work, peer: Peer, said: _Said) -> None:
    store, connection = work.kernel.store, work.connection
    place = (said.head.generation, said.checkpoint.size)
    stated = store.checkpoint(connection, said.log, *place)
    if stated is None or stated.root != said.checkpoint.root:
        return
    if all(cosigned_at(said.note, key) is None for key in peer.cosignature_keys()):
        return
    store.put_note(connection, said.log, *place, said.data)
    row = work.channel(peer.name)
    if place > (row.cosigned_generation, row.cosigned_size):
        row = replace(row, cosigned_generation=place[0], cosigned_size=place[1])
        work.put_channel(row)
