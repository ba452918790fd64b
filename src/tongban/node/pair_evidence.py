"""What this node and a partner hold in common about what each opens to the other."""

from collections.abc import Iterator
from datetime import datetime

from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.core.mandates.progress import PairEvidence
from tongban.logs.rows import LogKind, View
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.states import States
from tongban.node.work import Work, readable


def pair_evidence(kernel: Kernel, peer: str) -> tuple[PairEvidence, PairEvidence]:
    """What the partner decides for people here, then what this node decides for people there."""
    me = kernel.identity.name
    with kernel.database.read() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        states = Effects(work, peer).own
        cases = tuple(_cases(kernel, connection, {me, peer}))
        return (
            _evidence(work, states, cases, taker=me, decider=peer),
            _evidence(work, states, cases, taker=peer, decider=me),
        )


def _evidence(
    work: Work, states: States, cases: tuple[CaseState, ...], *, taker: str, decider: str
) -> PairEvidence:
    return PairEvidence(
        taker=taker,
        decider=decider,
        pair=states.pair(),
        items=tuple(_listed(work, states, decider)),
        heard_at=_heard_at(work, taker, decider),
        cases=tuple(
            case for case in cases if (case.intake_party, case.competent) == (taker, decider)
        ),
    )


def _listed(work: Work, states: States, decider: str) -> Iterator[Item]:
    """Items on the decider's list whose processes are kept; a version that waits counts not yet."""
    state = states.catalogue(decider)
    library, connection = work.kernel.library, work.connection
    for line in state.lines if state else ():
        item = library.item(connection, line.document)
        known = all(library.process(connection, digest) for digest in line.processes)
        if item is not None and line.processes and known:
            yield item


def _heard_at(work: Work, taker: str, decider: str) -> datetime | None:
    """The instant of the last entry on the decider's log to the taker."""
    store, connection = work.kernel.store, work.connection
    own = decider == work.kernel.identity.name
    kind, peer = (LogKind.OWN, taker) if own else (LogKind.MIRROR, decider)
    log = store.find_log(connection, kind=kind, peer=peer)
    head = store.head(connection, log) if log is not None else None
    if log is None or head is None:
        return None
    for index in range(head.size - 1, -1, -1):
        row = store.entry(connection, log, head.generation, index)
        entry = readable(row.data) if row else None
        if entry is not None:
            return entry.at
    return None


def _cases(kernel: Kernel, connection: Connection, pair: set[str]) -> Iterator[CaseState]:
    for row in kernel.store.states(connection, View.OWN, "case"):
        state = decode(row.data, CaseState) if row.data else None
        if state is not None and {state.intake_party, state.competent} == pair:
            yield state
