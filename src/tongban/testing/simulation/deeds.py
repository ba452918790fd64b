"""What people do at a moment of a story."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from random import Random

from tongban.core.agreements.document import Agreement, Grant
from tongban.core.cases.events import Delivery, Mode
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.testing.applications import OFFICER
from tongban.testing.simulation import people
from tongban.testing.simulation.bargaining import bargain
from tongban.testing.simulation.people import Matter
from tongban.testing.simulation.world import World

#: Simulated seconds in which an application gets there where nothing hinders it.
_ARRIVES = 0.2
#: How often officials bargain instead of signing; seconds between what they say.
_BARGAINS = 0.6
_ANSWERS = (0.0, 0.01, 0.05, 0.5)
_MODES = (Mode.ALL_ONLINE, Mode.DELEGATED_INTAKE)
#: How results reach people, where these choose; and how often a counter sees their originals.
_WAYS: Mapping[Mode, tuple[Delivery, ...]] = {
    Mode.ALL_ONLINE: (Delivery.ONLINE, Delivery.POST),
    Mode.DELEGATED_INTAKE: (Delivery.ONLINE, Delivery.COUNTER, Delivery.POST),
}
_ORIGINALS = 0.7

#: Something that happens in a world; whether it really did.
Deed = Callable[[World, Random], bool]


def apply(world: World, chance: Random) -> bool:
    """Somebody applies at one place for something that another place decides."""
    name = chance.choice(world.names)
    return _apply(world, name, set(world.names) - {name}, chance)


def apply_between(world: World, name: str, competent: str, chance: Random) -> bool:
    """Somebody applies here for something that this other one decides, if there is any such."""
    return _apply(world, name, {competent}, chance)


def apply_under(world: World, grant: Grant, chance: Random) -> bool:
    """Somebody applies for what an agreement lets the place pass on."""
    world_has = {item.code: item for item in world[grant.grantee].items()}
    wanted = [
        (item, mode)
        for code in grant.items
        for mode in grant.modes
        if mode in _MODES and (item := world_has.get(code)) and item.process_for(mode)
    ]
    return bool(wanted) and _take_in(world, grant.grantee, *chance.choice(wanted), chance)


def offers(world: World, name: str, competent: str) -> bool:
    """Whether one place takes in anything that another decides."""
    return any(item.competent == competent for item in world[name].items())


def have_to_tell(world: World, name: str, peer: str, chance: Random) -> bool:
    """One gets something to tell another: an application, or else an answer to one."""
    if apply_between(world, name, peer, chance):
        return True
    if not apply_between(world, peer, name, chance):
        return False
    world.run(_ARRIVES)
    if not world.machines[name].running:
        return False
    return world.do(partial(people.go_on, world[name], world.matters[-1], chance))


def _apply(world: World, name: str, competent: Collection[str], chance: Random) -> bool:
    offered = [item for item in world[name].items() if item.competent in competent]
    if not offered:
        return False
    item = chance.choice(sorted(offered, key=lambda each: each.code))
    mode = chance.choice([mode for mode in _MODES if item.process_for(mode)])
    return _take_in(world, name, item, mode, chance)


def _take_in(world: World, name: str, item: Item, mode: Mode, chance: Random) -> bool:
    node = world[name]
    if not world.machines[name].running:
        return False
    matter = Matter(node.new_case("310117"), item, mode)
    if world.people_choose:
        way, originals = chance.choice(_WAYS[mode]), chance.random() < _ORIGINALS
        matter = replace(matter, delivery=way, originals=originals)
    command = people.application(matter, node.kernel.clock.now())
    world.matters.append(matter)
    if not world.do(lambda: not isinstance(node.execute(command), Refusal)):
        return False
    world.acknowledged.append((name, matter.case))
    return True


def act(world: World, chance: Random) -> bool:
    """Somebody wants something on a case, whether it is allowed or not."""
    return _on_a_case(world, chance, people.act)


def take_back(world: World, chance: Random) -> bool:
    """Somebody applies, and asks for it back at once or a little later."""
    if not apply(world, chance):
        return False
    matter, name = world.matters[-1], world.acknowledged[-1][0]
    world.run(chance.choice([0.0, 0.005, 0.015, 0.5]))
    if not world.machines[name].running:
        return False
    return world.do(partial(people.do, world[name], matter, "recall"))


def go_on(world: World, chance: Random) -> bool:
    """A case is brought further, if its state lets it."""
    return _on_a_case(world, chance, people.go_on)


def negotiate(world: World, chance: Random) -> bool:
    """An official acts on an agreement, or two sit at a table over a new text of it."""
    if not world.agreements:
        return False
    agreement = chance.choice(world.agreements)
    if chance.random() < _BARGAINS:
        return _bargain(world, agreement, chance)
    name, partner = chance.sample(sorted(agreement.nodes), 2)
    if not world.machines[name].running:
        return False
    return world.do(partial(people.negotiate, world[name], partner, agreement, chance))


def _bargain(world: World, agreement: Agreement, chance: Random) -> bool:
    """Each does something now and then, often before the other's last letter has come."""
    done = False
    for _ in range(chance.randint(2, 7)):
        name, partner = chance.sample(sorted(agreement.nodes), 2)
        if world.machines[name].running:
            done |= world.do(partial(bargain, world[name], partner, agreement, chance))
        world.run(chance.choice(_ANSWERS))
    return done


def erase(world: World, chance: Random) -> bool:
    """A body is erased at one node."""
    name = chance.choice(world.names)
    if not world.matters or not world.machines[name].running:
        return False
    case, node = chance.choice(world.matters).case, world[name]
    erase_it = partial(node.erase_body, case, "application", actor=OFFICER, ground="asked")
    if not world.do(erase_it):
        return False
    world.erased.append((name, case))
    return True


def publish(world: World, chance: Random) -> bool:
    """A catalogue officer changes, opens or withdraws an item; the rounds tell partners of it."""
    name = chance.choice(world.names)
    if not world.machines[name].running or not world[name].published.own():
        return False
    return world.do(partial(people.publish, world[name], chance))


def _on_a_case(world: World, chance: Random, what: Callable[..., bool]) -> bool:
    if not world.matters:
        return False
    matter = chance.choice(world.matters)
    name = chance.choice(world.names)
    if not world.machines[name].running:
        return False
    return world.do(partial(what, world[name], matter, chance))


DEEDS: Mapping[str, Deed] = {
    "apply": apply,
    "act": act,
    "go_on": go_on,
    "take_back": take_back,
    "negotiate": negotiate,
    "erase": erase,
    "publish": publish,
}
