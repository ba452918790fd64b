"""Bits that flip on the disk of a machine that is down.

In entries and bodies only where the partner holds them whole, since nobody else can give them back:
home logs have no mirror, and come from a backup (docs/explanation/promises.md). In hashes of any
log.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from random import Random

from tongban.testing.simulation.machine import SQL, Machine
from tongban.testing.simulation.world import Rotten, SharedBody, World, shared, shared_bodies

#: The versions of messages in which entries, and bodies, are given back.
_REPAIRS, _REPAIRS_BODIES = 2, 4
_AWAY = 2.0
_FLIPS = (1, 3)
#: How often the hash of another entry flips too, the end of a log, and a body.
_HASH, _END, _BODY = 0.5, 0.5, 0.5


def flip(world: World, chance: Random) -> bool:
    """A machine falls, and comes back with a few bits changed."""
    machine = world.machines[chance.choice(world.names)]
    if not machine.running:
        return False
    places = _mirrored(world, machine)
    if not places:
        return False
    chosen = chance.sample(sorted(places), min(len(places), chance.randint(*_FLIPS)))
    hashes = [place for place in _hashed(machine) if place not in chosen]
    bodies = _held_by_both(world, machine)
    world.fall(machine, power=False, away=chance.random() * _AWAY)
    for place in chosen:
        world.rotten.add(places[place])
        machine.flip("entry", place, chance.getrandbits(16))
    _flip_hashes(world, machine, hashes, chance)
    if bodies and chance.random() < _BODY:
        body, peer = chance.choice(bodies)
        _, became = machine.flip("body", body.place, chance.getrandbits(16))
        world.rotten.add(Rotten(machine.name, peer, body.leaf_hash, body.place[-1], became))
    world.timeline.after(0, partial(world.looked))
    return True


def _flip_hashes(
    world: World, machine: Machine, hashes: list[tuple[int, int, int]], chance: Random
) -> None:
    """The hash of an entry that is whole, the end of a log, both or neither."""
    if hashes and chance.random() < _HASH:
        place = chance.choice(hashes)
        before, after = machine.flip("hash", place, chance.getrandbits(16))
        world.turned[after] = before
        world.torn.add(machine.name)
    if hashes and chance.random() < _END:
        end = chance.choice(sorted({place[:2] for place in hashes}))
        machine.flip("end", end, chance.getrandbits(16))
        world.torn.add(machine.name)


def _hashed(machine: Machine) -> list[tuple[int, int, int]]:
    """Entries of all logs of which the hash can be told from the bytes."""
    with machine.database.read() as connection:
        rows = connection.execute(SQL["hashed"]).fetchall()
    return [
        (log, generation, leaf)
        for log, generation, leaf, hash_, data in rows
        if sha256(b"\0" + data).digest() == hash_
    ]


def _held_by_both(world: World, machine: Machine) -> list[tuple[SharedBody, str]]:
    """Bodies that rot here and can come back, and from whom."""
    rotten = {each.became for each in world.rotten}
    found: list[tuple[SharedBody, str]] = []
    for name, other in _keepers(world, machine, _REPAIRS_BODIES):
        theirs = {
            (body.leaf_hash, body.place[-1])
            for body in shared_bodies(other)
            if body.sealed not in rotten
        }
        found += [
            (body, name)
            for body in shared_bodies(machine)
            if body.peer == name and (body.leaf_hash, body.place[-1]) in theirs
        ]
    return found


def _keepers(world: World, machine: Machine, version: int) -> Iterator[tuple[str, Machine]]:
    """Partners that can give back what they hold too."""
    for name, other in world.machines.items():
        # What is not yet on the partner's platter may be lost there as well.
        kept = other.running and not other.disk.unsynced
        one_history = not {name, machine.name} & world.signatures.forgiven
        repairs = version in machine.versions and version in other.versions
        if other is not machine and kept and one_history and repairs:
            yield name, other


def _mirrored(world: World, machine: Machine) -> dict[tuple[int, int, int], Rotten]:
    """Entries that rot here and can come back: by place in the database."""
    found: dict[tuple[int, int, int], Rotten] = {}
    for name, other in _keepers(world, machine, _REPAIRS):
        # What was a lie the partner may erase, and then nobody has it.
        lies = {leaf_hash for _, _, leaf_hash in world.lies}
        theirs = {entry.leaf_hash for entry in shared(other) if entry.whole} - lies
        found |= {
            entry.place: Rotten(machine.name, name, entry.leaf_hash)
            for entry in shared(machine)
            if entry.peer == name and entry.whole and entry.leaf_hash in theirs
        }
    return found
