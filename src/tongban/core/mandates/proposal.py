"""From what a list lacks between two places to an agreement that can be laid on the table.

The draft holds what both nodes know. What nobody but an owner can say, its consent and the day of
it, is left open: such a text is refused wherever it is laid until somebody has asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tongban.core.agreements.agreement import Agreement, Level, PartyLine
from tongban.core.agreements.clauses import Clause, Grant, RunOff
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.mandates.mandate import Mandate
from tongban.core.mandates.progress import PairEvidence, items_lacking_basis
from tongban.core.words import Words

#: Until when nobody signs anyway, and for how long; its author writes other days.
_BEGINS_AFTER = timedelta(days=60)
_LASTS = timedelta(days=3 * 365)
_OFFICE = Words(zh="主要负责人", en="Head of the authority")


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingBasis:
    """One direction of a pair; items: those of the list that the taker may not receive for."""

    taker: str
    decider: str
    items: tuple[Item, ...]


def proposal_of(
    mandate: Mandate,
    evidence: tuple[PairEvidence, PairEvidence],
    places: Mapping[str, Place],
    *,
    at: datetime,
) -> Agreement | None:
    """The draft that would close what a list lacks between two places.

    None where nothing is lacking, or where nobody knows who would be the parties.
    """
    missing = missing_bases(mandate, evidence, at=at)
    parties = party_lines(evidence[0], places)
    if not missing or parties is None:
        return None
    return propose_agreement(mandate, missing, parties, china_day(at))


def missing_bases(
    mandate: Mandate, evidence: Iterable[PairEvidence], *, at: datetime
) -> tuple[MissingBasis, ...]:
    """Directions in which a basis is lacking; none where every line has one or needs none."""
    found = (
        MissingBasis(
            taker=each.taker,
            decider=each.decider,
            items=items_lacking_basis(mandate.lines, each, at=at),
        )
        for each in evidence
    )
    return tuple(way for way in found if way.items)


def propose_agreement(
    mandate: Mandate,
    missing: tuple[MissingBasis, ...],
    parties: tuple[PartyLine, PartyLine],
    day: date,
) -> Agreement:
    """An agreement that would give the missing bases, without the owners' consents.

    missing: of one or both directions between the parties. day: of the draft.
    """
    names = {party.node: party.name for party in parties}
    first, second = parties
    begins = day + _BEGINS_AFTER
    return Agreement(
        number=f"DRAFT-{day.isoformat()}",
        version=1,
        title=Words(
            zh=f"{first.name.zh}与{second.name.zh}政务服务跨区域通办合作协议（草案）",
            en=f"Agreement of {first.name.en} and {second.name.en} on services across regions"
            " (draft)",
        ),
        parties=parties,
        valid_from=begins,
        valid_until=begins + _LASTS,
        clauses=(
            _purpose(mandate),
            *(_powers(f"2.{place}", way, names) for place, way in enumerate(missing, start=1)),
            _not_transferable(f"2.{len(missing) + 1}"),
            _run_off(),
        ),
        consents=(),
        illustrative=mandate.illustrative,
    )


def party_lines(
    evidence: PairEvidence, places: Mapping[str, Place]
) -> tuple[PartyLine, PartyLine] | None:
    """Both parties as their newest agreement has them, or else from the register of places.

    places: by node. None where neither knows one of them.
    """
    lines = [_party(node, evidence, places) for node in (evidence.taker, evidence.decider)]
    first, second = lines
    return (first, second) if first and second else None


def _party(node: str, evidence: PairEvidence, places: Mapping[str, Place]) -> PartyLine | None:
    agreements = [each for each in evidence.pair.documents.values() if isinstance(each, Agreement)]
    for agreement in sorted(agreements, key=_newest, reverse=True):
        known = agreement.party(node)
        if known is not None:
            return known
    place = places.get(node)
    if place is None:
        return None
    level = Level(place.level)
    return PartyLine(node=node, place=place.code, name=place.name, level=level, office=_OFFICE)


def _newest(agreement: Agreement) -> tuple[date, str]:
    return agreement.valid_from, agreement.number


def _purpose(mandate: Mandate) -> Clause:
    named = mandate.title
    return Clause(
        number="1.1",
        title=Words(zh="目的和依据", en="Purpose"),
        text=Words(
            zh=f"为落实《{named.zh}》（{mandate.number}）所列事项跨区域通办，双方订立本协议。"
            "收件与受理、审批分离，受理权和审批权不变。",
            en=f"To bring about what {named.en} ({mandate.number}) lists. Intake is separate from "
            "acceptance and decision, which stay where they are.",
        ),
    )


def _powers(number: str, way: MissingBasis, names: Mapping[str, Words]) -> Clause:
    taker, decider = names[way.taker], names[way.decider]
    grant = Grant(
        granter=way.decider,
        grantee=way.taker,
        items=tuple(item.code for item in way.items),
        modes=(Mode.DELEGATED_INTAKE,),
        powers=(Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER),
    )
    return Clause(
        number=number,
        title=Words(zh="异地代收代办授权", en="Powers for intake elsewhere"),
        text=Words(
            zh=f"对所列事项，{decider.zh}授权{taker.zh}收件、核验原件并送达结果。"
            f"不予受理和审批决定只由{decider.zh}作出。",
            en=f"For the listed items {decider.en} lets {taker.en} take applications in, check "
            f"originals and deliver results. Only {decider.en} refuses acceptance and decides.",
        ),
        grants=(grant,),
    )


def _not_transferable(number: str) -> Clause:
    return Clause(
        number=number,
        title=Words(zh="不得转授", en="No passing on"),
        text=Words(
            zh="所授权限不得再转授其他机关、组织或者个人。",
            en="The powers granted cannot be passed on to anybody.",
        ),
    )


def _run_off() -> Clause:
    return Clause(
        number="3.1",
        title=Words(zh="中止、到期和在办案件", en="Suspension, end and running cases"),
        text=Words(
            zh="中止或者到期时已经移交的案件按本协议办完。",
            en="Cases handed over before a suspension or the end are finished under this "
            "agreement.",
        ),
        run_off=RunOff.FINISH,
    )
