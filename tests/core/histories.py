"""What two nodes do at random: agreements in every state, and every act on cases that needs one.

Each has a clock of its own, and each does what it believes to be allowed, or does as if nothing had
ever ended.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.document import Agreement, Grant, document_digest
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementPublished,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
)
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import PairAgreements, pair_agreements
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.decide import CaseContext, decide
from tongban.core.cases.events import Delivery, MaterialForm, Mode, PersonCheck
from tongban.core.cases.process import Power, process_digest
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.decided import Decided
from tongban.core.entry import Actor, Commitment, Entry, Event, Subject, SubjectKind
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.core.words import Words

from .enforcement import Duel, Side, View
from .examples import (
    APPLICANT,
    CALENDAR,
    CARD,
    CLERK,
    FUND,
    MORNING,
    NOTHING,
    OFFICER,
    PROCESSES,
    accept,
    complete,
    dispatch,
    hand_out,
    materials,
    notify,
    settle_it,
    take_in,
)
from .talks import HANGZHOU, SUZHOU
from .test_daily_limits import limited

#: Who, what, on which text, and a number that chooses among details.
Move = tuple[int, str, int, int]


def _with_copies(item: Item) -> Item:
    """The same, where copies do, so that a power over originals is not always needed."""
    lines = tuple(replace(line, original_check=False) for line in item.materials)
    return replace(item, materials=lines)


#: What Suzhou takes in for Hangzhou, and the last one Hangzhou for Suzhou.
ITEMS = (
    _with_copies(FUND),
    _with_copies(CARD),
    replace(_with_copies(FUND), code="1232050047011355223332099001000", competent=SUZHOU),
)
_THERE, _OTHER, _BACK = (item.code for item in ITEMS)
_BY_CODE = {item.code: item for item in ITEMS}
_PROCESSES = {process_digest(process): process for process in PROCESSES.values()}
_FORMS = (MaterialForm.ORIGINAL_SEEN, MaterialForm.COPY)
_EVERYTHING = (Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER)


@cache
def texts(rule: RunOff) -> Mapping[str, Agreement]:
    """By digest: one with a daily limit, one that is to be published, two that follow the first.

    Of these one lets nobody deliver and the other nobody look at originals; the last is short.
    """
    first = _with_powers(limited(), rule, _EVERYTHING)
    duties = tuple(
        PublicationDuty(party=node, where=Words(zh="网站", en="site"), publish_by=first.valid_from)
        for node in (SUZHOU, HANGZHOU)
    )
    unlimited = _with_powers(limited(0), rule, _EVERYTHING)
    public = replace(unlimited, number="public", publications=duties)
    later = replace(unlimited, supersedes=document_digest(first))
    narrow = replace(_with_powers(later, RunOff.FINISH, (Power.RECEIVE,)), version=2)
    short = replace(
        _with_powers(later, RunOff.STOP, (Power.RECEIVE, Power.DELIVER)),
        version=3,
        valid_until=china_day(MORNING) + timedelta(days=1),
    )
    return {document_digest(each): each for each in (first, public, narrow, short)}


def _with_powers(text: Agreement, rule: RunOff, powers: Sequence[Power]) -> Agreement:
    """In both directions."""
    clauses = tuple(
        replace(
            clause,
            grants=tuple(_grants(clause.grants, tuple(powers))),
            run_off=rule if clause.run_off else None,
        )
        for clause in text.clauses
    )
    consent = replace(text.consents[0], granter=SUZHOU, items=(_BACK,))
    return replace(text, clauses=clauses, consents=(*text.consents, consent))


def _grants(grants: Sequence[Grant], powers: tuple[Power, ...]) -> Iterator[Grant]:
    for grant in grants:
        yield replace(grant, powers=powers)
        yield replace(grant, powers=powers, granter=SUZHOU, grantee=HANGZHOU, items=(_BACK,))


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A case: what it is about, how its result is wanted, and who takes it in."""

    case: str
    item: Item
    delivery: Delivery

    @property
    def intake(self) -> str:
        return HANGZHOU if self.item.competent == SUZHOU else SUZHOU


