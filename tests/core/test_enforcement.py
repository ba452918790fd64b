"""Whatever happens to agreements between two nodes, both decide alike about every act."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.authorise import Delegation, find_basis, why_stopped
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementPublished,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
)
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.cases.events import CaseDispatched
from tongban.core.china_time import china_day
from tongban.core.entry import Basis, BasisKind, Entry, Event, Subject, SubjectKind
from tongban.core.words import Words

from .enforcement import Duel, Side, View
from .examples import CARD, FOOD, FUND, MORNING, OFFICER, PROCESSES
from .talks import HANGZHOU, SUZHOU
from .test_daily_limits import CLAUSE, DIGEST, FLOW, LIMIT, WANTED, dispatched, limited, of, pair

#: The limited one; one that asks both to publish it; and one that takes the first's place.
FIRST = limited()
PUBLIC = replace(
    limited(0),
    number="public",
    publications=tuple(
        PublicationDuty(party=node, where=Words(zh="网站", en="site"), publish_by=FIRST.valid_from)
        for node in (SUZHOU, HANGZHOU)
    ),
)
SECOND = replace(limited(1), version=2, supersedes=DIGEST, valid_until=china_day(MORNING))
DOCUMENTS = {document_digest(each): each for each in (FIRST, PUBLIC, SECOND)}
PROCESS = PROCESSES[FUND.modes[0].mode]
TEMPLATE = of(dispatched(pair()))

#: Who, what, on which text, and a number that chooses among details.
Move = tuple[int, str, int, int]
MOVES: st.SearchStrategy[list[Move]] = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(
            [
                "offer",
                "sign",
                "sign",
                "publish",
                "suspend",
                "resume",
                "terminate",
                "dispatch",
                "dispatch",
                "dispatch",
                "pretend",
                "push",
                "push",
                "wait",
            ]
        ),
        st.sampled_from([0, 0, 0, 1, 1, 2]),
        st.integers(min_value=0, max_value=5),
    ),
    min_size=10,
    max_size=60,
)


def duel() -> Duel:
    sides = tuple(
        Side(
            name=name,
            own=View(viewer=name, documents=DOCUMENTS, process=PROCESS),
            theirs=View(viewer=other, documents=DOCUMENTS, process=PROCESS),
        )
        for name, other in ((SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU))
    )
    return Duel(sides=(sides[0], sides[1]))


class Story:
    """One history; every entry has a number and an instant of its own."""

    def __init__(self) -> None:
        self.duel = duel()
        self.now = MORNING
        self.count = 0
        self.acts = 0

    def play(self, moves: Sequence[Move]) -> None:
        self.agree()
        for who, what, text, detail in moves:
            side = self.duel.sides[who]
            document = list(DOCUMENTS)[text]
            if what == "push":
                self.duel.push(side, self.now)
            elif what == "wait":
                self.now += timedelta(hours=(1, 1, 5, 15, 24, 48)[detail])
            elif what in _SAYINGS:
                said = _SAYINGS[what](side, DOCUMENTS[document], detail, self.now)
                self.say(side, said, document)
            else:
                self.dispatch(self.duel.sides[0], document, detail, pretend=what == "pretend")
        for _ in range(3):
            for side in self.duel.sides:
                self.duel.push(side, self.now)

    def agree(self) -> None:
        """Most histories are about a text that both have signed."""
        one, other = self.duel.sides
        self.say(one, AgreementOffered(document=DIGEST), DIGEST)
        self.duel.push(one, self.now)
        for side in (one, other):
            self.say(side, _sign(side, FIRST, 0, self.now), DIGEST)
            self.duel.push(side, self.now)

    def say(self, side: Side, event: Event, document: str) -> None:
        """What an honest node believes to be allowed."""
        entry = self.entry(event, Subject(kind=SubjectKind.AGREEMENT, id=document), None)
        if not side.own.judge(entry, side.name, self.duel.other(side).name, self.now):
            self.duel.write(side, entry)

    def dispatch(self, side: Side, document: str, detail: int, *, pretend: bool) -> None:
        """Under the clause that the node finds, or under one that it only names."""
        assert isinstance(TEMPLATE.event, CaseDispatched)
        item = (FUND, FUND, FUND, CARD, FOOD, FUND)[detail]
        basis = Basis(kind=BasisKind.CLAUSE, document=document, clause=CLAUSE)
        if not pretend:
            wanted: Delegation = replace(WANTED, item=item.code, at=self.now)
            found = find_basis(side.own.pair(), wanted)
            if not isinstance(found, Basis):
                return
            basis = found
        elif document not in side.own.agreements:
            return
        subject = Subject(kind=SubjectKind.CASE, id=f"case-{self.count}")
        made = replace(TEMPLATE.event, item=item.code)
        self.duel.write(side, self.entry(made, subject, basis))
        self.acts += 1

    def entry(self, made: Event, subject: Subject, basis: Basis | None) -> Entry:
        self.count += 1
        return replace(
            TEMPLATE,
            id=f"{self.count:026d}",
            at=self.now,
            actor=OFFICER,
            subject=subject,
            event=made,
            basis=basis,
            commitments=TEMPLATE.commitments if basis else (),
        )


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
    items = ((), (), (FUND.code,), (CARD.code,), (FUND.code,), ())[detail]
    return AgreementSuspended(document=document_digest(text), ground="audit", items=items)


def _resume(_side: Side, text: Agreement, _detail: int, _now: datetime) -> Event:
    return AgreementResumed(document=document_digest(text))


def _terminate(_side: Side, text: Agreement, detail: int, now: datetime) -> Event:
    day = china_day(now) + timedelta(days=detail + text.notice_days)
    return AgreementTerminated(
        document=document_digest(text), ground="policy", last_day=day.isoformat()
    )


_SAYINGS: dict[str, Callable[[Side, Agreement, int, datetime], Event]] = {
    "offer": _offer,
    "sign": _sign,
    "publish": _publish,
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
}


def check(moves: Sequence[Move]) -> None:
    """Both came to the same about each act, hold the same, and no day carried too much."""
    story = Story()
    story.play(moves)
    assert story.duel.differences == []
    one, other = story.duel.sides
    assert one.own.agreements.keys() == other.own.agreements.keys()
    assert standing(one, story.now) == standing(other, story.now)
    for state in one.own.agreements.values():
        for tally in state.intakes:
            assert tally.sent == ()
            assert all(line.landed <= _limit(state.document) for line in tally.days)
    for refusal in story.duel.rulings:
        event(refusal)


def standing(side: Side, at: datetime) -> dict[tuple[str, str], object]:
    """Why each text carries nothing new for each item, and what was counted under it."""
    pair = side.own.pair()
    return {
        (digest, item.code): (why_stopped(pair, state, item.code, at), state.intakes)
        for digest, state in side.own.agreements.items()
        for item in (FUND, CARD)
    }


def _limit(document: str) -> int:
    clause = DOCUMENTS[document].clause(FLOW.clause)
    assert clause is not None
    return clause.grants[0].daily_limit


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_both_sides_decide_alike_whatever_happened_to_their_agreements(moves: list[Move]) -> None:
    check(moves)


@pytest.mark.drill
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_both_sides_decide_alike_in_ten_thousand_histories(moves: list[Move]) -> None:
    check(moves)


def test_the_sender_alone_keeps_to_the_limit_where_clocks_agree() -> None:
    story = Story()
    story.play([(0, "dispatch", 0, 0)] * (LIMIT + 3) + [(0, "push", 0, 0)])
    assert (story.acts, story.duel.rulings) == (LIMIT, [])


def test_the_receiver_keeps_to_it_where_the_sender_does_not() -> None:
    story = Story()
    story.play([(0, "pretend", 0, 0)] * (LIMIT + 3) + [(0, "push", 0, 0)])
    assert story.duel.rulings == ["daily_limit_reached"] * 3
    assert story.duel.differences == []
