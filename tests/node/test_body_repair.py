"""Bodies that rot on the disk come back from the other node, unless they were erased."""

import pytest
from tests.node.liar import Liar
from tests.node.looking import rows_of, submit
from tests.node.older import pair_older
from tests.node.test_repair import check, rot

from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import Restored, Wanted
from tongban.logs.faults import BodyDamaged
from tongban.logs.rows import LogKind
from tongban.node.erasures import is_there
from tongban.node.node import Node
from tongban.testing.applications import HEFEI, OFFICER, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation

BODY = "application"


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    case = submit(pair)
    pair.settle()
    return case


def rot_body(node: Node, case: str) -> tuple[int, int, int]:
    """Change the application beside its entry on the channel; log, generation and index of that."""
    with node.kernel.database.write() as connection:
        (place,) = [
            (line.log, line.generation, line.index)
            for line in node.kernel.store.journal_of(connection, "case", case)
            if line.peer
            and is_there(node.kernel, connection, (line.log, line.generation, line.index), BODY)
        ]
        change = (
            "UPDATE tongban_body SET sealed = zeroblob(length(sealed)) "
            "WHERE (log, generation, leaf, name) = (?, ?, ?, ?)"
        )
        connection.execute(change, (*place, BODY))
    return place


def read(node: Node, case: str) -> bytes | None:
    return node.read_body(case, BODY, reader=OFFICER, purpose="decide")


def erase(node: Node, case: str) -> int:
    return node.erase_body(case, BODY, actor=OFFICER, ground="retention_ended")


@pytest.mark.parametrize(("loser", "keeper"), [(SONGJIANG, HEFEI), (HEFEI, SONGJIANG)])
def test_a_rotten_body_comes_back_from_the_partner(
    pair: MemoryFederation, case: str, loser: str, keeper: str
) -> None:
    before = read(pair[keeper], case)
    rot_body(pair[loser], case)
    assert check(pair[loser]) == 1
    pair.settle()
    assert read(pair[loser], case) == before
    assert (check(pair[loser]), pair[loser].repairs.damage()) == (0, [])


def test_a_rotten_body_is_not_shown_unless_it_stands_elsewhere_too(
    pair: MemoryFederation, case: str
) -> None:
    """Songjiang took it in, so it has it beside its home log as well."""
    for name in (SONGJIANG, HEFEI):
        rot_body(pair[name], case)
    assert read(pair[SONGJIANG], case)
    with pytest.raises(BodyDamaged):
        read(pair[HEFEI], case)
    assert pair[HEFEI].conversation.has_news(SONGJIANG)


def test_it_comes_back_when_its_entry_rotted_too(pair: MemoryFederation, case: str) -> None:
    before = read(pair[SONGJIANG], case)
    place = rot_body(pair[SONGJIANG], case)
    rot(pair[SONGJIANG], LogKind.OWN, place[2])
    assert check(pair[SONGJIANG]) == 2
    pair.settle()
    assert pair[SONGJIANG].repairs.damage() == []
    assert read(pair[SONGJIANG], case) == before


def test_a_body_that_rots_before_the_partner_has_it_holds_up_nobody(
    pair: MemoryFederation, case: str
) -> None:
    """Nothing is decided by what a body says; the person hands it in again."""
    later = submit(pair)
    rot_body(pair[SONGJIANG], later)
    pair.settle()
    for each in (case, later):
        assert pair[HEFEI].case_state(each) == pair[SONGJIANG].case_state(each)
    assert read(pair[HEFEI], case)
    assert read(pair[HEFEI], later) is None
    check(pair[SONGJIANG])
    pair.settle()
    left = {(each.body, each.lacking) for each in pair[SONGJIANG].repairs.damage()}
    assert left == {(BODY, True)}


def test_a_partner_that_lost_its_disk_gets_the_bodies_that_are_whole(
    pair: MemoryFederation,
) -> None:
    before = pair.folder / "before"
    pair.nodes[HEFEI].copy_to(before)
    cases = [submit(pair), submit(pair)]
    pair.settle()
    rot_body(pair[SONGJIANG], cases[0])
    pair.nodes[HEFEI].put_back(before)
    pair.settle()
    assert [bool(read(pair[HEFEI], case)) for case in cases] == [False, True]


def test_what_was_erased_after_it_rotted_is_wanted_no_more(
    pair: MemoryFederation, case: str
) -> None:
    rot_body(pair[SONGJIANG], case)
    check(pair[SONGJIANG])
    assert erase(pair[SONGJIANG], case) > 0
    assert pair[SONGJIANG].repairs.damage() == []
    pair.settle()
    assert read(pair[SONGJIANG], case) is None
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)


def test_who_erased_a_body_does_not_get_it_again(pair: MemoryFederation, case: str) -> None:
    _, generation, index = rot_body(pair[SONGJIANG], case)
    wanted = [Wanted(SONGJIANG, generation, index, BODY)]
    assert all(given(pair, Liar(pair[SONGJIANG], HEFEI), wanted))
    erase(pair[SONGJIANG], case)
    pair.settle()
    assert not any(given(pair, Liar(pair[SONGJIANG], HEFEI), wanted))
    assert read(pair[HEFEI], case)


def test_what_was_never_there_is_not_given(pair: MemoryFederation, case: str) -> None:
    assert case
    last = list(rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG))[-1]
    wanted = [
        Wanted(SONGJIANG, last.generation, last.index, "another"),
        Wanted(SONGJIANG, last.generation, last.index + 1_000, BODY),
        Wanted("nowhere", 1, 0, BODY),
    ]
    assert given(pair, Liar(pair[SONGJIANG], HEFEI), wanted) == [b"", b"", b""]


def given(pair: MemoryFederation, liar: Liar, wanted: list[Wanted]) -> list[bytes]:
    """What Hefei answers to somebody who wants these bodies."""
    answer = pair[HEFEI].hear(liar.say(version=4, wanted=wanted))
    assert answer is not None
    message = liar.node.conversation._message_of(*liar.node.conversation._opened(answer))
    return [each.content for each in message.restored]


def test_another_body_than_the_entry_commits_to_is_not_taken(
    pair: MemoryFederation, case: str
) -> None:
    _, generation, index = rot_body(pair[SONGJIANG], case)
    check(pair[SONGJIANG])
    lie = Restored(SONGJIANG, generation, index, b"", BODY, bytes(32), b"{}")
    pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=4, restored=[lie]))
    (damage,) = pair[SONGJIANG].repairs.damage()
    assert damage.lacking
    assert check(pair[SONGJIANG]) == 1


def test_bodies_in_a_message_of_an_earlier_version_are_unreadable(pair: MemoryFederation) -> None:
    wanted = [Wanted(SONGJIANG, 1, 0, BODY)]
    with pytest.raises(MessageUnreadable):
        pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=3, wanted=wanted))


def test_a_partner_of_older_software_is_not_asked(pair: MemoryFederation, case: str) -> None:
    rot_body(pair[SONGJIANG], case)
    pair[HEFEI].execute(accept(case))
    pair.settle()
    pair_older(pair)
    check(pair[SONGJIANG])
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)
    assert {each.lacking for each in pair[SONGJIANG].repairs.damage()} == {False}
