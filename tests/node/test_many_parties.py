"""Nodes carry an agreement of many parties between all of their pairs without being asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from tests.node.alliance import (
    DIGEST,
    NAMES,
    TEXT,
    all_pairs,
    conclude,
    concluded,
    go_on,
    sign,
    state,
)

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.commands import Offer
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.agreements.events import DepositStep
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CounterProposal,
    ProposeAgreement,
    RejectProposal,
)
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.node import agreement_acts
from tongban.node.asked import Command
from tongban.node.node import Node
from tongban.testing.alliances import EXIT_DAYS, alliance
from tongban.testing.applications import (
    HANGZHOU,
    HEFEI,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SONGJIANG,
    SUZHOU,
)
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation


@pytest.fixture
def cities(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, NAMES)
    federation.settle()
    yield federation
    federation.stop()


def test_what_all_signed_is_in_force_between_all(cities: MemoryFederation) -> None:
    conclude(cities)
    assert concluded(cities) == all_pairs()
    assert all(not cities[name].deposits.settle() for name in NAMES)


def test_what_two_agreed_without_depositary_is_left_to_them(cities: MemoryFederation) -> None:
    two = alliance((SUZHOU, HANGZHOU), items=2)
    agreement_acts.offer(cities[SUZHOU], two, OFFICER)
    cities.settle()
    sign(cities, SUZHOU, two)
    cities.settle()
    assert sum(cities[name].deposits.settle() for name in NAMES) == 0
    sign(cities, HANGZHOU, two)
    cities.settle()
    assert concluded(cities, two) == all_pairs(two)


def test_who_has_not_got_the_text_yet_is_told_of_no_withdrawal(cities: MemoryFederation) -> None:
    cities.cut = {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    agreement_acts.offer(cities[HEFEI], TEXT, OFFICER)
    cities.settle()
    today = china_day(cities.clock.now())
    agreement_acts.leave(cities[HEFEI], TEXT, LEGAL_REPRESENTATIVE, ground="x", last_day=today)
    go_on(cities)
    found = state(cities, HEFEI, SUZHOU)
    assert found
    assert found.withdrawn


def test_it_may_be_brought_by_whoever_is_a_party(cities: MemoryFederation) -> None:
    assert set(agreement_acts.offer(cities[HEFEI], TEXT, OFFICER)) == {SUZHOU}
    cities.settle()
    sign(cities, SUZHOU)
    go_on(cities)
    for name in (HANGZHOU, HEFEI):
        sign(cities, name)
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_a_depositary_that_stops_after_the_last_signature_goes_on_when_it_is_back(
    cities: MemoryFederation,
) -> None:
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    go_on(cities)
    for name in NAMES:
        sign(cities, name)
    cities.settle()
    cities.nodes[SUZHOU].stop()
    cities.nodes[SUZHOU].start()
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_nothing_is_concluded_while_a_line_of_the_depositary_is_not_open(
    cities: MemoryFederation,
) -> None:
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    go_on(cities)
    for name in NAMES:
        sign(cities, name)
    cities.settle()
    cities.cut = {(HEFEI, SUZHOU), (SUZHOU, HEFEI)}
    cities.nodes[SUZHOU].stop()
    cities.nodes[SUZHOU].start()
    go_on(cities)
    assert concluded(cities) == set()
    cities.cut = set()
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_after_a_day_the_others_conclude_it_and_who_was_away_hears_it_later(
    cities: MemoryFederation,
) -> None:
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    go_on(cities)
    for name in NAMES:
        sign(cities, name)
    cities.settle()
    cut_off(cities, HEFEI)
    restart(cities, SUZHOU)
    go_on(cities)
    cities.clock.pass_days(2)
    go_on(cities)
    away = {(SUZHOU, HEFEI), (HEFEI, SUZHOU), (HEFEI, HANGZHOU)}
    assert not concluded(cities) & away
    assert concluded(cities) >= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    cities.cut = set()
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_a_withdrawal_waits_for_all_for_it_binds_nobody(cities: MemoryFederation) -> None:
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    go_on(cities)
    cut_off(cities, HEFEI)
    restart(cities, SUZHOU)
    leave(cities, HANGZHOU, days=0)
    go_on(cities)
    cities.clock.pass_days(2)
    go_on(cities)
    assert not any(found.withdrawn for found in known(cities))
    cities.cut = set()
    go_on(cities)
    assert all(found.withdrawn for found in known(cities))


def test_a_dead_line_even_of_who_has_left_stalls_no_exit(cities: MemoryFederation) -> None:
    conclude(cities)
    leave(cities, HEFEI)
    go_on(cities)
    cities.clock.pass_days(EXIT_DAYS + 30)
    cut_off(cities, HEFEI)
    restart(cities, SUZHOU)
    go_on(cities)
    last_day = leave(cities, HANGZHOU)
    go_on(cities)
    for pair in ((HANGZHOU, SUZHOU), (SUZHOU, HANGZHOU)):
        found = state(cities, *pair)
        assert found
        assert found.deposit(DepositStep.EXITED, HANGZHOU)
        assert found.ended_on == last_day


def test_who_leaves_is_free_of_partners_whatever_becomes_of_the_depositary(
    cities: MemoryFederation,
) -> None:
    conclude(cities)
    cut_off(cities, SUZHOU)
    restart(cities, HEFEI)
    last_day = leave(cities, HEFEI)
    go_on(cities)
    for pair in ((HEFEI, HANGZHOU), (HANGZHOU, HEFEI)):
        found = state(cities, *pair)
        assert found
        assert (found.deposits[1:], found.ended_on) == ((), last_day)


def test_the_depositary_leaves_and_the_next_party_deposits_exits(cities: MemoryFederation) -> None:
    conclude(cities)
    last_day = leave(cities, SUZHOU)
    go_on(cities)
    cut_off(cities, SUZHOU)
    leave(cities, HEFEI)
    go_on(cities)
    found = state(cities, HANGZHOU, HEFEI)
    assert found
    assert found.exited == {SUZHOU, HEFEI}
    assert found.ended_on == last_day
    assert found == state(cities, HEFEI, HANGZHOU)


def test_who_says_again_that_it_leaves_is_told_that_it_did(cities: MemoryFederation) -> None:
    conclude(cities)
    leave(cities, HEFEI)
    go_on(cities)
    again = agreement_acts.leave(
        cities[HEFEI], TEXT, LEGAL_REPRESENTATIVE, ground="policy", last_day=TEXT.valid_from
    )
    assert set(again) == {SUZHOU}
    assert isinstance(again[SUZHOU], Refusal)


def test_a_depositary_that_was_put_back_says_nothing_twice(
    cities: MemoryFederation, tmp_path: Path
) -> None:
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    go_on(cities)
    cities.nodes[SUZHOU].copy_to(tmp_path / "backup")
    for name in sorted(NAMES):
        sign(cities, name)
    go_on(cities)
    cities.nodes[SUZHOU].put_back(tmp_path / "backup")
    go_on(cities)
    assert concluded(cities) == all_pairs()
    known = [found for pair in all_pairs() if (found := state(cities, *pair))]
    assert len({line.said.note for found in known for line in found.deposits}) == 1


def test_a_pair_whose_line_is_lost_in_the_middle_comes_to_it_later(
    cities: MemoryFederation,
) -> None:
    cities.cut = {(HEFEI, HANGZHOU), (HANGZHOU, HEFEI)}
    conclude(cities)
    assert (HEFEI, HANGZHOU) not in concluded(cities)
    cities.cut = set()
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_a_party_that_leaves_leaves_all_on_one_day(cities: MemoryFederation) -> None:
    conclude(cities)
    last_day = china_day(cities.clock.now()) + timedelta(days=EXIT_DAYS)
    answers = agreement_acts.leave(
        cities[HEFEI], TEXT, LEGAL_REPRESENTATIVE, ground="policy", last_day=last_day
    )
    assert set(answers) == {SUZHOU, HANGZHOU}
    assert not any(isinstance(answer, Refusal) for answer in answers.values())
    go_on(cities)
    ends = {pair: found.ended_on for pair in all_pairs() if (found := state(cities, *pair))}
    assert {ends[pair] for pair in ends if HEFEI in pair} == {last_day}
    assert {ends[pair] for pair in ends if HEFEI not in pair} == {None}


def test_whoever_is_no_legal_representative_leaves_nothing(cities: MemoryFederation) -> None:
    conclude(cities)
    last_day = china_day(cities.clock.now()) + timedelta(days=EXIT_DAYS)
    answers = agreement_acts.leave(cities[HEFEI], TEXT, OFFICER, ground="policy", last_day=last_day)
    assert isinstance(answers[SUZHOU], Refusal)


def test_after_a_change_of_keys_signatures_verify_for_who_knows_only_the_old(
    cities: MemoryFederation,
) -> None:
    cities.cut = {(HEFEI, HANGZHOU), (HANGZHOU, HEFEI)}
    cities.nodes[HEFEI].rotate()
    go_on(cities)
    conclude(cities)
    cities.cut = set()
    go_on(cities)
    assert concluded(cities) == all_pairs()


def test_what_a_partner_refused_is_not_said_again_at_once(cities: MemoryFederation) -> None:
    """Both lay the same text before each other: the two offers cross, and each is refused."""
    for one, other in ((SUZHOU, HEFEI), (HEFEI, SUZHOU)):
        keep(cities[one], TEXT)
        done(cities[one], Offer(document=DIGEST, actor=OFFICER), other)
    agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
    cities.settle()
    assert state(cities, SUZHOU, HANGZHOU)
    go_on(cities)
    cities.clock.pass_days(1)
    go_on(cities)
    assert state(cities, SUZHOU, HEFEI)


def test_a_further_city_joins_by_a_version_that_all_sign(tmp_path: Path) -> None:
    names = (*NAMES, SONGJIANG)
    cities = MemoryFederation(tmp_path, names)
    cities.settle()
    conclude(cities)
    newer = alliance(names, items=9, number="MADE-UP-2")
    conclude(cities, newer)
    assert concluded(cities, newer) == all_pairs(newer)
    cities.stop()


def test_the_depositary_talks_with_each_and_all_sign_what_each_accepted(
    cities: MemoryFederation,
) -> None:
    depositary, answer_by = cities[SUZHOU], (china_day(BEGINNING) + timedelta(days=9)).isoformat()
    other = replace(TEXT, title=Words(zh="另一份", en="Another"))
    for text in (TEXT, other):
        for name in NAMES:
            keep(cities[name], text)
    tables = {}
    for partner in (HANGZHOU, HEFEI):
        tables[partner] = depositary.negotiations.fresh_name()
        said = ProposeAgreement(
            negotiation=tables[partner], actor=OFFICER, document=DIGEST, answer_by=answer_by
        )
        done(depositary, said, partner)
    cities.settle()
    counter = CounterProposal(
        negotiation=tables[HEFEI],
        actor=OFFICER,
        version=1,
        document=document_digest(other),
        answer_by=answer_by,
    )
    done(cities[HEFEI], counter, SUZHOU)
    cities.settle()
    reject = RejectProposal(
        negotiation=tables[HANGZHOU], actor=OFFICER, version=1, ground="another_text"
    )
    done(cities[HANGZHOU], reject, SUZHOU)
    cities.settle()
    again = depositary.negotiations.fresh_name()
    said = replace(said, negotiation=again, document=counter.document)
    done(depositary, said, HANGZHOU)
    cities.settle()
    accept(depositary, tables[HEFEI], 2, HEFEI, other)
    go_on(cities)
    # The other table is still open, and nothing is laid before its party to sign.
    assert state(cities, SUZHOU, HANGZHOU, counter.document) is None
    accept(cities[HANGZHOU], again, 1, SUZHOU, other)
    go_on(cities)
    for name in NAMES:
        sign(cities, name, other)
    go_on(cities)
    assert concluded(cities, other) == all_pairs(other)


def leave(cities: MemoryFederation, name: str, days: int = EXIT_DAYS) -> date:
    """Say that a city leaves so many days from now; the last day."""
    last_day = china_day(cities.clock.now()) + timedelta(days=days)
    answers = agreement_acts.leave(
        cities[name], TEXT, LEGAL_REPRESENTATIVE, ground="policy", last_day=last_day
    )
    assert not any(isinstance(answer, Refusal) for answer in answers.values())
    return last_day


def cut_off(cities: MemoryFederation, name: str) -> None:
    """Nothing reaches it, and nothing comes from it."""
    cities.cut = {pair for pair in permutations(NAMES, 2) if name in pair}


def restart(cities: MemoryFederation, name: str) -> None:
    cities.nodes[name].stop()
    cities.nodes[name].start()


def known(cities: MemoryFederation) -> list[AgreementState]:
    return [found for pair in sorted(all_pairs()) if (found := state(cities, *pair))]


def keep(node: Node, text: Agreement) -> None:
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(text), kind="agreement")


def done(node: Node, command: Command, partner: str) -> None:
    answer = node.execute(command, partner=partner)
    assert not isinstance(answer, Refusal), answer


def accept(node: Node, table: str, version: int, partner: str, text: Agreement) -> None:
    """Agree, and lay what was agreed before the other, as whoever accepts does."""
    done(node, AcceptProposal(negotiation=table, actor=OFFICER, version=version), partner)
    done(node, Offer(document=document_digest(text), actor=OFFICER), partner)


def test_after_its_last_day_the_depositary_concludes_no_text(cities: MemoryFederation) -> None:
    conclude(cities)
    today = china_day(cities.clock.now())
    late = replace(TEXT, version=2, supersedes=DIGEST, valid_until=today, sign_by=None)
    agreement_acts.offer(cities[SUZHOU], late, OFFICER)
    go_on(cities)
    for name in sorted(late.nodes):
        sign(cities, name, late)
        cities.settle()
    cities.clock.pass_days(1)
    go_on(cities)
    assert concluded(cities, late) == set()
    assert concluded(cities) == all_pairs()
