"""What negotiations cost, told from where they stand."""

from dataclasses import replace
from datetime import date, timedelta

from tongban.core.agreements.document import Document
from tongban.core.china_time import china_day
from tongban.core.negotiations.state import (
    Closing,
    Comment,
    NegotiationStanding,
    NegotiationState,
    Version,
)
from tongban.core.negotiations.statistics import TalkFigures, figures_of, together
from tongban.core.words import Words

from .examples import MORNING
from .table import DIGESTS, DRAFTS, HANGZHOU, NAME, SUZHOU

FIRST, *OTHERS = DRAFTS[0].clauses
CHANGED = replace(FIRST, text=Words(zh="另行约定", en="Otherwise"))
#: The second text changes the first clause and leaves the last one out.
SECOND = replace(DRAFTS[1], clauses=(CHANGED, *OTHERS[:-1]))
DRAFTED = {DIGESTS[0]: DRAFTS[0], DIGESTS[1]: SECOND}
DOCUMENTS: dict[str, Document] = dict(DRAFTED)
LATER = MORNING + timedelta(hours=30)


def version(number: int, by: str) -> Version:
    return Version(
        document=DIGESTS[number], by=by, answer_by="2026-12-01", at=MORNING, entry=str(number)
    )


def talks(closing: Closing | None = None) -> NegotiationState:
    said = Comment(version=1, clause=FIRST.number, by=HANGZHOU, at=MORNING, entry="c")
    return NegotiationState(
        id=NAME,
        parties=(SUZHOU, HANGZHOU),
        versions=(version(0, SUZHOU), version(1, HANGZHOU)),
        comments=(said,),
        closing=closing,
    )


def accepted(hours: int) -> NegotiationState:
    at = MORNING + timedelta(hours=hours)
    standing = NegotiationStanding.ACCEPTED
    return talks(Closing(standing=standing, by=SUZHOU, ground="", at=at, entry="e"))


def test_a_clause_is_fought_over_by_counters_and_comments() -> None:
    found = figures_of(talks(), DOCUMENTS, now=LATER, today=china_day(LATER))
    assert (found.counters, found.comments) == (1, 1)
    assert found.fought == {FIRST.number: 2, OTHERS[-1].number: 1}
    assert found.took == timedelta(hours=30)
    assert found.standing is NegotiationStanding.OPEN


def test_what_nobody_answered_ended_with_the_last_day_for_an_answer() -> None:
    later = LATER + timedelta(days=400)
    found = figures_of(talks(), DOCUMENTS, now=later, today=china_day(later))
    assert found.standing is NegotiationStanding.LAPSED
    assert china_day(MORNING + found.took) == date(2026, 12, 2)


def test_a_text_that_is_not_known_changes_nothing() -> None:
    found = figures_of(talks(), {}, now=LATER, today=china_day(LATER))
    assert found.fought == {FIRST.number: 1}


def test_many_are_told_together_with_the_clauses_most_fought_over_first() -> None:
    states = [accepted(10), accepted(50), accepted(20), talks()]
    figures = [figures_of(s, DOCUMENTS, now=LATER, today=china_day(LATER)) for s in states]
    found = together(figures)
    assert found.by_standing == {NegotiationStanding.ACCEPTED: 3, NegotiationStanding.OPEN: 1}
    assert found.median == timedelta(hours=20)
    text = SECOND.template or SECOND.number
    assert [(each.text, each.clause, each.times) for each in found.fought] == [
        (text, FIRST.number, 8),
        (text, OTHERS[-1].number, 4),
    ]


def test_the_same_number_in_unrelated_texts_is_another_clause() -> None:
    other = replace(figures(talks()), text="another")
    found = together([figures(talks()), other, other])
    assert [(each.text, each.times) for each in found.fought if each.clause == FIRST.number] == [
        ("another", 4),
        (figures(talks()).text, 2),
    ]
    assert figures_of(talks(), {}, now=LATER, today=china_day(LATER)).text == ""
    drawn = {digest: replace(each, template="sha256:t") for digest, each in DRAFTED.items()}
    assert figures_of(talks(), drawn, now=LATER, today=china_day(LATER)).text == "sha256:t"


def figures(state: NegotiationState) -> TalkFigures:
    return figures_of(state, DOCUMENTS, now=LATER, today=china_day(LATER))


def test_where_nothing_was_agreed_there_is_no_median() -> None:
    assert together([]).median is None
