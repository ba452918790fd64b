"""Versions of a catalogue: who may publish what, and that both sides compute one list."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue import load_opened_items, load_processes
from tongban.core.agreements.state import PairAgreements, pair_agreements
from tongban.core.cases.events import CaseOpened
from tongban.core.cases.process import Process, process_digest
from tongban.core.catalogues.admit import admit
from tongban.core.catalogues.changes import ChangeKind, changes_of
from tongban.core.catalogues.commands import Publish
from tongban.core.catalogues.decide import CatalogueContext, decide
from tongban.core.catalogues.events import (
    CataloguePublished,
    PublishedLine,
    WithdrawalReason,
    WithdrawnLine,
)
from tongban.core.catalogues.evolve import evolve, settle
from tongban.core.catalogues.opening import Opening, opened_items
from tongban.core.catalogues.permit import LINES_MAX, Shelf
from tongban.core.catalogues.refusals import CatalogueGround
from tongban.core.catalogues.state import CatalogueState, list_digest
from tongban.core.documents import cited_documents
from tongban.core.entry import Actor, ActorKind, Entry, Event, Subject, SubjectKind
from tongban.core.faults import BrokenInvariant
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

from .examples import CARD, agreement_between, in_force, instrument, offered, pair_of
from .examples import ITEMS as EVERY

ME, PARTNER = "hefei.g60.demo", "songjiang.g60.demo"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
ITEMS = load_opened_items("hefei")
PROCESSES = load_processes()
OFFICER = Actor(kind=ActorKind.OFFICER)
DAY = AT.date()


def processes_of(item: Item) -> list[Process]:
    return [PROCESSES[name] for name in dict.fromkeys(offer.process for offer in item.modes)]


def line(item: Item) -> PublishedLine:
    digests = tuple(process_digest(process) for process in processes_of(item))
    return PublishedLine(item=item.code, document=item_digest(item), processes=digests)


def shelf(*items: Item) -> Shelf:
    return Shelf(
        items={item_digest(item): item for item in items},
        processes={process_digest(each): each for item in items for each in processes_of(item)},
    )


def gone(item: Item, day: str = "2026-11-23") -> WithdrawnLine:
    return WithdrawnLine(item=item.code, reason=WithdrawalReason.CLOSED, from_day=day)


def entry(event: Event, *, about: str = ME, number: int = 0, at: datetime = AT) -> Entry:
    return Entry(
        id=f"{number:026d}",
        at=at,
        actor=OFFICER,
        subject=Subject(kind=SubjectKind.CATALOGUE, id=about),
        event=event,
    )


def version(state: CatalogueState | None, *lines: PublishedLine | WithdrawnLine) -> Event:
    """What the publisher decides."""
    command = Publish(
        publisher=ME,
        actor=OFFICER,
        published=tuple(each for each in lines if isinstance(each, PublishedLine)),
        withdrawn=tuple(each for each in lines if isinstance(each, WithdrawnLine)),
    )
    answer = decide(state, command, CatalogueContext(party=ME, now=AT, shelf=shelf(*ITEMS)))
    assert not isinstance(answer, Refusal)
    return answer[0].event


def heard(*items: Item) -> CatalogueState:
    """A partner's state after it was told of these items at once."""
    return evolve(None, entry(version(None, *map(line, items))), writer=ME, viewer=PARTNER)


def ground_of(
    event: Event, state: CatalogueState | None = None, on: Shelf | None = None, about: str = ME
) -> str:
    refusal = admit(state, entry(event, about=about), writer=ME, shelf=on or shelf(*ITEMS))
    return refusal.ground if refusal else ""


def test_what_is_published_stands_at_the_partner() -> None:
    state = heard(*ITEMS)
    assert {each.item for each in state.lines} == {item.code for item in ITEMS}
    assert state.line(ITEMS[0].code) == state.foreseen.line(ITEMS[0].code)
    assert state.line("unknown") is None


def test_the_documents_of_a_version_travel_with_it() -> None:
    event = version(None, line(ITEMS[0]))
    assert cited_documents(event) == (line(ITEMS[0]).document, *line(ITEMS[0]).processes)


@given(order=st.permutations(range(len(ITEMS))))
def test_the_list_is_the_same_in_whatever_order_items_are_named(order: list[int]) -> None:
    lines = [line(ITEMS[index]) for index in order]
    event = version(None, *lines)
    assert isinstance(event, CataloguePublished)
    assert list_digest(heard(*ITEMS)) == event.list_digest


def test_nobody_publishes_for_others() -> None:
    event = version(None, line(ITEMS[0]))
    assert ground_of(event, about=PARTNER) == CatalogueGround.NOT_THE_PUBLISHER
    assert ground_of(CaseOpened()) == CatalogueGround.NOT_THE_PUBLISHER


def test_an_item_of_another_authority_is_refused() -> None:
    foreign = replace(ITEMS[0], competent=PARTNER)
    event = CataloguePublished(version=1, list_digest="", published=(line(foreign),))
    assert ground_of(event, on=shelf(foreign)) == CatalogueGround.NOT_COMPETENT_FOR_ITEM


