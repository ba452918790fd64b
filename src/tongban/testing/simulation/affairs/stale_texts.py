"""Somebody offers and signs a text that lay on a table and was left there for another."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import permutations
from random import Random

from tongban.core.agreements.commands import Offer
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.china_time import china_day
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
)
from tongban.core.refusal import Refusal
from tongban.node.node import Node
from tongban.testing.applications import OFFICER
from tongban.testing.simulation.people import sign_own
from tongban.testing.simulation.texts import SOON, are_up, granting
from tongban.testing.simulation.world import World

#: Texts that are laid in this way; none is a version that anybody else signs.
_DRAFTS = range(231, 241)
_PAUSES = (0.0, 0.01, SOON)

_Texts = tuple[Agreement, Agreement]


def sign_what_was_not_agreed(world: World, chance: Random) -> bool:
    """One proposes, the other counters, the first accepts; both sign what they hold for agreed.

    Of the two texts only one was agreed, and all of it may be said before anything was heard.
    """
    older = granting(world, chance)
    if older is None:
        return False
    first, second = (replace(older, version=number) for number in chance.sample(_DRAFTS, 2))
    names = chance.sample(sorted(older.nodes), 2)
    world.agreements += [text for text in (first, second) if text not in world.agreements]
    if are_up(world, older):
        _talk(world, names, (first, second), chance)
    done = False
    for text in chance.sample((first, second), 2):
        for name, partner in permutations(names):
            if are_up(world, older):
                done |= world.do(partial(_offer_and_sign, world[name], partner, text))
            world.run(chance.choice(_PAUSES))
    return done


def _talk(world: World, names: list[str], texts: _Texts, chance: Random) -> None:
    one, other = names
    table = world[one].negotiations.fresh_name()
    day = (china_day(world[one].kernel.clock.now()) + timedelta(days=2)).isoformat()
    first, second = map(document_digest, texts)
    acts = (
        ProposeAgreement(negotiation=table, actor=OFFICER, document=first, answer_by=day),
        CounterProposal(
            negotiation=table, actor=OFFICER, version=1, document=second, answer_by=day
        ),
        AcceptProposal(negotiation=table, actor=OFFICER, version=2),
    )
    for (name, partner), command in zip(
        ((one, other), (other, one), (one, other)), acts, strict=True
    ):
        if world.machines[name].running:
            world.do(partial(_say, world[name], partner, texts, command))
        world.run(chance.choice((SOON, SOON, 0.01)))


def _say(node: Node, partner: str, texts: _Texts, command: NegotiationCommand) -> bool:
    with node.kernel.database.write() as connection:
        for text in texts:
            node.kernel.library.put(connection, document_bytes(text))
    return not isinstance(node.execute(command, partner=partner), Refusal)


def _offer_and_sign(node: Node, partner: str, text: Agreement) -> bool:
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(text))
    node.execute(Offer(document=document_digest(text), actor=OFFICER), partner=partner)
    return sign_own(node, partner, text)
