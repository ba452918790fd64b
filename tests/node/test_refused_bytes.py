"""Bytes that were refused go after a time; both logs verify and come back as before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from tests.node.liar import Liar
from tests.node.looking import believed, rows_of, stored, submit
from tests.node.older import pair_older

from tongban.channels.messages import Erased, Segment
from tongban.core.cases.commands import Recall, RequestWithdrawal
from tongban.core.cases.events import CaseAccepted, CaseDecided, Reported, StepReported, Verdict
from tongban.core.cases.refusals import CaseGround
from tongban.core.entry import Entry, Seen, Subject, SubjectKind
from tongban.core.refusal import Refusal
from tongban.evidence.tree import EMPTY, leaf_hash
from tongban.logs.rows import LogKind, StoredEntry
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.node.verifying import PushRejected, erased_in
from tongban.supervision.refused_bytes import erase_what_was_refused
from tongban.testing.applications import HEFEI, RESIDENT, SONGJIANG, accept
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation

GARBAGE = b"whatever a partner gone wild may send"
#: A made-up person's, where a number belongs.
NAME = "王小明"


@pytest.fixture
def refused(pair: MemoryFederation) -> MemoryFederation:
    """Songjiang refused an entry of Hefei's, and Hefei knows."""
    Liar(pair[HEFEI], SONGJIANG).write(GARBAGE)
    pair.settle()
    submit(pair)
    pair.settle()
    return pair


def the_refused(node: Node) -> StoredEntry:
    (row,) = (row for row in rows_of(node, LogKind.MIRROR, HEFEI) if row.ground)
    return row


def test_they_go_after_the_time_and_not_before(refused: MemoryFederation) -> None:
    node = refused[SONGJIANG]
    assert erase_what_was_refused(node) == 0
    before = the_refused(node)
    refused.clock.pass_days(31)
    assert erase_what_was_refused(node) == 1
    after = the_refused(node)
    assert (after.data, after.leaf_hash, after.length) == (None, before.leaf_hash, len(GARBAGE))
    assert erase_what_was_refused(node) == 0


def test_they_go_at_once_when_an_operator_asks(refused: MemoryFederation) -> None:
    assert refused[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    assert GARBAGE not in file_of(refused, SONGJIANG)


def file_of(pair: MemoryFederation, name: str) -> bytes:
    pair.nodes[name].stop()
    data = pair.nodes[name].path.read_bytes()
    pair.nodes[name].start()
    return data


def test_the_log_verifies_and_is_rebuilt_as_before(refused: MemoryFederation) -> None:
    node = refused[SONGJIANG]
    suite = node.kernel.identity.suite
    node.erase_refused(HEFEI, older_than=timedelta())
    with node.kernel.database.read() as connection:
        log = node.kernel.store.find_log(connection, kind=LogKind.MIRROR, peer=HEFEI)
        assert log is not None
        (generation,) = node.kernel.store.generations(connection, log)
    leaves = [row.leaf_hash for row in rows_of(node, LogKind.MIRROR, HEFEI)]
    assert EMPTY.extend(suite, leaves).root(suite) == generation.root
    before = stored(node)
    rebuild(node.kernel)
    assert stored(node) == before


def test_the_line_goes_on_and_starts_again_afterwards(refused: MemoryFederation) -> None:
    refused[SONGJIANG].erase_refused(HEFEI, older_than=timedelta())
    for name in (SONGJIANG, HEFEI):
        refused.nodes[name].stop()
        refused.nodes[name].start()
    assert goes_on(refused)


def goes_on(pair: MemoryFederation) -> bool:
    pair.settle()
    case = submit(pair)
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    return state is not None and state.holder == HEFEI


def test_a_partner_that_lost_its_disk_gets_its_log_back_without_them(
    pair: MemoryFederation,
) -> None:
    empty = pair.folder / "empty"
    pair.nodes[HEFEI].copy_to(empty)
    Liar(pair[HEFEI], SONGJIANG).write(GARBAGE)
    pair.settle()
    cases = [submit(pair) for _ in range(2)]
    pair.settle()
    pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta())
    pair.nodes[HEFEI].put_back(empty)
    assert goes_on(pair)
    for case in cases:
        assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    ours = [
        (row.leaf_hash, row.length, row.data)
        for row in rows_of(pair[HEFEI], LogKind.OWN, SONGJIANG)
    ]
    theirs = [
        (row.leaf_hash, row.length, row.data)
        for row in rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI)
    ]
    assert ours == theirs