def test_versions_have_no_gaps_and_are_not_told_twice() -> None:
    event = version(None, line(ITEMS[0]))
    assert ground_of(event) == ""
    assert ground_of(event, heard(ITEMS[0])) == CatalogueGround.VERSION_OUT_OF_ORDER


@pytest.mark.parametrize(
    "event",
    [
        CataloguePublished(version=1, list_digest=""),
        CataloguePublished(version=1, list_digest="", published=(line(ITEMS[0]),) * 2),
        CataloguePublished(
            version=1, list_digest="", published=(line(ITEMS[0]),) * (LINES_MAX + 1)
        ),
        CataloguePublished(version=1, list_digest="", withdrawn=(gone(ITEMS[0], "soon"),)),
        CataloguePublished(version=1, list_digest="", withdrawn=(gone(ITEMS[0], "20261123"),)),
    ],
)
def test_a_malformed_version_is_refused(event: CataloguePublished) -> None:
    assert ground_of(event) == CatalogueGround.CATALOGUE_MALFORMED


def test_what_is_no_item_or_lacks_its_process_is_refused() -> None:
    event = version(None, line(ITEMS[0]))
    nothing = Shelf(items={}, processes={})
    assert ground_of(event, on=nothing) == CatalogueGround.ITEM_UNREADABLE
    bare = Shelf(items=shelf(ITEMS[0]).items, processes={})
    assert ground_of(event, on=bare) == CatalogueGround.ITEM_PROCESS_MISSING
    other = replace(line(ITEMS[0]), item=ITEMS[1].code)
    renamed = CataloguePublished(version=1, list_digest="", published=(other,))
    assert ground_of(renamed) == CatalogueGround.ITEM_UNREADABLE


def test_another_list_is_refused() -> None:
    event = CataloguePublished(version=1, list_digest="sha256:0", published=(line(ITEMS[0]),))
    assert ground_of(event) == CatalogueGround.LIST_DIFFERS


def test_what_is_not_listed_cannot_be_withdrawn() -> None:
    event = CataloguePublished(version=1, list_digest="", withdrawn=(gone(ITEMS[0]),))
    assert ground_of(event) == CatalogueGround.NOT_ON_THE_LIST
    command = Publish(publisher=ME, actor=OFFICER, withdrawn=(gone(ITEMS[0]),))
    answer = decide(None, command, CatalogueContext(party=ME, now=AT, shelf=shelf()))
    assert isinstance(answer, Refusal)
    assert answer.ground == CatalogueGround.NOT_ON_THE_LIST


def test_a_withdrawal_stops_those_who_come_after_it_was_said_and_from_its_day_on() -> None:
    state = heard(ITEMS[0])
    event = version(state, gone(ITEMS[0], "2026-11-25"))
    after = evolve(state, entry(event), writer=ME, viewer=PARTNER)
    withdrawal = after.withdrawal(ITEMS[0].code)
    assert withdrawal is not None
    assert after.line(ITEMS[0].code) is None
    assert not withdrawal.stops(AT - timedelta(days=5))
    assert not withdrawal.stops(AT + timedelta(days=1))
    assert withdrawal.stops(AT + timedelta(days=2))


def test_the_writer_waits_for_the_outcome_and_forgets_what_was_refused() -> None:
    event = version(None, line(ITEMS[0]), line(ITEMS[1]))
    waiting = evolve(None, entry(event, number=1), writer=ME, viewer=ME)
    assert waiting.lines == ()
    assert len(waiting.foreseen.lines) == 2
    assert settle(waiting, f"{1:026d}", refused="").lines == waiting.foreseen.lines
    assert settle(waiting, "unknown", refused="") == waiting
    refused = settle(waiting, f"{1:026d}", refused=CatalogueGround.ITEM_UNREADABLE)
    assert (refused.lines, len(refused.suspects)) == ((), 2)
    late = settle(waiting, f"{1:026d}", refused=CatalogueGround.VERSION_OUT_OF_ORDER)
    assert late == CatalogueState(publisher=ME)


def test_what_is_refused_alone_is_remembered() -> None:
    waiting = evolve(None, entry(version(None, line(ITEMS[0])), number=1), writer=ME, viewer=ME)
    refused = settle(waiting, f"{1:026d}", refused=CatalogueGround.ITEM_UNREADABLE)
    assert refused.refused == (item_digest(ITEMS[0]),)


def test_no_other_event_folds_into_a_catalogue() -> None:
    with pytest.raises(BrokenInvariant):
        evolve(None, entry(CaseOpened()), writer=ME, viewer=PARTNER)