class History:
    """One history; every entry has a number of its own and the instant of its writer's clock.

    written: what was done on cases, whether the other takes it or not. latest: that any clock said.
    """

    def __init__(self, rule: RunOff) -> None:
        self.texts = texts(rule)
        self.duel = Duel(sides=(self._side(SUZHOU, HANGZHOU), self._side(HANGZHOU, SUZHOU)))
        self.clocks = [MORNING, MORNING]
        self.latest = MORNING
        self.count = 0
        self.matters: list[Matter] = []
        self.written: list[Event] = []

    def _side(self, name: str, other: str) -> Side:
        def view(viewer: str) -> View:
            return View(viewer=viewer, documents=self.texts, processes=_PROCESSES)

        return Side(name=name, own=view(name), theirs=view(other))

    def play(self, moves: Sequence[Move]) -> None:
        """Most histories are about a text that both have signed."""
        first = next(iter(self.texts))
        self.move(0, "offer", first, 0)
        self.push(0)
        for who in (0, 1):
            self.move(who, "sign", first, 0)
            self.push(who)
        for who, what, text, detail in moves:
            self.move(who, what, list(self.texts)[text], detail)
        for _ in range(3):
            self.push(0)
            self.push(1)

    def move(self, who: int, what: str, text: str, detail: int) -> None:
        """Something that may happen in a history."""
        self.latest = max(self.latest, *self.clocks)
        if what == "push":
            self.push(who)
        elif what == "wait":
            span = timedelta(hours=(1, 1, 5, 15, 24, 48)[detail])
            self.clocks = [clock + span for clock in self.clocks]
        elif what == "skew":
            span = timedelta(minutes=(-2_000, -5, 1, 5, 600, 2_000)[detail])
            self.clocks[who] += span
        elif what == "apply":
            self.apply(detail)
        elif what in _SAYINGS:
            side = self.duel.sides[who]
            said = _SAYINGS[what](side, self.texts[text], detail, self.clocks[who])
            self.say(who, said, text)
        elif self.matters:
            matter = self.matters[-1 - detail % len(self.matters)]
            blind = what.endswith("!")
            self.act(who, matter, _ACTS[what.strip("!")](matter, detail), blind=blind)

    def push(self, who: int) -> None:
        """The reader decides by its own clock."""
        self.duel.push(self.duel.sides[who], self.clocks[1 - who])

    def say(self, who: int, event: Event, document: str) -> None:
        """What an honest node believes to be allowed."""
        side = self.duel.sides[who]
        decided = Decided(event=event)
        entry = self.entry(who, decided, Subject(kind=SubjectKind.AGREEMENT, id=document), OFFICER)
        if not side.own.judge(entry, side.name, self.duel.other(side).name, self.clocks[who]):
            self.duel.write(side, entry)

    def apply(self, detail: int) -> None:
        """Somebody comes to a counter, with originals or copies, and it goes on at once."""
        item = ITEMS[detail % len(ITEMS)]
        number = len(self.matters)
        delivery = list(Delivery)[(detail // 2 + number) % len(Delivery)]
        matter = Matter(case=f"case-{number}", item=item, delivery=delivery)
        who = 0 if matter.intake == SUZHOU else 1
        self.matters.append(matter)
        command = take_in(
            item,
            materials=materials(item, _FORMS[detail % 2]),
            delivery=delivery,
            taken_in_at=self.clocks[who],
        )
        self.act(who, matter, command, blind=False)
        self.act(who, matter, dispatch(CLERK), blind=False)

    def act(self, who: int, matter: Matter, command: CaseCommand, *, blind: bool) -> None:
        """blind: as if no text had ever ended, or, for its authority, been concluded."""
        side = self.duel.sides[who]
        state = side.own.cases.get(matter.case)
        pair = side.own.pair()
        if blind:
            pair = NOTHING if matter.item.competent == side.name else endless(pair)
        command = replace(command, case=matter.case)
        answer = decide(state, command, self._context(who, matter, state, pair))
        for decided in answer if not isinstance(answer, Refusal) else ():
            subject = Subject(kind=SubjectKind.CASE, id=matter.case)
            entry = self.entry(who, decided, subject, command.actor)
            if decided.home:
                side.own.fold(entry, side.name, self.duel.other(side).name, None)
            else:
                self.duel.write(side, entry)
                self.written.append(decided.event)

    def can_move(self, matter: Matter) -> bool:
        """Whether anybody can bring the case on once all clocks are right, or nothing is owed."""
        self.clocks = [self.latest, self.latest]
        states = [side.own.cases.get(matter.case) for side in self.duel.sides]
        if any(state is not None and state.ended for state in states) or not any(states):
            return True
        commands = [act(matter, _AS_APPLICANT) for act in _ACTS.values()]
        return any(self._may(who, matter, command) for who in (0, 1) for command in commands)

    def _may(self, who: int, matter: Matter, command: CaseCommand) -> bool:
        own = self.duel.sides[who].own
        state, command = own.cases.get(matter.case), replace(command, case=matter.case)
        answer = decide(state, command, self._context(who, matter, state, own.pair()))
        return not isinstance(answer, Refusal)

    def _context(
        self, who: int, matter: Matter, state: CaseState | None, pair: PairAgreements
    ) -> CaseContext:
        process = (
            PROCESSES[matter.item.modes[0].mode] if state is None else _PROCESSES[state.process]
        )
        return CaseContext(
            now=self.clocks[who],
            party=self.duel.sides[who].name,
            item=matter.item,
            process=process,
            pair=pair,
            calendar=CALENDAR,
        )

    def entry(self, who: int, decided: Decided, subject: Subject, actor: Actor) -> Entry:
        self.count += 1
        return Entry(
            id=f"{self.count:026d}",
            at=self.clocks[who],
            actor=actor,
            subject=subject,
            event=decided.event,
            basis=decided.basis,
            commitments=tuple(
                Commitment(name=name, digest="0" * 64, size=2, media="application/json")
                for name in decided.bodies
            ),
        )


def endless(pair: PairAgreements) -> PairAgreements:
    """What would stand if nothing had ever ended, stopped or been used up."""
    states = [
        replace(state, suspensions=(), terminations=(), intakes=())
        for state in pair.states.values()
    ]
    documents = {
        digest: replace(document, supersedes="", valid_until=date.max, publications=())
        for digest, document in pair.documents.items()
        if isinstance(document, Agreement)
    }
    return pair_agreements(states, documents)


def _offer(_side: Side, text: Agreement, _detail: int, _now: datetime) -> Event:
    return AgreementOffered(document=document_digest(text))


def _sign(side: Side, text: Agreement, _detail: int, now: datetime) -> Event:
    party, digest = text.party(side.name), document_digest(text)
    assert party is not None
    words = signing_text(digest, side.name, party.office.zh, now)
    return AgreementSigned(document=digest, party=side.name, note=f"{key_name(side.name)}\n{words}")


def _publish(side: Side, text: Agreement, detail: int, now: datetime) -> Event:
    day = china_day(now) + timedelta(days=detail - 4)
    return AgreementPublished(
        document=document_digest(text), party=side.name, published_on=day.isoformat()
    )


def _suspend(_side: Side, text: Agreement, detail: int, _now: datetime) -> Event:
    return AgreementSuspended(document=document_digest(text), ground="audit", items=_SCOPES[detail])


def _resume(_side: Side, text: Agreement, detail: int, _now: datetime) -> Event:
    return AgreementResumed(document=document_digest(text), items=_SCOPES[detail])


def _terminate(_side: Side, text: Agreement, detail: int, now: datetime) -> Event:
    day = china_day(now) + timedelta(days=detail // 2 + text.notice_days)
    return AgreementTerminated(
        document=document_digest(text), ground="policy", last_day=day.isoformat()
    )


#: All of a text, one direction, or some items of both.
_SCOPES = ((), (_THERE, _OTHER), (_BACK,), (_THERE,), (_OTHER, _BACK), ())
_SAYINGS: Mapping[str, Callable[[Side, Agreement, int, datetime], Event]] = {
    "offer": _offer,
    "sign": _sign,
    "publish": _publish,
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
}


def _complete(matter: Matter, detail: int) -> CaseCommand:
    actor, form = (CLERK, APPLICANT)[detail % 2], (*_FORMS, MaterialForm.ELECTRONIC)[detail % 3]
    return complete(matter.item.materials[0].code, actor=actor, form=form)


def _deliver(matter: Matter, _detail: int) -> CaseCommand:
    tracking = "YZ-1" if matter.delivery is Delivery.POST else ""
    at_counter = matter.item.modes[0].mode is Mode.DELEGATED_INTAKE
    check = PersonCheck.ID_CARD_SEEN if at_counter else PersonCheck.ACCOUNT
    return replace(hand_out(matter.delivery, tracking=tracking), person_check=check)


#: With this detail the applicant acts, who has a right of his own, and papers are electronic.
_AS_APPLICANT = 5
_ACTS: Mapping[str, Callable[[Matter, int], CaseCommand]] = {
    "dispatch": lambda _, detail: dispatch((CLERK, CLERK, APPLICANT)[detail % 3]),
    "notify": lambda matter, _: notify(matter.item.materials[0].code),
    "complete": _complete,
    "accept": lambda _, __: accept(),
    "grant": lambda _, __: settle_it(),
    "deliver": _deliver,
}
