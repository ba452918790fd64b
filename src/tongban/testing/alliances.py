"""Made-up agreements between as many cities as a test needs; no government ever saw one."""

from collections.abc import Sequence
from datetime import date

from tongban.catalogue import load_places
from tongban.core.agreements.agreement import Agreement, Consent, Level, PartyLine
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.clauses import Clause, Grant, RunOff
from tongban.core.agreements.provisions import Notice, NoticeMatter
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.items.codes import credit_check
from tongban.core.words import Words

#: Calendar days that a party gives the depositary before it leaves.
EXIT_DAYS = 30


def alliance(names: Sequence[str], *, items: int, number: str = "MADE-UP-1") -> Agreement:
    """Each city opens its share of so many items to every other; the first is the depositary."""
    shares = {name: _items(name, items, names) for name in names}
    grants = tuple(
        Grant(
            granter=granter,
            grantee=grantee,
            items=shares[granter],
            modes=(Mode.DELEGATED_INTAKE,),
            powers=(Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER),
        )
        for granter in names
        for grantee in names
        if granter != grantee and shares[granter]
    )
    agreement = Agreement(
        number=number,
        version=1,
        title=_words("联盟通办合作协议（虚构）", "Agreement of an alliance (made up)"),
        parties=tuple(map(_party, names)),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        clauses=(_powers(grants), _end()),
        consents=tuple(_consent(name, shares[name]) for name in names if shares[name]),
        illustrative=True,
        depositary=names[0],
    )
    return check_new_agreement(agreement)


def _powers(grants: tuple[Grant, ...]) -> Clause:
    return Clause(
        number="1.1",
        title=_words("授权", "Powers"),
        text=_words("各方相互代收代办。", "The parties take in applications for each other."),
        grants=grants,
    )


def _end() -> Clause:
    return Clause(
        number="2.1",
        title=_words("退出", "Exit"),
        text=_words("一方退出不影响其余各方。", "The exit of one does not touch the others."),
        run_off=RunOff.FINISH,
        notices=(Notice(matter=NoticeMatter.EXIT, days=EXIT_DAYS),),
    )


def _items(name: str, items: int, names: Sequence[str]) -> tuple[str, ...]:
    first = list(names).index(name)
    return tuple(f"{_office(name)}3{n:09}000" for n in range(first, items, len(names)))


def _office(name: str) -> str:
    """The credit code of a made-up office of this place."""
    first = f"11{_place(name)}MB1X00000"
    return first + credit_check(first)


def _consent(name: str, items: tuple[str, ...]) -> Consent:
    return Consent(
        organisation=_office(name),
        name=_words("虚构单位", "Made-up office"),
        granter=name,
        items=items,
        given_on=date(2025, 12, 1),
    )


def _party(name: str) -> PartyLine:
    return PartyLine(
        node=name,
        place=_place(name),
        name=_words(f"{name}人民政府（虚构）", f"Government of {name} (made up)"),
        level=Level.PREFECTURE,
        office=_words("审批局局长", "Director of approvals"),
    )


def _place(name: str) -> str:
    return next(place.code for place in load_places() if place.node == name)


def _words(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)
