"""Officers sign by a written authorisation that is in force, is over, was revoked or never was."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from tongban.core.agreements.authority import AgreementKind, Authorisation
from tongban.core.agreements.commands import Offer
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
from tongban.node.node import Node
from tongban.testing.simulation.people import sign_own
from tongban.testing.simulation.texts import SOON, are_up, granting
from tongban.testing.simulation.world import World

#: Texts that are signed in this way; none is a version that anybody else signs.
_TEXTS = range(241, 251)
_ROLES = ("agreement_officer", "head_of_office")
#: From how many days before to how many days after today a paper is in force.
_DAYS = ((-1, 9), (-9, -1), (1, 9))
_PAPERS = ("WTS-1", "WTS-2")
_REVOKED = 0.2
_TRIES = 3


def sign_by_paper(world: World, chance: Random) -> bool:
    """Each of two parties tries a few times, with whatever papers lie in its files."""
    older = granting(world, chance)
    if older is None:
        return False
    text = replace(older, version=chance.choice(_TEXTS))
    if text not in world.agreements:
        world.agreements.append(text)
    done = False
    for name in sorted(text.nodes):
        (partner,) = text.nodes - {name}
        for _ in range(_TRIES):
            if are_up(world, text):
                done |= world.do(partial(_sign, world[name], partner, text, chance))
        world.run(SOON)
    return done


def _sign(node: Node, partner: str, text: Agreement, chance: Random) -> bool:
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(text))
    _file(node, chance)
    actor = Actor(kind=ActorKind.OFFICER, role=chance.choice(_ROLES), number="O3")
    node.execute(Offer(document=document_digest(text), actor=actor), partner=partner)
    return sign_own(node, partner, text, actor, chance.choice(("", *_PAPERS)))


def _file(node: Node, chance: Random) -> None:
    number, chief = chance.choice(_PAPERS), Actor(kind=ActorKind.OFFICER, role="supervisor")
    if chance.random() < _REVOKED:
        node.signers.revoke(number, actor=chief)
        return
    first, last = chance.choice(_DAYS)
    today = china_day(node.kernel.clock.now())
    paper = Authorisation(
        number=number,
        office=chance.choice(_ROLES),
        kinds=frozenset({chance.choice(list(AgreementKind))}),
        from_day=today + timedelta(days=first),
        until_day=today + timedelta(days=last),
    )
    node.signers.record(paper, actor=chief)
