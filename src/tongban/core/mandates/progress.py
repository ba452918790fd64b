"""How far one place has opened an item to another: from agreements, lists and cases alone.

Everything it depends on stands in entries that both nodes hold, so both compute the same and
nobody argues about statistics (docs/explanation/mandates.md).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tongban.core.agreements.authorise import Delegation, find_basis
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.entry import Basis
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item
from tongban.core.mandates.mandate import MandateLine

#: A node that has written nothing to the other for longer counts as out of reach.
REACHABLE_DAYS = 90
USED_DAYS = 365


class Standing(StrEnum):
    """How far a line has come between two places."""

    USED = "used"
    OPENED = "opened"
    ONLINE = "online"
    PARTLY = "partly"
    NOT_OPENED = "not_opened"
    NOT_IN_CATALOGUE = "not_in_catalogue"


class Lack(StrEnum):
    """What keeps an item from being opened."""

    ITEM = "item"
    BASIS = "basis"
    ENDPOINT = "endpoint"


@dataclass(frozen=True, kw_only=True, slots=True)
class PairEvidence:
    """What two nodes hold in common about one direction.

    taker takes applications in, decider decides them. items: those of the decider's items that
    stand on its list to the taker, with a process. heard_at: when the decider last wrote to the
    taker; None for never. cases: of these two, in this direction.
    """

    taker: str
    decider: str
    pair: PairAgreements
    items: tuple[Item, ...]
    heard_at: datetime | None
    cases: tuple[CaseState, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One line in one direction on one day.

    opened: implementation codes that the taker may receive for. online: further codes that anybody
    applies for online, by the applicant's own right. closed: cases that ended in a decision within
    the last twelve months. lacks: what is missing where nobody can apply from the taker's place.
    overdue: its day has passed, and it is neither opened nor online.
    """

    line: MandateLine
    taker: str
    decider: str
    standing: Standing
    opened: tuple[str, ...]
    online: tuple[str, ...]
    closed: int
    lacks: tuple[Lack, ...]
    overdue: bool


def progress_of(
    lines: Iterable[MandateLine], evidence: PairEvidence, *, at: datetime
) -> tuple[Progress, ...]:
    """Each line's progress in one direction at an instant."""
    by_basic: dict[str, list[Item]] = {}
    for item in evidence.items:
        by_basic.setdefault(basic_code_of(item), []).append(item)
    closed = closed_by_item(evidence, china_day(at))
    reachable = _reachable(evidence, at)
    return tuple(
        _progress(line, evidence, by_basic, closed, reachable=reachable, at=at) for line in lines
    )


def items_lacking_basis(
    lines: Iterable[MandateLine], evidence: PairEvidence, *, at: datetime
) -> tuple[Item, ...]:
    """Items of these lines for which the taker has no basis, though nobody applies online.

    Only what the decider lists to the taker; by code.
    """
    wanted = {code for line in lines for code in line.basic_codes}
    return tuple(
        item
        for item in sorted(evidence.items, key=lambda item: item.code)
        if basic_code_of(item) in wanted
        and not _is_online(item)
        and not _has_basis(item, evidence, at)
    )


def closed_by_item(evidence: PairEvidence, day: date) -> Mapping[str, int]:
    """How many cases of each item ended in a decision within the last twelve months."""
    counts: dict[str, int] = {}
    for case in evidence.cases:
        decided = case.decided
        if decided is None or not case.ended:
            continue
        if day - timedelta(days=USED_DAYS) < china_day(decided.at) <= day:
            counts[case.item] = counts.get(case.item, 0) + 1
    return counts


def _progress(
    line: MandateLine,
    evidence: PairEvidence,
    by_basic: Mapping[str, list[Item]],
    closed: Mapping[str, int],
    *,
    reachable: bool,
    at: datetime,
) -> Progress:
    items = [item for code in line.basic_codes for item in by_basic.get(code, ())]
    granted = [item for item in items if _has_basis(item, evidence, at)]
    opened = tuple(sorted(item.code for item in granted)) if reachable else ()
    by_own_right = [item.code for item in items if reachable and _is_online(item)]
    online = tuple(sorted(set(by_own_right) - set(opened)))
    used = sum(closed.get(item.code, 0) for item in items)
    standing = _standing(line, items, opened, online, used)
    return Progress(
        line=line,
        taker=evidence.taker,
        decider=evidence.decider,
        standing=standing,
        opened=opened,
        online=online,
        closed=used,
        lacks=() if opened or online else tuple(_lacks(items, granted, reachable=reachable)),
        overdue=_overdue(line, standing, china_day(at)),
    )


def _standing(
    line: MandateLine,
    items: Collection[Item],
    opened: Collection[str],
    online: Collection[str],
    used: int,
) -> Standing:
    if not line.basic_codes:
        return Standing.NOT_IN_CATALOGUE
    wanted = set(line.basic_codes)
    received = {basic_code_of(item) for item in items if item.code in opened}
    if received == wanted:
        return Standing.USED if used else Standing.OPENED
    reached = received | {basic_code_of(item) for item in items if item.code in online}
    if reached == wanted:
        return Standing.ONLINE
    return Standing.PARTLY if reached else Standing.NOT_OPENED


def _overdue(line: MandateLine, standing: Standing, day: date) -> bool:
    done = standing in {Standing.OPENED, Standing.USED, Standing.ONLINE}
    return line.due_on is not None and line.due_on < day and not done


def _lacks(
    items: Collection[Item], granted: Collection[Item], *, reachable: bool
) -> Iterator[Lack]:
    if not items:
        yield Lack.ITEM
    elif not granted:
        yield Lack.BASIS
    if not reachable:
        yield Lack.ENDPOINT


def _has_basis(item: Item, evidence: PairEvidence, at: datetime) -> bool:
    """Whether the taker may receive for the item in one of its modes."""
    return any(
        isinstance(find_basis(evidence.pair, _wanted(item, offer.mode, evidence, at)), Basis)
        for offer in item.modes
    )


def _is_online(item: Item) -> bool:
    """Nobody needs to let applicants do what they do themselves, and nothing can stop it."""
    return item.process_for(Mode.ALL_ONLINE) is not None


def _wanted(item: Item, mode: Mode, evidence: PairEvidence, at: datetime) -> Delegation:
    return Delegation(
        powers=(Power.RECEIVE,),
        item=item.code,
        mode=mode,
        grantee=evidence.taker,
        granter=evidence.decider,
        at=at,
        listed_as=item.basic_code,
    )


def _reachable(evidence: PairEvidence, at: datetime) -> bool:
    heard = evidence.heard_at
    return heard is not None and at - heard <= timedelta(days=REACHABLE_DAYS)
