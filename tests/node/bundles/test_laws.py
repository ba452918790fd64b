"""What holds of every case and every bundle, whatever was said and in whatever order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.core.cases.events import CaseAccepted, CaseOpened
from tongban.core.channel.events import OutcomeRecorded, RefusedEntry
from tongban.node.bundles.archive import unpack
from tongban.node.bundles.contents import read_contents
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.manifest import MANIFEST
from tongban.node.bundles.order import contradictions, in_causal_order
from tongban.node.bundles.report import BundleReport, Effect, EntryReport
from tongban.node.bundles.standing import decides
from tongban.node.bundles.verify import verify_bundle

from .pair import MadeUpLog, Pair
from .stories import (
    CASE,
    HEFEI,
    OWN_RIGHT,
    SONGJIANG,
    TRUST,
    WHOLE,
    Bundling,
    bundling,
    codes,
    dispatched,
    signed,
)

ACTS = st.lists(st.sampled_from(["write", "push", "refuse", "restart", "deliver"]), max_size=12)
SIDES = st.lists(st.booleans(), min_size=12, max_size=12)
FILES = {name: data for name, data in unpack(WHOLE.encode()).items() if name != MANIFEST}


def act(pair: Pair, log: MadeUpLog, what: str) -> None:
    if what == "write":
        pair.write(log, CaseOpened(), CASE)
        log.sign()
    elif what == "restart":
        pair.deliver(log)
        pair.restart(log)
    elif what == "deliver":
        pair.deliver(log)
    else:
        number, index = pair.write(log, CaseOpened(), CASE)
        line = RefusedEntry(generation=number, index=index, ground="recalled")
        pair.push(log, [line] if what == "refuse" else [])


def history(acts: list[str], sides: list[bool]) -> Pair:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    for what, outwards in zip(acts, sides, strict=False):
        act(pair, pair.out if outwards else pair.back, what)
    return pair


@settings(max_examples=60)
@given(acts=ACTS, sides=SIDES)
def test_every_honest_history_passes(acts: list[str], sides: list[bool]) -> None:
    pair = history(acts, sides)
    report = bundling(pair).verify()
    assert codes(report) == []
    effects = {e.outcome for e in report.entries if e.about_case}
    assert (Effect.REFUSED in effects) is ("refuse" in acts[:12])


@settings(max_examples=60)
@given(acts=ACTS, sides=SIDES, data=st.data())
def test_the_order_is_the_same_from_wherever_one_starts(
    acts: list[str], sides: list[bool], data: st.DataObject
) -> None:
    entries = bundling(history(acts, sides)).entries
    shuffled = data.draw(st.permutations(entries))
    assert in_causal_order(shuffled) == tuple(entries)
    assert list(contradictions(entries)) == []


@settings(max_examples=60)
@given(acts=ACTS, sides=SIDES)
def test_what_an_entry_had_seen_stands_before_it(acts: list[str], sides: list[bool]) -> None:
    entries = bundling(history(acts, sides)).entries
    for number, bundled in enumerate(entries):
        seen = bundled.entry.seen
        for later in entries[number:]:
            if seen and later.place.log == bundled.place.log.opposite:
                assert later.place.position >= (seen.generation, seen.size)


@settings(max_examples=60)
@given(acts=ACTS, sides=SIDES, data=st.data())
def test_what_is_left_out_never_turns_a_refusal_into_consent(
    acts: list[str], sides: list[bool], data: st.DataObject
) -> None:
    whole = bundling(history(acts, sides))
    told = {(e.type, e.at): e.outcome for e in whole.verify().entries}
    kept = [b for b in whole.entries if data.draw(st.booleans())]
    for entry in whole.with_entries(kept).verify().entries:
        assert entry.outcome in {told[entry.type, entry.at], Effect.UNSETTLED}


@settings(max_examples=60)
@given(acts=ACTS, sides=SIDES, data=st.data())
def test_an_outcome_can_be_left_out_only_with_all_that_its_writer_wrote_since(
    acts: list[str], sides: list[bool], data: st.DataObject
) -> None:
    whole = bundling(history(acts, sides))
    outcomes = [b for b in whole.entries if isinstance(b.entry.event, OutcomeRecorded)]
    doomed = data.draw(st.sampled_from(outcomes)) if outcomes else None
    report = whole.without(lambda b: b is doomed).verify()
    went_on = doomed and any(b.place > doomed.place for b in log_of(whole, doomed))
    assert codes(report) == (["outcome_missing"] if went_on else [])


def log_of(bundle: Bundling, one: BundledEntry) -> list[BundledEntry]:
    return [b for b in bundle.entries if b.place.log == one.place.log]


def test_contents_read_back_are_the_contents_written() -> None:
    assert read_contents(FILES) == WHOLE.contents


def less_is_proven(report: BundleReport) -> bool:
    whole = sum(entry.proven for entry in WHOLE.verify().entries)
    return sum(entry.proven for entry in report.entries) < whole


@settings(max_examples=300)
@given(
    name=st.sampled_from(sorted(FILES)),
    place=st.integers(min_value=0),
    change=st.integers(min_value=1, max_value=255),
)
def test_even_the_exporter_changes_no_byte_of_what_was_said(
    name: str, place: int, change: int
) -> None:
    data = bytearray(FILES[name])
    data[place % len(data)] ^= change
    try:
        report = verify_bundle(signed({**FILES, name: bytes(data)}), TRUST)
    except BundleUnreadable:
        return
    assert not report.verified or less_is_proven(report)


def says_no_more(entry: EntryReport, before: EntryReport) -> bool:
    """Whether the same is told, except that less may be known of what the entry rests on."""
    silent = replace(
        before, outcome=Effect.UNSETTLED, ground="", received_at=None, available_at=None
    )
    known = before if entry.outcome is before.outcome else silent
    bare = [replace(e, number=0, bodies=(), basis=None) for e in (entry, known)]
    bodies = zip(entry.bodies, before.bodies, strict=True)
    return (
        bare[0] == bare[1]
        and entry.basis in (before.basis, before.basis and replace(before.basis, number=""))
        and all(body in (shown, replace(shown, included=False)) for body, shown in bodies)
    )


def check_what_is_left(report: BundleReport) -> None:
    """Either it does not hold, or it says nothing of an entry that the whole did not say."""
    if report.verified:
        told = {(entry.writer, entry.reader, entry.at): entry for entry in WHOLE.verify().entries}
        for entry in report.entries:
            assert says_no_more(entry, told[entry.writer, entry.reader, entry.at])


@settings(max_examples=100)
@given(doomed=st.sets(st.sampled_from(sorted(FILES)), min_size=1))
def test_files_that_are_left_out_are_missed_or_only_make_the_bundle_say_less(
    doomed: set[str],
) -> None:
    files = {name: data for name, data in FILES.items() if name not in doomed}
    try:
        report = verify_bundle(signed(files), TRUST)
    except BundleUnreadable:
        return
    check_what_is_left(report)


@settings(max_examples=100)
@given(doomed=st.sets(st.sampled_from(range(len(WHOLE.entries))), min_size=1))
def test_entries_that_are_left_out_are_missed_or_only_make_the_bundle_say_less(
    doomed: set[int],
) -> None:
    kept = [b for number, b in enumerate(WHOLE.entries) if number not in doomed]
    check_what_is_left(WHOLE.with_entries(kept).verify())


@pytest.mark.parametrize("doomed", WHOLE.entries, ids=lambda b: type(b.entry.event).__name__)
def test_a_single_entry_is_missed_unless_it_is_of_the_home_log_or_the_last_outcome(
    doomed: BundledEntry,
) -> None:
    at_home = not doomed.place.log.reader and doomed.place.index > 0
    is_last = isinstance(doomed.entry.event, OutcomeRecorded) and doomed == WHOLE.entries[-1]
    report = WHOLE.without(lambda b: b is doomed).verify()
    assert report.verified is (at_home or is_last)
    check_what_is_left(report)


def test_an_act_is_not_missed_where_its_outcome_is_left_out_too() -> None:
    accepted = next(b for b in WHOLE.entries if isinstance(b.entry.event, CaseAccepted))
    (outcome,) = [
        b
        for b in WHOLE.entries
        if isinstance(b.entry.event, OutcomeRecorded)
        and b.place.log == accepted.place.log.opposite
        and decides(b.entry.event, accepted.place.position)
    ]
    report = WHOLE.without(lambda b: b in (accepted, outcome)).verify()
    assert report.verified
    check_what_is_left(report)


def test_a_bundle_is_the_same_whatever_the_order_of_what_goes_in() -> None:
    shuffled = replace(
        WHOLE, documents=dict(list(WHOLE.documents.items())[::-1]), nodes=WHOLE.nodes[::-1]
    )
    assert shuffled.encode() == WHOLE.encode()
