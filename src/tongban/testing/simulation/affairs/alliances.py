"""Three cities come to a text that one of them keeps, or do not; and one of them leaves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from random import Random

from tongban.catalogue import load_agreements
from tongban.core.agreements.agreement import Agreement, Consent, PartyLine, PublicationDuty
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.clauses import Clause, Grant, RunOff
from tongban.core.agreements.provisions import Notice, NoticeMatter
from tongban.core.china_time import china_day
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.logs.faults import LogDamaged
from tongban.node import agreement_acts
from tongban.node.agreement_acts import Answers
from tongban.node.faults import NodeFault
from tongban.testing.applications import HANGZHOU, HEFEI, LEGAL_REPRESENTATIVE, OFFICER, SUZHOU
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.texts import grants_of
from tongban.testing.simulation.world import TRIO, World

#: How many texts of a world there may be, and seconds between what is said.
_VERSIONS = (1, 2)
_PAUSES = (0.0, 0.2, 1.1)
#: Seconds in which what is owed between three goes its way where nothing hinders it.
_ROUNDS = 4.0
#: How often an officer of a node looks what it owes, as the rounds of a real node do.
_LOOK = 1.0
#: Calendar days that a party gives the depositary before it leaves.
_EXIT_DAYS = 2
#: How often a party withdraws before all have signed, and leaves after.
_WITHDRAWS, _LEAVES, _SUSPENDS = 0.2, 0.4, 0.2
_WORDS = Words(zh="虚构", en="made up")

_Act = Callable[[], bool]


def ally(world: World, chance: Random) -> bool:
    """Each signs when it comes to it; lines and machines fail in the middle of it."""
    if set(world.names) != set(TRIO):
        return False
    text = _text(chance.choice(TRIO), chance.choice(_VERSIONS), chance.random() < 1 / 2)
    world.rounds_matter = True
    if not world.alliances:
        world.timeline.after(_LOOK, partial(_look, world))
    if text not in world.alliances:
        world.alliances.append(text)
    cut = _trouble(world, chance)
    done = _each(world, _signing(world, text, chance), chance)
    world.lines.cut -= cut
    world.run(chance.choice((0.0, _ROUNDS)))
    done |= _each(world, _after(world, text, chance), chance)
    _apply(world, text, chance)
    return done


def _signing(world: World, text: Agreement, chance: Random) -> list[_Act]:
    """Somebody offers it, all sign, some publish it, and perhaps one thinks better of it."""
    names = list(TRIO)
    chance.shuffle(names)
    offer = partial(_say, world, names[0], text, _offer)
    rest = [partial(_say, world, name, text, _sign) for name in names]
    rest += [partial(_say, world, name, text, _publish) for name in names if text.publications]
    if chance.random() < _WITHDRAWS:
        rest.append(partial(_say, world, names[-1], text, _leave))
    chance.shuffle(rest)
    # What was refused since it came before the offer is said again, as people do.
    return [offer, *rest, *(partial(_say, world, name, text, _sign) for name in names)]


def _after(world: World, text: Agreement, chance: Random) -> list[_Act]:
    one, other = chance.sample(TRIO, 2)
    acts: list[_Act] = []
    if chance.random() < _SUSPENDS:
        acts.append(partial(_say, world, one, text, _suspend))
    if chance.random() < _LEAVES:
        acts.append(partial(_say, world, other, text, _leave))
    return acts


def _apply(world: World, text: Agreement, chance: Random) -> None:
    """People apply under it, and again when some days have passed everywhere."""
    for days in (0, _EXIT_DAYS + 2):
        for name in world.names if days and chance.random() < 1 / 2 else ():
            clock = world.machines[name].clock
            clock.put(clock.now() + timedelta(days=days))
        grant = chance.choice(grants_of(text))
        if world.machines[grant.grantee].running:
            apply_under(world, grant, chance)
        world.run(chance.choice(_PAUSES))


def _trouble(world: World, chance: Random) -> set[tuple[str, str]]:
    """A line that is lost in the middle, in one direction or both; or a machine that falls."""
    one, other = chance.sample(TRIO, 2)
    kind = chance.choice(("nothing", "one way", "both ways", "fall"))
    if kind == "fall":
        wait, away = chance.random() * _ROUNDS, chance.random() * 2
        fall = partial(world.fall, world.machines[one], power=chance.random() < 1 / 2, away=away)
        world.timeline.after(wait, fall)
    ways = {"one way": [(one, other)], "both ways": [(one, other), (other, one)]}.get(kind, [])
    cut = set(ways) - world.lines.cut
    world.lines.cut |= cut
    return cut


def _each(world: World, acts: Sequence[_Act], chance: Random) -> bool:
    done = False
    for act in acts:
        done |= act()
        world.run(chance.choice(_PAUSES))
    return done


def _say(world: World, name: str, text: Agreement, act: Callable[..., Answers]) -> bool:
    if not world.machines[name].running:
        return False
    return world.do(lambda: _any_taken(act(world, name, text)))


def _any_taken(answers: Answers) -> bool:
    return not all(isinstance(answer, Refusal) for answer in answers.values())


def _offer(world: World, name: str, text: Agreement) -> Answers:
    return agreement_acts.offer(world[name], text, OFFICER)


def _sign(world: World, name: str, text: Agreement) -> Answers:
    return agreement_acts.sign(world[name], text, LEGAL_REPRESENTATIVE)


def _publish(world: World, name: str, text: Agreement) -> Answers:
    today = china_day(world[name].kernel.clock.now())
    return agreement_acts.publish(world[name], text, OFFICER, on=today)


def _suspend(world: World, name: str, text: Agreement) -> Answers:
    return agreement_acts.suspend(world[name], text, OFFICER, ground="made_up", items=())


def _leave(world: World, name: str, text: Agreement) -> Answers:
    last_day = china_day(world[name].kernel.clock.now()) + timedelta(days=_EXIT_DAYS)
    return agreement_acts.leave(
        world[name], text, LEGAL_REPRESENTATIVE, ground="made_up", last_day=last_day
    )


def _look(world: World) -> None:
    """Every machine that is up does what it owes; from the first such text on, for ever."""
    moved = world.is_calm and not world.is_told()
    for machine in world.machines.values():
        if machine.running:
            with suppress(NodeFault, LogDamaged):
                moved |= machine.node.deposits.settle() > 0
    if moved:
        world.last_step = world.timeline.now
    world.timeline.after(_LOOK, partial(_look, world))


@cache
def _text(depositary: str, version: int, is_public: bool) -> Agreement:  # noqa: FBT001 - cached
    """What two opened to one is opened to both others, and kept by the depositary."""
    known = {each.nodes: each for each in load_agreements()}
    of_two, of_hefei = (
        next(text for nodes, text in known.items() if name in nodes and other in nodes)
        for name, other in ((SUZHOU, HANGZHOU), (HEFEI, "songjiang.g60.demo"))
    )
    parties = (*of_two.parties, *(each for each in of_hefei.parties if each.node == HEFEI))
    grants = (*_opened(of_two, HANGZHOU), *_opened(of_hefei, HEFEI))
    agreement = replace(
        of_two,
        number="G60-MADE-UP",
        version=version,
        title=_WORDS,
        parties=parties,
        clauses=(
            Clause(number="1.1", title=_WORDS, text=_WORDS, grants=grants),
            Clause(
                number="2.1",
                title=_WORDS,
                text=_WORDS,
                run_off=RunOff.FINISH,
                notices=(Notice(matter=NoticeMatter.EXIT, days=_EXIT_DAYS),),
            ),
        ),
        consents=(*_consents(of_two, HANGZHOU), *_consents(of_hefei, HEFEI)),
        reviews=(),
        publications=_duties(of_two, parties) if is_public else (),
        template="",
        illustrative=True,
        depositary=depositary,
    )
    return check_new_agreement(agreement)


def _opened(text: Agreement, granter: str) -> Iterator[Grant]:
    """What a city opens there, for each of the others."""
    for grant in grants_of(text):
        if grant.granter == granter:
            for grantee in TRIO:
                if grantee != granter:
                    yield replace(grant, grantee=grantee)


def _consents(text: Agreement, granter: str) -> tuple[Consent, ...]:
    return tuple(each for each in text.consents if each.granter == granter)


def _duties(text: Agreement, parties: Sequence[PartyLine]) -> tuple[PublicationDuty, ...]:
    return tuple(
        PublicationDuty(party=party.node, where=_WORDS, publish_by=text.valid_from)
        for party in parties
    )
