"""One agreement as its page shows it: clauses, grants, signatures, and what rests on it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.agreement_text.clause_blocks import clause_tables
from tongban.agreement_text.text import Table
from tongban.agreement_text.wording import Wording
from tongban.agreements.known import direction_words, item_names
from tongban.agreements.labels import (
    ground_words,
    leg_words,
    level_words,
    listed,
    mode_words,
    power_words,
    run_off_words,
    termination_words,
)
from tongban.agreements.register import RegisterLine
from tongban.agreements.wording import names_of_items, place_wording
from tongban.core.agreements.document import (
    Agreement,
    Clause,
    Document,
    Grant,
    InstrumentClause,
    PartyLine,
)
from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementOffered,
    AgreementPublished,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementWithdrawn,
    DepositStep,
    InstrumentCited,
)
from tongban.core.agreements.intakes import Flow, tally_of
from tongban.core.agreements.state import Signature
from tongban.core.china_time import china_day
from tongban.core.entry import Event, SubjectKind
from tongban.core.grounds import words_for
from tongban.core.one_sided import has_paper_line
from tongban.node.between import Told, story_of
from tongban.node.records import Side
from tongban.pages.places import name_of_node
from tongban.pages.sides import side_words
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class PartySeat:
    """One party and its signature; signature: None while it is not known here.

    mark: that a keeper signed for it.
    """

    party: PartyLine
    level: str
    here: bool
    signature: Signature | None
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseView:
    """One clause; enforced: the system acts on it, otherwise it is words between people.

    notes: what it says in figures, one for each. tables: everything else that it says in fields.
    """

    number: str
    title: str
    text: str
    enforced: bool
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantRow:
    """What one clause lets another place do for one item.

    limit: cases a day, 0 for no limit. left: how many more can be sent today, None where this node
    is not between the two or nothing limits them.
    """

    item: str
    name: str
    modes: str
    powers: str
    clause: str
    limit: int
    left: int | None
    stopped: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectionTable:
    """Every grant of one party to another."""

    words: str
    rows: tuple[GrantRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryLine:
    """One thing that was said about the document; note: what came of it, "" for nothing more.

    mark: that a keeper signed it for a guest. paper: its entry, where a paper came with it.
    """

    at: datetime
    words: str
    who: str
    note: str
    mark: str
    paper: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StopLine:
    """One suspension in words."""

    who: str
    at: datetime
    ground: str
    items: tuple[str, ...]
    lifted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EndLine:
    """One party's word that it ends the agreement."""

    who: str
    at: datetime
    ground: str
    last_day: date


def seats_of(agreement: Agreement, line: RegisterLine) -> list[PartySeat]:
    """The parties in their order."""
    signed = {
        signature.party: signature
        for each in line.at
        if each.state
        for signature in each.state.signatures
    }
    marks = _marks(line.digest)
    return [
        PartySeat(
            party=party,
            level=level_words(party.level),
            here=party.node == whole_node().name,
            signature=signed.get(party.node),
            mark=marks.get(signed[party.node].entry, "") if party.node in signed else "",
        )
        for party in agreement.parties
    ]


def _marks(digest: str) -> Mapping[str, str]:
    """What is to be said of entries that a keeper signed, by entry."""
    sides = whole_node().records.of(SubjectKind.AGREEMENT, digest)
    told = story_of(whole_node().kernel, digest) if sides else []
    return {each.entry.id: side_words(sides.get(each.seq)) for each in told}


def clauses_of(document: Document) -> list[ClauseView]:
    """The clauses, in the order of the document."""
    if not isinstance(document, Agreement):
        return [_clause_view(clause, enforced=clause.enforced) for clause in document.clauses]
    wording = place_wording(document, names_of_items())
    return [
        replace(
            _clause_view(clause, enforced=clause.enforced),
            notes=tuple(_notes(clause)),
            tables=tuple(_tables(clause, wording)),
        )
        for clause in document.clauses
    ]


def directions_of(agreement: Agreement, line: RegisterLine) -> list[DirectionTable]:
    """The grants as a table for each direction."""
    names = item_names()
    stopped = frozenset(line.standing.stopped) if line.standing else frozenset()
    rows: dict[tuple[str, str], list[GrantRow]] = {}
    for clause in agreement.clauses:
        for grant in clause.grants:
            for item in grant.items:
                row = GrantRow(
                    item=item,
                    name=names.get(item, ""),
                    modes=listed(mode_words(mode) for mode in grant.modes),
                    powers=listed(power_words(power) for power in grant.powers),
                    clause=clause.number,
                    limit=grant.daily_limit,
                    left=_left(line, clause.number, grant),
                    stopped=item in stopped,
                )
                rows.setdefault((grant.granter, grant.grantee), []).append(row)
    return [
        DirectionTable(words=direction_words(granter, grantee), rows=tuple(found))
        for (granter, grantee), found in rows.items()
    ]


def _left(line: RegisterLine, clause: str, grant: Grant) -> int | None:
    """How many more go today under a clause that limits them, as far as this node counts them."""
    flow = Flow(clause=clause, granter=grant.granter, grantee=grant.grantee)
    ends, node = {grant.granter, grant.grantee}, whole_node()
    today = china_day(node.kernel.clock.now())
    for each in line.at:
        if grant.daily_limit and each.state and ends == {node.name, each.between.peer}:
            return max(0, grant.daily_limit - tally_of(each.state.intakes, flow).counted(today))
    return None


