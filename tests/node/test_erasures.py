"""Erasures outlive the disk of the node that made them."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import submit
from tests.node.test_starts import all_is_well, backup

from tongban.core.entry import Subject, SubjectKind
from tongban.node.erasures import Erasure, erasures_known, keep_for_start, lay_marks
from tongban.testing.applications import HEFEI, OFFICER, RESIDENT, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation

BOTH = (SONGJIANG, HEFEI)


def bodies(pair: MemoryFederation, name: str) -> list[str]:
    with pair[name].kernel.database.read() as connection:
        rows = connection.execute("SELECT name FROM tongban_body WHERE sealed IS NOT NULL")
        return [found for (found,) in rows]


def erase(pair: MemoryFederation, name: str, case: str) -> int:
    return pair[name].erase_body(case, "application", actor=OFFICER, ground="retention_ended")


@pytest.mark.parametrize("name", BOTH)
def test_a_body_stays_erased_after_the_disk_is_lost(pair: MemoryFederation, name: str) -> None:
    empty = backup(pair, name, "empty")
    case = submit(pair)
    pair.settle()
    assert erase(pair, name, case)
    pair.settle()
    pair.nodes[name].put_back(empty)
    pair.settle()
    assert "application" not in bodies(pair, name)
    assert "application" in bodies(pair, HEFEI if name == SONGJIANG else SONGJIANG)
    assert all_is_well(pair)


@pytest.mark.parametrize("name", BOTH)
def test_a_body_of_an_old_backup_is_erased_again(pair: MemoryFederation, name: str) -> None:
    case = submit(pair)
    pair.settle()
    copy = backup(pair, name)
    erase(pair, name, case)
    pair.settle()
    pair.nodes[name].put_back(copy)
    assert "application" in bodies(pair, name)
    pair.settle()
    assert "application" not in bodies(pair, name)
    assert pair[name].read_body(case, "application", reader=RESIDENT, purpose="own") is None
    assert all_is_well(pair)


def test_what_a_later_database_erased_is_erased_when_it_comes_back_from_the_partner(
    pair: MemoryFederation,
) -> None:
    """The entry came after the backup in a later generation, and nobody was told of the erasure."""
    copy = backup(pair, HEFEI)
    for name in BOTH:
        pair.nodes[name].stop()
        pair.nodes[name].start()
        pair.settle()
    case = submit(pair)
    pair.settle()
    pair.cut |= {BOTH, BOTH[::-1]}
    pair.nodes[HEFEI].stop()
    pair.nodes[HEFEI].start()
    assert erase(pair, HEFEI, case)
    with pair[HEFEI].kernel.database.read() as connection:
        known = erasures_known(pair[HEFEI].kernel, connection)
    pair.nodes[HEFEI].put_back(copy)
    with pair[HEFEI].kernel.database.write() as connection:
        keep_for_start(pair[HEFEI].kernel, connection, known)
    pair.nodes[HEFEI].stop()
    pair.nodes[HEFEI].start()
    pair.cut.clear()
    pair.settle()
    assert "application" not in bodies(pair, HEFEI)
    assert pair[HEFEI].case_state(case) == pair[SONGJIANG].case_state(case)
    with pair[HEFEI].kernel.database.read() as connection:
        assert set(erasures_known(pair[HEFEI].kernel, connection)) >= set(known)
    assert all_is_well(pair)


def test_a_partner_gives_no_body_back_that_was_erased(pair: MemoryFederation) -> None:
    empty = backup(pair, SONGJIANG, "empty")
    case = submit(pair)
    pair.settle()
    erase(pair, SONGJIANG, case)
    pair.settle()
    pair.nodes[SONGJIANG].put_back(empty)
    asked = Liar(pair[SONGJIANG], HEFEI).message().request
    answer = Liar(pair[HEFEI], SONGJIANG).message(request=asked).answer
    assert answer is not None
    given = {body.name for segment in answer.askers_log for body in segment.bodies}
    assert given
    assert "application" not in given


def test_an_erasure_on_a_closed_line_is_told_when_it_opens(pair: MemoryFederation) -> None:
    empty = backup(pair, SONGJIANG, "empty")
    case = submit(pair)
    pair.settle()
    pair.cut |= {BOTH, BOTH[::-1]}
    pair.nodes[SONGJIANG].stop()
    pair.nodes[SONGJIANG].start()
    erase(pair, SONGJIANG, case)
    pair.cut.clear()
    pair.settle()
    pair.nodes[SONGJIANG].put_back(empty)
    pair.settle()
    assert "application" not in bodies(pair, SONGJIANG)
    assert all_is_well(pair)


def test_an_erasure_is_told_once_and_changes_no_state(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    before = pair[HEFEI].case_state(case)
    erase(pair, SONGJIANG, case)
    pair.settle()
    types = [
        line.data for line in pair[HEFEI].history(case) if b"body.erased" in (line.data or b"")
    ]
    erase(pair, SONGJIANG, case)
    pair.settle()
    # The application stands on the home log and on the channel.
    assert len(types) == 2
    assert pair[HEFEI].case_state(case) == before == pair[SONGJIANG].case_state(case)


def test_a_body_that_rotted_is_erased_all_the_same(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    copy = backup(pair, SONGJIANG)
    erase(pair, SONGJIANG, case)
    pair.settle()
    pair.nodes[SONGJIANG].put_back(copy)
    with pair[SONGJIANG].kernel.database.write() as connection:
        connection.execute("UPDATE tongban_body SET sealed = x'00' WHERE name = 'application'")
    pair.settle()
    assert "application" not in bodies(pair, SONGJIANG)
    assert all_is_well(pair)


def test_what_both_logs_tell_of_erasures_is_known_once(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    erase(pair, SONGJIANG, case)
    pair.settle()
    kernel = pair[SONGJIANG].kernel
    about = Subject(kind=SubjectKind.CASE, id=case)
    with kernel.database.write() as connection:
        known = erasures_known(kernel, connection)
        assert {(each.subject, each.event.body) for each in known} == {(about, "application")}
        assert len({each.event for each in known}) == len(known) == 2
        elsewhere = replace(known[-1].event, origin=f"{SONGJIANG}/channel/{HEFEI}/9-{'0' * 32}")
        lost = Erasure(subject=about, event=elsewhere)
        assert lay_marks(kernel, connection, [*known, lost], kernel.clock.now()) == 0


def test_a_node_that_was_paired_and_never_spoke_knows_of_no_erasure(tmp_path: Path) -> None:
    pair = MemoryFederation(tmp_path, BOTH)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.read() as connection:
        assert erasures_known(kernel, connection) == []
    pair.stop()
