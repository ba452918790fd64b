"""What people do at a moment of a story."""

from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from tongban.core.cases.events import Mode
from tongban.core.refusal import Refusal
from tongban.testing.applications import OFFICER
from tongban.testing.simulation import people
from tongban.testing.simulation.people import Matter
from tongban.testing.simulation.world import World

#: Something that happens in a world; whether it really did.
Deed = Callable[[World, Random], bool]


def apply(world: World, chance: Random) -> bool:
    """Somebody applies at one place for something that another place decides."""
    name = chance.choice(world.names)
    node = world[name]
    offered = [item for item in node.items() if item.competent in set(world.names) - {name}]
    if not offered or not world.machines[name].running:
        return False
    item = chance.choice(sorted(offered, key=lambda each: each.code))
    modes = [m for m in (Mode.ALL_ONLINE, Mode.DELEGATED_INTAKE) if item.process_for(m)]
    matter = Matter(node.new_case("310117"), item, chance.choice(modes))
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
    """An official acts on an agreement."""
    if not world.agreements:
        return False
    agreement = chance.choice(world.agreements)
    name, partner = chance.sample(sorted(agreement.nodes), 2)
    if not world.machines[name].running:
        return False
    return world.do(partial(people.negotiate, world[name], partner, agreement, chance))


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