def test_they_stay_until_the_partner_has_cosigned_the_outcome(pair: MemoryFederation) -> None:
    liar = Liar(pair[HEFEI], SONGJIANG)
    liar.write(GARBAGE)
    pair[SONGJIANG].hear(liar.say())
    assert the_refused(pair[SONGJIANG]).data == GARBAGE
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 0


def test_they_stay_where_the_partner_could_not_read_what_is_left(
    refused: MemoryFederation,
) -> None:
    pair_older(refused)
    assert refused[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 0


def test_a_push_that_leaves_out_bytes_is_not_taken(pair: MemoryFederation) -> None:
    """Only what was decided can be erased; otherwise a peer could hide what it writes."""
    liar = Liar(pair[HEFEI], SONGJIANG)
    liar.write(GARBAGE)
    (segment,) = liar.message().segments
    erased = Erased(
        index=segment.first,
        leaf_hash=leaf_hash(pair[HEFEI].kernel.identity.suite, GARBAGE),
        length=9,
    )
    hidden = msgspec.structs.replace(segment, entries=[b""], erased=[erased])
    answer = pair[SONGJIANG].hear(liar.say(version=2, segments=[hidden]))
    assert answer is not None
    assert pair[HEFEI].conversation.hear_reply(SONGJIANG, answer)[1] == "malformed"


@pytest.mark.parametrize(("index", "entry"), [(0, b""), (9, b""), (1, b"bytes all the same")])
def test_erased_entries_of_no_place_or_with_bytes_are_malformed(index: int, entry: bytes) -> None:
    erased = Erased(index=index, leaf_hash=bytes(32), length=9)
    segment = Segment(
        generation=1,
        start="0" * 32,
        first=1,
        entries=[entry],
        bodies=[],
        checkpoint=b"",
        erased=[erased],
    )
    with pytest.raises(PushRejected, match="malformed"):
        erased_in(segment)


def refuse_prose(pair: MemoryFederation) -> str:
    """Hefei's program writes a made-up name where a number belongs; Songjiang refuses."""
    case = submit(pair)
    pair.settle()
    # Of Songjiang's outcome about this, only the refused entry says that Hefei has seen it.
    pair[HEFEI].execute(accept(case))
    pair.settle()
    liar = Liar(pair[HEFEI], SONGJIANG)
    liar.write(liar.draft(CaseDecided(verdict=Verdict.GRANTED, result_number=NAME), about(case)))
    pair.settle()
    assert the_refused(pair[SONGJIANG]).ground == CaseGround.FIELD_UNFIT
    return case


def about(case: str) -> Subject:
    return Subject(kind=SubjectKind.CASE, id=case)


def test_prose_goes_also_where_the_case_is_unknown(pair: MemoryFederation) -> None:
    liar = Liar(pair[HEFEI], SONGJIANG)
    liar.write(liar.draft(CaseAccepted(number=NAME), about("310117-20261123-AAAAAAAA")))
    pair.settle()
    assert goes_on(pair)
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    assert NAME.encode() not in file_of(pair, SONGJIANG)


def test_people_act_on_a_case_of_which_refused_bytes_are_gone(pair: MemoryFederation) -> None:
    case = refuse_prose(pair)
    pair.settle()
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    pair.cut |= {(SONGJIANG, HEFEI), (HEFEI, SONGJIANG)}
    pair.nodes[SONGJIANG].stop()
    pair.nodes[SONGJIANG].start()
    asked = pair[SONGJIANG].execute(RequestWithdrawal(case=case, actor=RESIDENT))
    assert not isinstance(asked, Refusal)
    assert asked.waiting


def test_what_a_refused_entry_had_seen_comes_back_though_its_bytes_are_gone(
    pair: MemoryFederation,
) -> None:
    empty = pair.folder / "empty"
    pair.nodes[HEFEI].copy_to(empty)
    refuse_prose(pair)
    pair.settle()
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    pair.nodes[HEFEI].put_back(empty)
    assert goes_on(pair)
    ours = [row.leaf_hash for row in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]
    assert ours == [row.leaf_hash for row in rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI)]


REPORTED = Reported(acted_at=BEGINNING, reported_at=BEGINNING, system="made-up-system")
Lie = Callable[[Liar, str], Entry]
LIES: dict[str, Lie] = {
    "id_not_increasing": lambda liar, case: replace(liar.draft_act(case), id="0" * 26),
    "seen_unknown": lambda liar, case: replace(
        liar.draft_act(case), seen=Seen(generation=9, size=1)
    ),
    "wrong_subject": lambda liar, case: liar.draft(
        CaseAccepted(number="1"), Subject(kind=SubjectKind.CHANNEL, id=case)
    ),
    "field_unfit": lambda liar, case: liar.draft(CaseAccepted(number=NAME), about(case)),
    "unknown_step": lambda liar, case: liar.draft(
        StepReported(step=NAME, reported=REPORTED), about(case)
    ),
}


