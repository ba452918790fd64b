"""Checkpoints of channel logs on the home log, so that both are tied to each other."""

from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.home.events import ChannelCheckpointed
from tongban.logs.rows import Head, LogKind
from tongban.node.effects import Effects
from tongban.node.work import Draft, Work


def anchor(work: Work, peer: str, kind: LogKind) -> int:
    """Put on the home log where one log of a channel ends; 1, or 0 where it says so already."""
    store, connection = work.kernel.store, work.connection
    log = store.open_log(connection, kind=kind, peer=peer)
    head = store.head(connection, log)
    key = f"anchored/{kind.value}/{peer}"
    if head is None or head.size == 0 or store.mark(connection, key) == _place(head):
        return 0
    root = head.range.root(head.suite).hex()
    event = ChannelCheckpointed(origin=head.origin, size=head.size, root=root)
    subject = Subject(kind=SubjectKind.CHANNEL, id=peer)
    actor = Actor(kind=ActorKind.SYSTEM)
    Effects(work, peer).append_home([Draft(event=event, subject=subject, actor=actor)])
    store.put_mark(connection, key, _place(head))
    return 1


def _place(head: Head) -> str:
    return f"{head.generation}/{head.size}"
