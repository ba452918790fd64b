"""What took effect, as the addressee's binding outcomes say."""

from dataclasses import replace

from tongban.core.cases.events import CaseOpened
from tongban.core.channel.events import OutcomeRecorded, RefusedEntry
from tongban.core.entry import Seen
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.report import Effect, EntryReport

from .pair import Pair
from .stories import CASE, HEFEI, OWN_RIGHT, SONGJIANG, WHOLE, Bundling, bundling, codes, dispatched


def pair_with_dispatch() -> Pair:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    return pair


def dispatch_in(bundle: Bundling) -> EntryReport:
    report = bundle.verify()
    assert codes(report) == []
    (entry,) = [e for e in report.entries if e.type == "case.dispatched"]
    return entry


def is_outcome(bundled: BundledEntry) -> bool:
    return isinstance(bundled.entry.event, OutcomeRecorded)


def test_what_an_outcome_covers_took_effect() -> None:
    pair = pair_with_dispatch()
    pair.push(pair.out)
    entry = dispatch_in(bundling(pair))
    assert (entry.outcome, entry.ground) == (Effect.TAKEN_EFFECT, "")
    assert entry.received_at == entry.available_at
    assert entry.received_at is not None


def test_what_an_outcome_refuses_was_refused_with_its_ground() -> None:
    pair = pair_with_dispatch()
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    entry = dispatch_in(bundling(pair))
    assert (entry.outcome, entry.ground) == (Effect.REFUSED, "recalled")


def test_outcomes_openings_and_home_entries_have_no_outcome() -> None:
    kinds = {e.type: e.outcome for e in WHOLE.verify().entries if e.outcome is Effect.NOT_DUE}
    assert sorted(kinds) == [
        "case.taken_in",
        "generation.opened",
        "home.opened",
        "outcome.recorded",
        "peer.paired",
        "personal_data.read",
    ]


def test_without_an_outcome_nothing_is_known() -> None:
    bundle = bundling(pair_with_dispatch_pushed())
    assert dispatch_in(bundle.without(is_outcome)).outcome is Effect.UNSETTLED


def pair_with_dispatch_pushed() -> Pair:
    pair = pair_with_dispatch()
    pair.push(pair.out)
    return pair


def test_an_outcome_that_its_addressee_has_not_cosigned_does_not_bind() -> None:
    pair = pair_with_dispatch_pushed()
    size = len(pair.back.last.lines)
    note = pair.back.last.notes[size]
    pair.back.last.notes[size] = replace(note, signatures=note.signatures[:1])
    assert dispatch_in(bundling(pair)).outcome is Effect.UNSETTLED


def test_an_outcome_that_reaches_less_far_says_nothing() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, CaseOpened(), CASE)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.sync(pair.out)
    assert dispatch_in(bundling(pair)).outcome is Effect.UNSETTLED


def test_an_outcome_that_begins_later_says_nothing() -> None:
    pair = pair_with_dispatch()
    pair.sync(pair.out)
    pair.say(pair.out, CaseOpened(), CASE)
    report = bundling(pair).verify()
    (entry,) = [e for e in report.entries if e.type == "case.dispatched"]
    assert entry.outcome is Effect.UNSETTLED
    assert codes(report) == ["outcome_missing"]


def pair_with_refusal_and_more() -> Pair:
    pair = pair_with_dispatch()
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    pair.say(pair.out, CaseOpened(), CASE)
    return pair


def test_a_refusal_that_was_left_out_is_missed_where_its_writer_shows_to_have_gone_on() -> None:
    pair = pair_with_refusal_and_more()
    refusal, _ = [b for b in pair.back.bundled() if is_outcome(b)]
    report = bundling(pair).without(lambda b: b.place == refusal.place).verify()
    assert codes(report) == ["outcome_missing"]
    assert Effect.TAKEN_EFFECT not in {e.outcome for e in report.entries if e.number < 5}


def test_a_refusal_that_was_left_out_with_all_that_came_later_is_not_told_as_consent() -> None:
    pair = pair_with_refusal_and_more()
    refusal, _ = [b for b in pair.back.bundled() if is_outcome(b)]
    bundle = bundling(pair).without(
        lambda b: b.place.index >= refusal.place.index and b.place.log == refusal.place.log
    )
    assert dispatch_in(bundle).outcome is Effect.UNSETTLED


def test_an_outcome_about_what_its_writer_had_decided_before_fails() -> None:
    pair = pair_with_dispatch_pushed()
    again = pair.outcome(pair.out, Seen(generation=1, size=1))
    pair.write(pair.back, again, CASE)
    pair.sync(pair.back)
    assert codes(bundling(pair).verify()) == ["outcome_repeated"]


def test_an_outcome_in_a_later_generation_reaches_what_was_before() -> None:
    pair = pair_with_dispatch()
    since = pair.applied(pair.out)
    pair.out.sign(pair.now)
    pair.restart(pair.out)
    pair.write(pair.back, pair.outcome(pair.out, since), CASE)
    pair.sync(pair.back)
    assert dispatch_in(bundling(pair)).outcome is Effect.TAKEN_EFFECT
