"""Along each log ids grow, nothing is told in two ways, and generations follow each other."""

from dataclasses import replace
from typing import Any

import pytest

from tongban.core.cases.events import CaseOpened
from tongban.core.entry import Seen
from tongban.core.home.events import HomeOpened, PersonalDataRead
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.order import in_causal_order

from .pair import MadeUpLog, Pair
from .stories import CASE, HEFEI, OWN_RIGHT, SONGJIANG, Bundling, bundling, codes, dispatched


def fresh() -> Pair:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    return pair


def in_order(pair: Pair, *more: BundledEntry) -> Bundling:
    entries = in_causal_order([*pair.all_entries(), *more])
    return replace(bundling(pair), entries=entries)


def test_ids_that_do_not_grow_fail() -> None:
    pair = fresh()
    pair.write(pair.back, CaseOpened(), CASE, entry_id="0" * 26)
    pair.sync(pair.back)
    assert codes(bundling(pair).verify()) == ["ids_do_not_grow"]


def test_an_entry_that_stands_twice_fails() -> None:
    pair = fresh()
    again = next(b for b in pair.out.bundled() if b.place.index == 1)
    assert codes(in_order(pair, again).verify()) == ["ids_do_not_grow"]


def test_two_entries_in_one_place_under_two_roots_are_an_equivocation() -> None:
    pair, other = fresh(), Pair(SONGJIANG, HEFEI)
    other.write(other.out, CaseOpened(), CASE)
    other.sync(other.out)
    second = [b for b in other.out.bundled() if b.place.index == 1]
    report = in_order(pair, *second).verify()
    assert codes(report) == ["equivocation", "ids_do_not_grow"]


def test_having_seen_less_than_before_fails() -> None:
    pair = fresh()
    pair.write(pair.out, CaseOpened(), CASE, seen=Seen(generation=0, size=0))
    pair.sync(pair.out)
    assert codes(bundling(pair).verify()) == ["seen_shrinks"]


def test_having_seen_each_other_first_fails() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT, seen=Seen(generation=1, size=2))
    pair.write(pair.back, CaseOpened(), CASE, seen=Seen(generation=1, size=2))
    pair.sync(pair.out)
    pair.sync(pair.back)
    assert codes(bundling(pair).verify()) == ["outcome_missing", "seen_circular"]


def test_an_outcome_about_what_its_writer_had_not_seen_fails() -> None:
    pair = fresh()
    outcome = pair.outcome(pair.out, pair.applied(pair.out))
    pair.write(pair.back, replace(outcome, size=9), CASE)
    pair.sync(pair.back)
    assert codes(bundling(pair).verify()) == ["outcome_unseen"]


def test_an_entry_of_a_channel_without_seen_fails() -> None:
    pair = fresh()
    pair.now = pair.now.replace(hour=5)
    reader, pair.back.reader = pair.back.reader, None
    pair.write(pair.back, CaseOpened(), CASE)
    pair.back.reader = reader
    pair.sync(pair.back)
    report = bundling(pair).verify()
    assert "seen_misplaced" in codes(report)


def test_an_entry_at_home_that_has_seen_something_fails() -> None:
    pair = fresh()
    pair.home.reader = HEFEI
    pair.write(pair.home, PersonalDataRead(body="x", purpose="y"), CASE, seen=pair.back.end)
    pair.home.reader = None
    pair.home.sign()
    assert codes(bundling(pair).verify()) == ["seen_misplaced"]


def logs(pair: Pair) -> dict[str, MadeUpLog]:
    return {"out": pair.out, "back": pair.back, "home": pair.home}


@pytest.mark.parametrize("name", ["out", "back", "home"])
def test_a_generation_that_follows_the_one_before_passes(name: str) -> None:
    pair = fresh()
    log = logs(pair)[name]
    pair.restart(log)
    pair.say(log, CaseOpened(), CASE)
    assert codes(bundling(pair).verify()) == []


@pytest.mark.parametrize("name", ["out", "back", "home"])
def test_a_generation_after_others_that_are_not_in_the_bundle_passes(name: str) -> None:
    pair = fresh()
    log = logs(pair)[name]
    for _ in range(3):
        pair.restart(log)
    pair.say(log, CaseOpened(), CASE)
    between = bundling(pair).without(
        lambda b: (
            b.place.log.reader == (log.reader.name if log.reader else "")
            and b.place.log.writer == log.writer.name
            and b.place.generation in {2, 3}
        )
    )
    assert codes(between.verify()) == []


def test_a_generation_without_its_opening_fails() -> None:
    pair = fresh()
    bare = bundling(pair).without(
        lambda b: b.place.log.writer == SONGJIANG.name and b.place.index == 0
    )
    assert "generation_unfounded" in codes(bare.verify())


def test_an_opening_of_another_number_fails() -> None:
    pair = fresh()
    opening = pair.home.open()
    assert isinstance(opening, HomeOpened)
    pair.write(pair.home, replace(opening, number=7), CASE)
    pair.home.sign()
    assert codes(bundling(pair).verify()) == ["generation_unfounded"]


def test_an_opening_of_another_start_fails() -> None:
    pair = fresh()
    opening = pair.home.open()
    assert isinstance(opening, HomeOpened)
    pair.write(pair.home, replace(opening, start="f" * 32), CASE)
    pair.home.sign()
    assert codes(bundling(pair).verify()) == ["generation_unfounded"]


def test_an_opening_in_the_midst_of_a_generation_fails() -> None:
    pair = fresh()
    opening = pair.home.open()
    assert isinstance(opening, HomeOpened)
    for _ in range(2):
        pair.write(pair.home, opening, CASE)
    pair.home.sign()
    assert codes(bundling(pair).verify()) == ["generation_unfounded"]


def test_two_generations_of_one_number_fail() -> None:
    pair, fork = fresh(), Pair(SONGJIANG, HEFEI)
    fork.restart(fork.home, number=1)
    fork.home.last.start = "f" * 32
    origin = fork.home.last.origin.replace(f"{1:032x}", "f" * 32)
    fork.home.last.origin = origin
    fork.home.sign()
    more = [b for b in fork.home.bundled() if b.place.start == "f" * 32]
    assert "generation_unfounded" in codes(in_order(pair, *more).verify())


@pytest.mark.parametrize(
    "lie",
    [
        {"previous_origin": "songjiang.example/" + f"home/1-{'f' * 32}"},
        {"previous_size": 0},
        {"previous_root": "00" * 32},
    ],
)
def test_an_opening_that_denies_the_one_before_fails(lie: dict[str, Any]) -> None:
    pair = fresh()
    pair.say(pair.home, PersonalDataRead(body="x", purpose="y"), CASE)
    opening = pair.home.open()
    assert isinstance(opening, HomeOpened)
    pair.write(pair.home, replace(opening, **lie), CASE)
    pair.home.sign()
    assert codes(bundling(pair).verify()) == ["generation_unfounded"]