@pytest.mark.parametrize("ground", LIES)
def test_what_no_honest_partner_writes_leaves_no_trace_and_goes(
    pair: MemoryFederation, ground: str
) -> None:
    case = submit(pair)
    pair.settle()
    before = states_of(pair[SONGJIANG])
    liar = Liar(pair[HEFEI], SONGJIANG)
    liar.write(LIES[ground](liar, case))
    pair.settle()
    assert (the_refused(pair[SONGJIANG]).ground, states_of(pair[SONGJIANG])) == (ground, before)
    assert pair[SONGJIANG].execute(RequestWithdrawal(case=case, actor=RESIDENT))
    pair.settle()
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    assert rebuilds_the_same(pair[SONGJIANG])


def states_of(node: Node) -> object:
    return stored(node)[0]


def rebuilds_the_same(node: Node) -> bool:
    before = stored(node)
    rebuild(node.kernel)
    return stored(node) == before


@pytest.fixture
def recalled(pair: MemoryFederation) -> MemoryFederation:
    """Songjiang asked a hand-over back in time: an honest entry was refused, and both know."""
    case = submit(pair)
    pair[SONGJIANG].execute(Recall(case=case, actor=RESIDENT))
    pair.settle()
    assert goes_on(pair)
    pair.settle()
    return pair


def test_what_an_honest_partner_wrote_loses_its_bodies_and_keeps_its_bytes(
    recalled: MemoryFederation,
) -> None:
    node = recalled[HEFEI]
    assert node.erase_refused(SONGJIANG, older_than=timedelta()) == 1
    (row,) = (row for row in rows_of(node, LogKind.MIRROR, SONGJIANG) if row.ground)
    assert row.data is not None
    assert node.erase_refused(SONGJIANG, older_than=timedelta()) == 0


def test_what_was_refused_of_an_honest_partner_is_folded_again(recalled: MemoryFederation) -> None:
    """The returned case stands in what Hefei believes of Songjiang, and cannot be computed else."""
    recalled[HEFEI].erase_refused(SONGJIANG, older_than=timedelta())
    assert all(rebuilds_the_same(recalled[name]) for name in (SONGJIANG, HEFEI))


@pytest.mark.parametrize("name", [SONGJIANG, HEFEI])
def test_after_a_lost_disk_both_still_believe_what_the_other_holds(
    pair: MemoryFederation, name: str
) -> None:
    empty = pair.folder / "empty"
    pair.nodes[name].copy_to(empty)
    case = submit(pair)
    pair[SONGJIANG].execute(Recall(case=case, actor=RESIDENT))
    pair.settle()
    assert goes_on(pair)
    pair[HEFEI].erase_refused(SONGJIANG, older_than=timedelta())
    before = pair[SONGJIANG].case_state(case)
    pair.nodes[name].put_back(empty)
    assert goes_on(pair)
    assert believed(pair[HEFEI], SONGJIANG, case) == pair[SONGJIANG].case_state(case) == before
    assert all(rebuilds_the_same(pair[each]) for each in (SONGJIANG, HEFEI))


def test_bodies_of_what_was_refused_go_with_it(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair[SONGJIANG].execute(Recall(case=case, actor=RESIDENT))
    pair.settle()
    submit(pair)
    pair.settle()
    assert pair[HEFEI].erase_refused(SONGJIANG, older_than=timedelta()) == 1
    with pair[HEFEI].kernel.database.read() as connection:
        (kept,) = connection.execute(
            "SELECT count(*) FROM tongban_body AS body JOIN tongban_entry AS entry"
            " USING (log, generation, leaf) WHERE entry.ground <> '' AND body.sealed IS NOT NULL"
        ).fetchone()
    assert kept == 0


def test_both_disks_lost_after_one_another_leave_what_was_refused_without_bytes(
    pair: MemoryFederation,
) -> None:
    empty = {name: pair.folder / f"{name}.empty" for name in (SONGJIANG, HEFEI)}
    for name, copy in empty.items():
        pair.nodes[name].copy_to(copy)
    Liar(pair[HEFEI], SONGJIANG).write(GARBAGE)
    pair.settle()
    assert goes_on(pair)
    assert pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta()) == 1
    for name, copy in reversed(empty.items()):
        pair.nodes[name].put_back(copy)
        assert goes_on(pair)
        assert rebuilds_the_same(pair[name])
    assert the_refused(pair[SONGJIANG]).data is None