def test_changes_say_what_was_added_changed_withdrawn_and_opened_again() -> None:
    first, second = ITEMS[0], replace(ITEMS[0], version=2)
    events: list[Entry] = []
    state: CatalogueState | None = None
    for lines in ([line(first)], [line(second)], [gone(first)], [line(first)]):
        known = shelf(*ITEMS, second)
        command = Publish(
            publisher=ME,
            actor=OFFICER,
            published=tuple(each for each in lines if isinstance(each, PublishedLine)),
            withdrawn=tuple(each for each in lines if isinstance(each, WithdrawnLine)),
        )
        answer = decide(state, command, CatalogueContext(party=ME, now=AT, shelf=known))
        assert not isinstance(answer, Refusal)
        events.append(entry(answer[0].event))
        state = evolve(state, events[-1], writer=ME, viewer=PARTNER)
    changes = list(changes_of(ME, [entry(CaseOpened()), *events]))
    assert [change.kind for change in changes] == [
        ChangeKind.ADDED,
        ChangeKind.CHANGED,
        ChangeKind.WITHDRAWN,
        ChangeKind.REOPENED,
    ]
    assert changes[1].before == changes[0].after
    assert (changes[2].after, changes[2].reason) == ("", "closed")


def test_what_is_told_twice_is_no_change() -> None:
    once = version(None, line(ITEMS[0]))
    state = evolve(None, entry(once), writer=ME, viewer=PARTNER)
    again = version(state, line(ITEMS[0]), line(ITEMS[1]))
    changes = list(changes_of(ME, [entry(once), entry(again)]))
    assert [change.item for change in changes] == [ITEMS[0].code, ITEMS[1].code]


def test_another_process_of_the_same_item_is_a_change() -> None:
    first = line(ITEMS[0])
    other = replace(first, processes=(*first.processes, "sha256:0"))
    events = [
        CataloguePublished(version=number, list_digest="", published=(each,))
        for number, each in enumerate((first, other), 1)
    ]
    changes = list(changes_of(ME, map(entry, events)))
    assert [change.kind for change in changes] == [ChangeKind.ADDED, ChangeKind.CHANGED]


@pytest.mark.parametrize("after", [0, 2])
def test_lines_computed_from_another_version_are_refused(after: int) -> None:
    command = Publish(publisher=ME, actor=OFFICER, published=(line(ITEMS[1]),), after=after)
    context = CatalogueContext(party=ME, now=AT, shelf=shelf(*ITEMS))
    answer = decide(heard(ITEMS[0]), command, context)
    assert isinstance(answer, Refusal)
    assert answer.ground == CatalogueGround.VERSION_OUT_OF_ORDER
    assert not isinstance(decide(heard(ITEMS[0]), replace(command, after=1), context), Refusal)


def test_without_agreement_only_what_an_officer_opened_is_opened() -> None:
    nothing = pair_agreements([], {})
    opened = opened_items(
        ITEMS,
        nothing,
        granter=ME,
        grantee=PARTNER,
        day=AT.date(),
        to_partner={ITEMS[0].code, ITEMS[1].code},
        to_all={ITEMS[1].code},
    )
    assert list(opened) == [
        (ITEMS[0], (Opening.TO_PARTNER,)),
        (ITEMS[1], (Opening.TO_PARTNER, Opening.TO_ALL)),
    ]


def test_what_was_taken_back_is_not_opened_whatever_else_opens_it() -> None:
    pair = in_force("songjiang", "hefei")
    agreed = codes_opened(pair)
    code = min(agreed)
    every = [item for item in EVERY.values() if item.competent == ME]
    opened = opened_items(
        every, pair, granter=ME, grantee=PARTNER, day=DAY, to_all={code}, closed={code}
    )
    assert {item.code for item, _ in opened} == agreed - {code}


def codes_opened(pair: PairAgreements, *, day: date = DAY, granter: str = ME) -> set[str]:
    every = [item for item in EVERY.values() if item.competent == granter]
    found = opened_items(every, pair, granter=granter, grantee=PARTNER, day=day)
    return {item.code for item, _ in found}


def test_what_two_places_agreed_on_is_opened_from_its_first_day_on() -> None:
    agreement = agreement_between("songjiang", "hefei")
    pair = in_force("songjiang", "hefei")
    granted = {
        code
        for clause in agreement.clauses
        for grant in clause.grants
        if grant.granter == ME
        for code in grant.items
    }
    assert codes_opened(pair) == granted
    assert codes_opened(pair, day=agreement.valid_from - timedelta(days=1)) == set()
    everything = {item.code for item in EVERY.values()}
    assert set(codes_opened(pair, granter=PARTNER)) <= everything - granted


def test_an_agreement_that_is_not_signed_by_all_opens_nothing() -> None:
    agreement = agreement_between("songjiang", "hefei")
    assert codes_opened(pair_of((offered(agreement), agreement))) == set()


def test_a_cited_list_opens_its_items() -> None:
    document = instrument()
    pair = pair_of((offered(document, cited=True), document))
    assert CARD.code in codes_opened(pair, granter=CARD.competent)
    assert codes_opened(pair, granter=CARD.competent, day=date(2020, 1, 1)) == set()
