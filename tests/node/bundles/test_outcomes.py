"""What took effect, as the addressee's binding outcomes say."""

from dataclasses import replace

from tongban.core.cases.events import CaseOpened
from tongban.core.channel.events import AvailabilitySource, OutcomeRecorded, RefusedEntry
from tongban.core.entry import Seen
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.order import in_causal_order
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
    pair.push(pair.out)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.sync(pair.out)
    assert dispatch_in(bundling(pair)).outcome is Effect.UNSETTLED


def test_a_later_outcome_does_not_hide_the_refusal_that_was_left_out() -> None:
    pair = pair_with_dispatch()
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    pair.say(pair.out, CaseOpened(), CASE)
    _, later = [b for b in pair.back.bundled() if is_outcome(b)]
    hiding = bundling(pair).without(lambda b: is_outcome(b) and b.place.index < later.place.index)
    assert dispatch_in(hiding).outcome is Effect.UNSETTLED


def test_a_neighbour_that_had_seen_the_entry_does_not_show_the_outcome_to_be_the_first() -> None:
    pair = pair_with_dispatch()
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    pair.write(pair.back, CaseOpened(), CASE)
    pair.push(pair.out)
    first, _ = [b for b in pair.back.bundled() if is_outcome(b)]
    hiding = bundling(pair).without(lambda b: b.place == first.place)
    assert dispatch_in(hiding).outcome is Effect.UNSETTLED


def test_an_outcome_in_a_later_generation_reaches_what_was_before() -> None:
    pair = pair_with_dispatch()
    pair.out.sign(pair.now)
    pair.restart(pair.out)
    pair.back.sign(pair.now)
    outcome = OutcomeRecorded(
        generation=2,
        size=1,
        received_at=pair.now,
        available_at=pair.now,
        available_source=AvailabilitySource.GATEWAY,
    )
    pair.write(pair.back, outcome, CASE, seen=Seen(generation=2, size=1))
    pair.sync(pair.back)
    entries = in_causal_order(pair.all_entries())
    assert dispatch_in(replace(bundling(pair), entries=entries)).outcome is Effect.TAKEN_EFFECT
