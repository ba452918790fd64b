"""Whether an act has a basis: a clause in force, an instrument, or the applicant's own right.

Every answer is a function of its arguments, so both nodes of a pair compute the same one
(spec/agreements.md, "Authorisation").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tongban.core.agreements.document import Agreement, Instrument, RunOff
from tongban.core.agreements.intakes import Flow, daily_limit, tally_of
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.state import AgreementState, Grantable, PairAgreements
from tongban.core.agreements.succession import is_replaced
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Act, Power
from tongban.core.china_time import china_day
from tongban.core.entry import Basis, BasisKind
from tongban.core.items.codes import catalogue_code_of
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Delegation:
    """What somebody wants to do in another's name: powers, for which item and mode, when.

    powers: all of them must rest on one basis. granter, grantee: node names. under_way: digest of
    the document on which the case was dispatched, None before that; its run-off rule then decides
    whether an end or a suspension since matters. listed_as: the 基本编码 of the item as the granter
    told the grantee of it, which reaches items on published lists whose own code says another or
    none; "" where it told nothing. intake: it hands a case in, so that daily limits count it.
    """

    powers: tuple[Power, ...]
    item: str
    mode: Mode
    grantee: str
    granter: str
    at: datetime
    under_way: str | None = None
    listed_as: str = ""
    intake: bool = False


def find_basis(pair: PairAgreements, wanted: Delegation) -> Basis | Refusal:
    """The first clause, or else instrument, that grants every power; or the nearest ground.

    Nearest is a clause that is in force and carries no more today.
    """
    refusals = []
    for line in _granting(pair, wanted):
        ground = _stopped(pair, line, wanted) or _exhausted(pair, line, wanted)
        if ground is None:
            return _basis(line)
        refusals.append(refuse(ground, _name(line)))
    full = (each for each in refusals if each.ground == AgreementGround.DAILY_LIMIT_REACHED)
    return next(full, refusals[0]) if refusals else refuse(_missing(pair, wanted), wanted.item)


def stopped_lines(pair: PairAgreements, wanted: Delegation) -> tuple[Refusal, ...]:
    """Why each line that grants every power is not in force, in the order of `find_basis`."""
    lines = ((line, _stopped(pair, line, wanted)) for line in _granting(pair, wanted))
    return tuple(refuse(ground, _name(line)) for line, ground in lines if ground is not None)


def check_basis(pair: PairAgreements, basis: Basis, wanted: Delegation) -> Refusal | None:
    """Whether this basis, as written in an entry, holds for the act."""
    if basis.kind is BasisKind.OWN_RIGHT:
        bare = basis.document is None and basis.clause is None
        return None if bare else refuse(AgreementGround.BASIS_MALFORMED)
    if basis.document is None or basis.clause is None:
        return refuse(AgreementGround.BASIS_MALFORMED)
    if basis.document not in pair.states or basis.document not in pair.documents:
        return refuse(AgreementGround.UNKNOWN_DOCUMENT, basis.document)
    line = next((line for line in _granting(pair, wanted) if _basis(line) == basis), None)
    if line is None:
        return refuse(AgreementGround.CLAUSE_DOES_NOT_GRANT, f"{basis.document} {basis.clause}")
    ground = _stopped(pair, line, wanted)
    return refuse(ground, _name(line)) if ground else None


def limit_refusal(pair: PairAgreements, basis: Basis, wanted: Delegation) -> Refusal | None:
    """Why a basis that holds carries no more intakes today; None where it does."""
    if not wanted.intake or basis.kind is not BasisKind.CLAUSE:
        return None
    left = intakes_left(pair, basis, wanted)
    full = left is not None and left <= 0
    named = f"{basis.document} {basis.clause}"
    return refuse(AgreementGround.DAILY_LIMIT_REACHED, named) if full else None


def intakes_left(pair: PairAgreements, basis: Basis, wanted: Delegation) -> int | None:
    """How many more intakes a clause of a known document carries today; None without a limit.

    Fewer than none where more landed than this side had expected.
    """
    digest = basis.document or ""
    flow = Flow(clause=basis.clause or "", granter=wanted.granter, grantee=wanted.grantee)
    limit = daily_limit(pair.documents[digest], flow)
    if not limit:
        return None
    tally = tally_of(pair.states[digest].intakes, flow)
    return limit - tally.counted(china_day(wanted.at))


def choose_basis(
    pair: PairAgreements, act: Act, wanted: Delegation, *, applicant_acts: bool
) -> Basis | Refusal | None:
    """Clause, then instrument, then the applicant's own right; None where an act needs none.

    The own right carries only what applicants do themselves, and nothing can stop that.
    """
    if not act.bases:
        return None
    found = find_basis(pair, wanted) if wanted.powers else None
    if isinstance(found, Basis) and found.kind in act.bases:
        return found
    if applicant_acts and BasisKind.OWN_RIGHT in act.bases:
        return Basis(kind=BasisKind.OWN_RIGHT)
    if isinstance(found, Basis):
        return refuse(AgreementGround.BASIS_KIND_NOT_ALLOWED, found.kind)
    return found or refuse(AgreementGround.OWN_RIGHT_IS_THE_APPLICANTS)


def _granting(pair: PairAgreements, wanted: Delegation) -> Iterator[Grantable]:
    """Lines that grant every power wanted, clauses before instruments."""
    own = wanted.granter, wanted.grantee, wanted.item
    yield from pair.granting(own, wanted.mode, wanted.powers)
    for code in dict.fromkeys((catalogue_code_of(wanted.item), wanted.listed_as)):
        yield from pair.granting(("", "", code), wanted.mode, wanted.powers)


def why_stopped(
    pair: PairAgreements, state: AgreementState, item: str, at: datetime
) -> AgreementGround | None:
    """Why what stands here under a known document carries no new act for an item, or None."""
    day, document = china_day(at), pair.documents[state.document]
    if isinstance(document, Instrument):
        return _within(day, document.valid_from, document.valid_until)
    if state.document not in pair.concluded:
        return _unconcluded(state, document, day)
    if state.unpublished(document):
        return AgreementGround.NOT_PUBLISHED
    if state.suspended_for(item):
        return AgreementGround.SUSPENDED
    if state.ended_on is not None and day > state.ended_on:
        return AgreementGround.TERMINATED
    if is_replaced(pair, state.document, document, day):
        return AgreementGround.SUPERSEDED
    return _within(day, document.valid_from, document.valid_until)


def _unconcluded(state: AgreementState, document: Agreement, day: date) -> AgreementGround:
    if state.withdrawn:
        return AgreementGround.WITHDRAWN
    late = document.is_late_to_sign(day)
    return AgreementGround.SIGNING_LAPSED if late else AgreementGround.NOT_SIGNED_BY_ALL


def _stopped(pair: PairAgreements, line: Grantable, wanted: Delegation) -> AgreementGround | None:
    """Why this line is not in force for the act, or None where it is."""
    if line.state.document == wanted.under_way and _finishes(line):
        return None
    return why_stopped(pair, line.state, wanted.item, wanted.at)


def _exhausted(pair: PairAgreements, line: Grantable, wanted: Delegation) -> AgreementGround | None:
    """Whether this line has carried all the intakes that it may on this day."""
    refusal = limit_refusal(pair, _basis(line), wanted)
    return AgreementGround.DAILY_LIMIT_REACHED if refusal else None


def _within(day: date, first: date, last: date | None) -> AgreementGround | None:
    if day < first:
        return AgreementGround.NOT_YET_IN_FORCE
    if last is not None and day > last:
        return AgreementGround.EXPIRED
    return None


def _finishes(line: Grantable) -> bool:
    """Cases under an instrument always finish: nobody can suspend it for one pair."""
    document = line.document
    return isinstance(document, Instrument) or document.run_off is RunOff.FINISH


def _missing(pair: PairAgreements, wanted: Delegation) -> AgreementGround:
    """What exactly is not granted, so that people know what to negotiate."""
    if _grants_some(pair, wanted, wanted.mode):
        return AgreementGround.POWER_NOT_GRANTED
    if any(_grants_some(pair, wanted, mode) for mode in Mode):
        return AgreementGround.MODE_NOT_GRANTED
    if (wanted.granter, wanted.grantee) in pair.directions:
        return AgreementGround.ITEM_NOT_GRANTED
    return AgreementGround.NO_AGREEMENT


def _grants_some(pair: PairAgreements, wanted: Delegation, mode: Mode) -> bool:
    """Whether a clause grants any power at all for the item in this mode."""
    key = wanted.granter, wanted.grantee, wanted.item
    return any(grants.any_in(key, mode) for grants in pair.grants.values())


def _basis(line: Grantable) -> Basis:
    published = isinstance(line.document, Instrument)
    return Basis(
        kind=BasisKind.INSTRUMENT if published else BasisKind.CLAUSE,
        document=line.state.document,
        clause=line.clause,
    )


def _name(line: Grantable) -> str:
    return f"{line.state.document} {line.clause}"