def stops_of(line: RegisterLine) -> list[StopLine]:
    """Every suspension, each once although every partner is told of it."""
    names = item_names()
    found = {
        (stop.by, stop.ground, stop.items, stop.is_lifted): stop
        for each in line.at
        if each.state
        for stop in each.state.suspensions
    }
    return [
        StopLine(
            who=name_of_node(stop.by),
            at=stop.at,
            ground=ground_words(stop.ground),
            items=tuple(names.get(item, item) for item in stop.items),
            lifted=stop.is_lifted,
        )
        for stop in found.values()
    ]


def ends_of(line: RegisterLine) -> list[EndLine]:
    """Every termination and exit, each once although every partner is told of it."""
    found = {(each.by, each.last_day): each for at in line.at if at.state for each in at.state.ends}
    return [
        EndLine(
            who=name_of_node(each.by),
            at=each.at,
            ground=termination_words(each.ground),
            last_day=each.last_day,
        )
        for each in found.values()
    ]


def story_lines(line: RegisterLine) -> list[StoryLine]:
    """What happened, oldest first, with who did it here and whether the partner confirmed it."""
    told = story_of(whole_node().kernel, line.digest)
    numbers = {each.entry.actor.number for each in told if each.entry.actor.number}
    people = dict(Person.objects.filter(number__in=numbers).values_list("number", "display_name"))
    waiting = frozenset(
        entry for each in line.at for entry in each.between.unconfirmed(line.digest)
    )
    sides = whole_node().records.of(SubjectKind.AGREEMENT, line.digest)
    return [_story_line(each, people, waiting, sides.get(each.seq)) for each in told]


def _story_line(
    told: Told, people: Mapping[str, str], waiting: frozenset[str], side: Side | None
) -> StoryLine:
    entry, event = told.entry, told.entry.event
    say = _STEPS[event.step] if isinstance(event, AgreementDeposited) else _STORY.get(type(event))
    names = {"writer": name_of_node(told.writer), "reader": name_of_node(told.reader)}
    return StoryLine(
        at=entry.at,
        words=(say() % names) if say else type(event).__name__,
        who=people.get(entry.actor.number or "", ""),
        note=_note(told, waiting),
        mark=side_words(side),
        paper=told.entry.id if has_paper_line(told.entry) else "",
    )


def _note(told: Told, waiting: frozenset[str]) -> str:
    if told.ground:
        return gettext("没有生效：%(why)s") % {"why": said(words_for(told.ground).why)}
    return gettext("等对方回执") if told.entry.id in waiting else ""


def _clause_view(clause: Clause | InstrumentClause, *, enforced: bool) -> ClauseView:
    return ClauseView(
        number=clause.number,
        title=said(clause.title),
        text=said(clause.text),
        enforced=enforced,
        notes=(),
        tables=(),
    )


def _tables(clause: Clause, wording: Wording) -> Iterator[Table]:
    """The lists of a clause that its notes do not tell."""
    told = replace(clause, limits=(), liaison=())
    yield from clause_tables(told, wording)


def _notes(clause: Clause) -> Iterator[str]:
    for limit in clause.limits:
        yield gettext("%(leg)s：%(days)s 个工作日") % {
            "leg": leg_words(limit.leg),
            "days": limit.working_days,
        }
    for office in clause.liaison:
        yield gettext("%(place)s联络：%(office)s，%(phone)s") % {
            "place": name_of_node(office.node),
            "office": said(office.office),
            "phone": office.phone,
        }
    if clause.run_off:
        yield gettext("协议终止或者中止时，%(rule)s") % {"rule": run_off_words(clause.run_off)}


_STEPS: Mapping[DepositStep, Callable[[], str]] = {
    DepositStep.CONCLUDED: lambda: gettext("保存方%(writer)s告诉%(reader)s：各方都已签署"),
    DepositStep.WITHDRAWN: lambda: gettext("保存方%(writer)s告诉%(reader)s：有一方退出，不再签署"),
    DepositStep.EXITED: lambda: gettext("保存方%(writer)s告诉%(reader)s：有一方退出"),
}
_STORY: Mapping[type[Event], Callable[[], str]] = {
    AgreementOffered: lambda: gettext("%(writer)s把文本提交给%(reader)s"),
    AgreementSigned: lambda: gettext("%(writer)s把签名送到%(reader)s"),
    AgreementSuspended: lambda: gettext("%(writer)s告诉%(reader)s：中止代办"),
    AgreementResumed: lambda: gettext("%(writer)s告诉%(reader)s：恢复代办"),
    AgreementLeft: lambda: gettext("%(writer)s告诉%(reader)s：要退出协议"),
    AgreementPublished: lambda: gettext("%(writer)s告诉%(reader)s：协议已经公布"),
    AgreementTerminated: lambda: gettext("%(writer)s告诉%(reader)s：终止协议"),
    AgreementWithdrawn: lambda: gettext("%(writer)s告诉%(reader)s：撤回尚未签齐的文本"),
    InstrumentCited: lambda: gettext("%(writer)s引用，从此在%(writer)s和%(reader)s之间有效"),
}
