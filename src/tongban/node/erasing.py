"""Erasing bodies: where they stand, on the record, and so that partners know of it."""

from tongban.core.entry import Actor, Subject
from tongban.core.home.events import BodyErased
from tongban.logs.rows import ChannelStatus
from tongban.node.desk import Desk
from tongban.node.effects import Effects
from tongban.node.erasures import telling, untold
from tongban.node.kept_bodies import KeptBodies
from tongban.node.kernel import Kernel
from tongban.node.work import Draft, Work


def erase(
    kernel: Kernel,
    desk: Desk,
    subject: Subject,
    name: str,
    *,
    actor: Actor,
    ground: str,
    beside: str,
) -> tuple[int, list[str]]:
    """Erase a body of the subject; how many were erased, and who was told or may wait for less.

    beside: the id of the one entry whose body it is, "" for every body of that name.
    """
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        kept = KeptBodies(work, desk, subject)
        erased = kept.erase_beside(beside, name) if beside else kept.erase(name)
        for origin, index in erased:
            event = BodyErased(origin=origin, index=index, body=name, ground=ground)
            Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
            work.close()
        peers = kernel.peers.names() if erased else []
        return len(erased), [peer for peer in peers if tell_erasures(work, peer)]


def tell_erasures(work: Work, peer: str) -> bool:
    """Put on the channel what was erased, so that it comes back from the partner after a loss.

    False where there is nothing to tell, or the line is closed; then it waits until it opens.
    """
    erasures = untold(work.kernel, work.connection, peer)
    if not erasures or work.channel(peer).status is not ChannelStatus.OPEN:
        return False
    effects = Effects(work, peer)
    effects.append([telling(erasure) for erasure in erasures])
    effects.close()
    work.close()
    return True
