"""A partner that sends more than it may."""

from random import Random

from tongban.channels.envelopes import seal_envelope
from tongban.channels.faults import MessageUnreadable, OverQuota
from tongban.channels.signed_messages import sign_message
from tongban.testing.simulation.machine import QUOTA
from tongban.testing.simulation.world import World

#: Messages beyond the quota.
_MORE = 5


def flood(world: World, chance: Random) -> bool:
    """Signed rubbish, until the quota is spent, and some more."""
    name, peer = chance.sample(world.names, 2)
    if not world.machines[name].running or not world.machines[peer].running:
        return False
    envelope = _rubbish(world, name, peer)
    if envelope is None:
        return False
    taken = sum(_taken(world, peer, envelope) for _ in range(QUOTA.messages + _MORE))
    world.flooded.append((peer, name, taken))
    return True


def _taken(world: World, peer: str, envelope: bytes) -> bool:
    """Whether it was read at all, however unreadable it is."""
    try:
        world[peer].hear(envelope)
    except OverQuota:
        return False
    except MessageUnreadable:
        return True
    return True


def _rubbish(world: World, name: str, peer: str) -> bytes | None:
    node = world[name]
    found, signer = node.kernel.peers.get(peer), node.kernel.identity.signer
    if found is None or world[peer].kernel.peers.get(name) is None:
        return None
    return seal_envelope(
        sign_message(b"rubbish", sender=name, receiver=peer, signer=signer, earlier=signer.earlier),
        sender=name,
        receiver=peer,
        recipient_key=found.sealing_key,
        suite=found.suite,
    )
