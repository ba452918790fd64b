"""How many acts one core can hold against the agreements of a place with very many partners."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tongban.benchmarks.one_core import calibrate, stay_on_one_core
from tongban.core.agreements.authorise import Delegation, check_basis, find_basis
from tongban.core.agreements.document import (
    Agreement,
    Clause,
    Grant,
    Level,
    PartyLine,
    document_digest,
)
from tongban.core.agreements.state import (
    AgreementState,
    PairAgreements,
    Signature,
    Suspension,
    pair_agreements,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.entry import Basis
from tongban.core.faults import BrokenInvariant
from tongban.core.words import Words

_HERE = "here.example"
_DAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
_WORDS = Words(zh="虚构", en="made up")
_GRANTED = (Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER)
#: Every act in turn: granted, of a power, a mode and an item that are not granted.
_ACTS: Sequence[tuple[tuple[Power, ...], Mode]] = (
    ((Power.RECEIVE,), Mode.DELEGATED_INTAKE),
    ((Power.RECEIVE, Power.CHECK_ORIGINALS), Mode.DELEGATED_INTAKE),
    ((Power.DELIVER,), Mode.DELEGATED_INTAKE),
    ((Power.REVIEW,), Mode.DELEGATED_INTAKE),
)
#: Primes, so that neighbouring acts concern other partners and other items.
_PARTNER_STEP, _ITEM_STEP = 7919, 104_729

#: As many items as one agreement has to carry.
_SUSPENDED = 5_000

Progress = Callable[[Sequence[int]], Iterator[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseFigures:
    """What was measured, in seconds of the processor.

    keys: of all indexes together, one for each item and direction. find: a sender chooses a
    basis. check: a receiver holds a given basis to the rule; only of acts that have one.
    suspended: items that a suspension lists; then as many go on under the same agreement, and
    stopped_find and stopped_check are the same questions there.
    calibration_seconds: SHA-256 of 200 MB on the same core, just before.
    """

    partners: int
    items: int
    keys: int
    checks: int
    granted: int
    index_seconds: float
    find_per_second: float
    check_per_second: float
    suspended: int
    stopped_find_per_second: float
    stopped_check_per_second: float
    memory_megabytes: float
    calibration_seconds: float


def measure_clauses(*, partners: int, items: int, checks: int, progress: Progress) -> ClauseFigures:
    """Index an agreement with every partner over so many items, then ask; stays on one core."""
    stay_on_one_core()
    calibration = calibrate()
    codes = [_code(number) for number in range(items)]
    began = time.process_time()
    pairs = [_pair(number, codes) for number in progress(range(partners))]
    # The first look at an index makes it.
    keys = sum(len(each.clauses) for pair in pairs for each in pair.grants.values())
    index_seconds = time.process_time() - began
    acts = [_act(number, partners, codes) for number in range(checks)]
    find_seconds = _find(pairs, acts)
    given = _given(pairs, acts)
    check_seconds = _check(given)
    stopped, some = _stopped(checks)
    stopped_find_seconds = _find(stopped, some)
    still = _given(stopped, some)
    stopped_check_seconds = _check(still)
    return ClauseFigures(
        partners=partners,
        items=items,
        keys=keys,
        checks=checks,
        granted=len(given),
        index_seconds=index_seconds,
        find_per_second=checks / find_seconds,
        check_per_second=len(given) / check_seconds,
        suspended=_SUSPENDED,
        stopped_find_per_second=checks / stopped_find_seconds,
        stopped_check_per_second=len(still) / stopped_check_seconds,
        memory_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        calibration_seconds=calibration,
    )


def _find(pairs: Sequence[PairAgreements], acts: Sequence[tuple[int, Delegation]]) -> float:
    """Seconds of the processor for choosing a basis for every act, or the ground of its refusal."""
    began = time.process_time()
    for partner, wanted in acts:
        find_basis(pairs[partner], wanted)
    return time.process_time() - began


def _given(
    pairs: Sequence[PairAgreements], acts: Sequence[tuple[int, Delegation]]
) -> list[tuple[PairAgreements, Delegation, Basis]]:
    """The acts that have a basis, each with it."""
    return [
        (pair, wanted, basis)
        for pair, wanted in ((pairs[partner], wanted) for partner, wanted in acts)
        if isinstance(basis := find_basis(pair, wanted), Basis)
    ]


def _stopped(checks: int) -> tuple[Sequence[PairAgreements], Sequence[tuple[int, Delegation]]]:
    """One partner, half of whose many items a suspension lists, and acts on all of them."""
    codes = [_code(number) for number in range(2 * _SUSPENDED)]
    pair = _pair(0, codes, suspended=codes[::2])
    # The first look at an index makes it, and that time is shown elsewhere.
    _ = pair.grants
    return [pair], [_act(number, 1, codes) for number in range(checks)]


def _check(given: Sequence[tuple[PairAgreements, Delegation, Basis]]) -> float:
    """Seconds of the processor for holding every basis to the rule."""
    refused = 0
    began = time.process_time()
    for pair, wanted, basis in given:
        refused += check_basis(pair, basis, wanted) is not None
    seconds = time.process_time() - began
    if refused:
        raise BrokenInvariant(f"{refused} bases that were found do not hold")
    return seconds


def _act(number: int, partners: int, codes: Sequence[str]) -> tuple[int, Delegation]:
    partner = number * _PARTNER_STEP % partners
    powers, mode = _ACTS[number % len(_ACTS)]
    return partner, Delegation(
        powers=powers,
        item=codes[number * _ITEM_STEP % len(codes)],
        mode=mode,
        grantee=_HERE,
        granter=_name(partner),
        at=_DAY,
    )


def _pair(number: int, codes: Sequence[str], suspended: Sequence[str] = ()) -> PairAgreements:
    agreement = _agreement(number, codes)
    digest = document_digest(agreement)
    signatures = tuple(
        Signature(party=party.node, note="", at=_DAY, entry=f"{party.node}/signed")
        for party in agreement.parties
    )
    stop = Suspension(
        by=_HERE, ground="measured", items=tuple(suspended), at=_DAY, entry=f"{_HERE}/suspended"
    )
    state = AgreementState(
        document=digest,
        offered_by=_HERE,
        offered_at=_DAY,
        entry=digest,
        signatures=signatures,
        suspensions=(stop,) if suspended else (),
    )
    return pair_agreements([state], {digest: agreement})


def _agreement(number: int, codes: Sequence[str]) -> Agreement:
    """One clause for each power; consents are left out, since nothing here reads them."""
    clauses = tuple(
        Clause(
            number=f"2.{position}",
            title=_WORDS,
            text=_WORDS,
            grants=(
                Grant(
                    granter=_name(number),
                    grantee=_HERE,
                    items=tuple(codes),
                    modes=(Mode.DELEGATED_INTAKE,),
                    powers=_GRANTED[:position],
                ),
            ),
        )
        for position in range(1, len(_GRANTED) + 1)
    )
    parties = tuple(
        PartyLine(node=node, place="310117", name=_WORDS, level=Level.PREFECTURE, office=_WORDS)
        for node in (_HERE, _name(number))
    )
    return Agreement(
        number=f"bench-{number}",
        version=1,
        title=_WORDS,
        parties=parties,
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 12, 31),
        clauses=clauses,
        consents=(),
        illustrative=True,
    )


def _name(number: int) -> str:
    return f"city{number}.example"


def _code(number: int) -> str:
    """As long as an implementation code; nothing here looks at more of it."""
    return f"113401000030000000{number:013d}"
