"""Files over a megabyte cross before the entries that name them, whatever happens."""

import errno
from dataclasses import replace
from itertools import permutations

import msgspec
import pytest
from tests.node.large_files import (
    SIZE,
    application,
    dispatched,
    done_by,
    hand_in,
    held,
    keep,
    letters_with_pieces,
    name_of,
    read,
    scan,
    types,
)
from tests.node.liar import Liar
from tests.node.looking import home_events, rows_of, stored, submit
from tests.node.older import pair_older

from tongban.channels.faults import Unreachable
from tongban.channels.messages import DeclinedFor, Offer
from tongban.core.blobs.refusals import BlobGround
from tongban.core.cases.commands import RequestWithdrawal
from tongban.core.home.events import OutcomeDisputed, PersonalDataRead
from tongban.core.refusal import Refusal
from tongban.evidence.pieces import root_of_pieces
from tongban.logs.blobs import BlobRow
from tongban.logs.pieces import PieceFolder
from tongban.logs.rows import LogKind
from tongban.node.blobs import crossing
from tongban.node.blobs.checking import LookedAt, kept_files
from tongban.node.blobs.placing import place_manifest
from tongban.node.blobs.progress import progress_of
from tongban.node.faults import DiskFull, FileIncomplete, FileTooLarge, StorageFailed
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HEFEI, OFFICER, RESIDENT, SONGJIANG, accept, grant
from tongban.testing.memory_nodes import MemoryFederation

CONTENT = scan()


def test_a_file_crosses_before_the_entry_and_is_read_over_there(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    assert dispatched(pair) == 0
    pair.settle()
    assert dispatched(pair) == 1
    assert types(pair[SONGJIANG], LogKind.MIRROR, HEFEI)[-2:] == ["blob.stored", "outcome.recorded"]
    assert read(pair[HEFEI], command) == CONTENT
    assert home_events(pair[HEFEI], PersonalDataRead)
    assert not home_events(pair[SONGJIANG], OutcomeDisputed)


def test_nothing_is_left_to_say_when_it_is_there(pair: MemoryFederation) -> None:
    hand_in(pair, CONTENT)
    pair.settle()
    assert pair.settle() == 0
    assert letters_with_pieces(pair) == 2


def test_a_result_goes_back_the_same_way(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    done_by(pair[HEFEI], accept(command.case))
    decision = grant(command.case)
    film = keep(pair[HEFEI], "result", scan(page="b"))
    answer = pair[HEFEI].execute(replace(decision, bodies=(decision.bodies[0], film)))
    assert not isinstance(answer, Refusal)
    assert answer.crossing
    pair.settle()
    reading = pair[SONGJIANG].read_file(command.case, "result", reader=OFFICER, purpose="decide")
    assert reading is not None
    assert (reading.media, b"".join(reading.chunks)) == ("application/pdf", scan(page="b"))


def test_other_cases_go_past_and_the_same_case_waits(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    other = submit(pair)
    withdrawal = pair[SONGJIANG].execute(RequestWithdrawal(case=command.case, actor=RESIDENT))
    assert not isinstance(withdrawal, Refusal)
    assert withdrawal.crossing
    pair.exchange(SONGJIANG, HEFEI)
    assert pair[HEFEI].case_state(other)
    assert pair[HEFEI].case_state(command.case) is None
    pair.settle()
    told = types(pair[SONGJIANG], LogKind.OWN, HEFEI)
    assert [t for t in told if t.startswith(("case.", "withdrawal"))] == [
        "case.dispatched",
        "case.dispatched",
        "withdrawal.requested",
    ]


@pytest.mark.parametrize("killed", [SONGJIANG, HEFEI])
@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_either_side_is_killed_and_it_goes_on(
    pair: MemoryFederation, killed: str, after: int
) -> None:
    command = hand_in(pair, CONTENT)
    for _ in range(after):
        pair.exchange(SONGJIANG, HEFEI)
    pair.nodes[killed].stop()
    pair.nodes[killed].start()
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT
    assert dispatched(pair) == 1
    # Two letters carry ten pieces, so none went twice unless the answer was lost with the process.
    assert letters_with_pieces(pair) <= 3


def test_lost_letters_are_made_good(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    for turn in range(12):
        lost = (SONGJIANG, HEFEI) if turn % 2 else (HEFEI, SONGJIANG)
        pair.cut = {lost}
        try:
            pair.exchange(SONGJIANG, HEFEI)
        except Unreachable:
            pair[SONGJIANG].conversation.forget_standing(HEFEI)
    pair.cut.clear()
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT


def test_two_uploads_at_once_both_arrive(pair: MemoryFederation) -> None:
    one, other = hand_in(pair, CONTENT), hand_in(pair, CONTENT)
    pair.settle()
    assert read(pair[HEFEI], one) == read(pair[HEFEI], other) == CONTENT
    assert held(pair, HEFEI) == 20


def say(pair: MemoryFederation, **parts: object) -> bytes | None:
    """Songjiang says what no honest node would, under its own keys."""
    return pair[HEFEI].hear(Liar(pair[SONGJIANG], HEFEI).say(version=6, **parts))


def pieces_of(pair: MemoryFederation, name: str) -> list[bytes]:
    pieces = pair[name].kernel.pieces
    return [piece for each in pieces.names() if (piece := pieces.get(each))]


def test_pieces_in_disorder_and_twice_come_to_the_file(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.exchange(SONGJIANG, HEFEI)
    sealed = sorted(pieces_of(pair, SONGJIANG))
    for piece in [*sealed, *sealed]:
        say(pair, pieces=[piece])
    assert held(pair, HEFEI) == 10
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT
    assert types(pair[HEFEI], LogKind.OWN, SONGJIANG).count("blob.stored") == 1


def test_altered_and_unannounced_pieces_are_thrown_away(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    sealed = pieces_of(pair, SONGJIANG)
    say(pair, pieces=sealed[:2])
    assert held(pair, HEFEI) == 0
    pair.exchange(SONGJIANG, HEFEI)
    say(pair, pieces=[sealed[0][:-1] + b"x", b"", b"noise"])
    assert held(pair, HEFEI) == 0
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT


@pytest.mark.parametrize(
    "changes",
    [{"root": "0" * 64}, {"size": SIZE + 1_000_000}, {"size": 0}, {"names": b"x" * 33}],
)
def test_an_offer_that_is_none_is_declined(
    pair: MemoryFederation, changes: dict[str, object]
) -> None:
    hand_in(pair, CONTENT)
    with pair[SONGJIANG].kernel.database.read() as connection:
        (offer,) = pair[SONGJIANG].conversation.crossing.offers(connection, HEFEI)
    assert root_of_pieces([offer.names]) == offer.root
    reply = say(pair, offers=[msgspec.structs.replace(offer, **changes)])
    assert reply is not None
    pair[SONGJIANG].conversation.hear_reply(HEFEI, reply)
    with pair[HEFEI].kernel.database.read() as connection:
        assert pair[HEFEI].kernel.store.offers(connection, SONGJIANG) == []


def test_more_than_a_partner_may_offer_waits_for_its_turn(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossing, "OFFERED_BYTES_MAX", SIZE)
    one, other = hand_in(pair, CONTENT), hand_in(pair, CONTENT)
    pair.settle()
    assert read(pair[HEFEI], one) == read(pair[HEFEI], other) == CONTENT


def test_what_nobody_may_offer_is_never_stored(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossing, "OFFERS_MAX", 0)
    hand_in(pair, CONTENT)
    pair.settle(rounds=3)
    assert (held(pair, HEFEI), dispatched(pair)) == (0, 0)


def test_a_partner_of_older_software_gets_no_large_file_and_the_counter_says_so(
    pair: MemoryFederation,
) -> None:
    command = application(pair, CONTENT)
    pair_older(pair)
    pair.settle()
    answer = pair[SONGJIANG].execute(command)
    assert isinstance(answer, Refusal)
    assert answer.ground == BlobGround.NOT_READ
    submit(pair)


def test_an_upload_that_was_cleared_away_has_to_come_again(pair: MemoryFederation) -> None:
    command = application(pair, CONTENT)
    pair.clock.pass_days(31)
    assert pair[SONGJIANG].files.sweep() == 10
    answer = pair[SONGJIANG].execute(command)
    assert isinstance(answer, Refusal)
    assert answer.ground == BlobGround.GONE


def test_erasing_the_manifest_takes_the_pieces_along(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        erased = pair[name].erase_body(command.case, name_of(command), actor=OFFICER, ground="end")
        assert erased
        assert pair[name].files.sweep() == 10
        assert held(pair, name) == 0
        assert (
            pair[name].read_file(command.case, name_of(command), reader=OFFICER, purpose="decide")
            is None
        )
    pair.settle()
    assert (held(pair, SONGJIANG), held(pair, HEFEI)) == (0, 0)


def test_erasing_it_while_it_crosses_lets_the_rest_go(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.exchange(SONGJIANG, HEFEI)
    pair[SONGJIANG].erase_body(command.case, name_of(command), actor=OFFICER, ground="asked")
    pair[SONGJIANG].desk.send_held()
    pair[SONGJIANG].files.sweep()
    assert held(pair, SONGJIANG) == 0
    pair.settle()
    assert pair.settle() == 0
    assert dispatched(pair) == 1
    pair.clock.pass_days(31)
    pair[HEFEI].files.sweep()
    assert held(pair, HEFEI) == 0


def test_progress_is_told_while_it_crosses(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    node = pair[SONGJIANG]

    def percent() -> int | None:
        told = progress_of(node.kernel, node.conversation.crossing, command.case)
        return told.percent if told else None

    assert percent() == 0
    pair.exchange(SONGJIANG, HEFEI)
    assert percent() == 75
    pair.settle()
    assert percent() is None


def test_what_rots_while_it_is_read_is_asked_for(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    reading = pair[HEFEI].read_file(
        command.case, name_of(command), reader=OFFICER, purpose="decide"
    )
    assert reading is not None
    for path in pair.nodes[HEFEI].pieces.glob("??/*"):
        path.write_bytes(b"rotten")
    with pytest.raises(FileIncomplete):
        b"".join(reading.chunks)
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT


def test_pieces_give_way_to_what_is_pushed(pair: MemoryFederation) -> None:
    crossing_here = pair[SONGJIANG].conversation.crossing
    keep(pair[SONGJIANG], "result", CONTENT)
    names = list(pair[SONGJIANG].kernel.pieces.names())
    given = crossing_here.give(names, room=2_500_000)
    assert len(given.pieces) == 2
    assert given.absent == []


def test_a_manifest_that_was_erased_before_it_came_brings_nothing_back(
    pair: MemoryFederation,
) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    pair[HEFEI].erase_body(command.case, name_of(command), actor=OFFICER, ground="end")
    pair.settle()
    pair.nodes[HEFEI].lose_disk()
    pair.introduce()
    pair.settle()
    assert held(pair, HEFEI) == 0


def test_a_body_that_is_marked_as_erased_places_no_file(pair: MemoryFederation) -> None:
    kernel, body = pair[HEFEI].kernel, keep(pair[SONGJIANG], "result", CONTENT)
    assert body.blob is not None
    with kernel.database.write() as connection:
        place = (kernel.store.open_log(connection, kind=LogKind.HOME, peer=""), 1, 0)
        kernel.store.erase_body(connection, *place, "result", pair.clock.now())
        place_manifest(kernel, connection, place, "result", body.content)
        assert kernel.store.blob(connection, body.blob.root) is None


def test_a_full_disk_is_told_and_nothing_of_the_file_stays(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = PieceFolder.put
    written: list[bytes] = []

    def full(folder: PieceFolder, sealed: bytes) -> bytes:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(sealed)
        return put(folder, sealed)

    monkeypatch.setattr(PieceFolder, "put", full)
    with pytest.raises(DiskFull, match="make room"):
        keep(pair[SONGJIANG], "result", CONTENT)
    assert held(pair, SONGJIANG) == 0


def test_a_folder_that_may_not_be_written_is_told(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> bytes:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(PieceFolder, "put", closed)
    with pytest.raises(StorageFailed, match="Permission denied"):
        keep(pair[SONGJIANG], "result", CONTENT)


def test_a_file_of_whole_pieces_has_no_empty_one(pair: MemoryFederation) -> None:
    body = keep(pair[SONGJIANG], "result", scan(2_000_000))
    assert body.blob is not None
    assert held(pair, SONGJIANG) == 2


def test_pieces_that_rotted_or_got_lost_come_back_from_the_partner(
    pair: MemoryFederation,
) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    first, second, *_ = sorted(pair.nodes[HEFEI].pieces.glob("??/*"))
    first.write_bytes(b"rotten")
    second.unlink()
    with pytest.raises(FileIncomplete):
        read(pair[HEFEI], command)
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT


def test_a_look_at_the_disk_has_the_partner_asked(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    checking = pair[HEFEI].files.checking
    assert checking.look("", 9) == LookedAt(last="", pieces=10, damaged=0)
    rotten, *_ = pair.nodes[HEFEI].pieces.glob("??/*")
    rotten.write_bytes(b"rotten")
    assert checking.look_on().damaged == 1
    assert len(checking.lacking()) == 1
    pair.settle()
    assert checking.lacking() == []
    for _ in range(2):
        looked = checking.look_on()
        assert (looked.pieces, looked.damaged) == (10, 0)
    assert read(pair[HEFEI], command) == CONTENT


def test_all_kept_files_are_told_some_at_a_time(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.node.blobs.checking._AT_ONCE", 2)
    kernel = pair[SONGJIANG].kernel
    kept = [keep(pair[SONGJIANG], "material:licence", scan(1_100_000, page)) for page in "abc"]
    with kernel.database.read() as connection:
        found = list(kept_files(kernel, connection))
    assert {file.row.root for file in found} == {body.blob.root for body in kept if body.blob}
    assert [len(file.names) for file in found] == [2, 2, 2]


def test_what_is_erased_while_it_is_looked_at_stays_so(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(pair[SONGJIANG], "result", CONTENT)
    pair.clock.pass_days(31)

    def erased_meanwhile(*_: object) -> list[int]:
        pair[SONGJIANG].files.sweep()
        return [0]

    monkeypatch.setattr("tongban.node.blobs.checking.damaged_pieces", erased_meanwhile)
    assert pair[SONGJIANG].files.checking.look("", 1).damaged == 1
    assert pair[SONGJIANG].files.checking.lacking() == []


def test_after_a_lost_disk_the_partner_gives_the_file_back(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    pair.nodes[HEFEI].lose_disk()
    pair.introduce()
    pair.settle()
    assert read(pair[HEFEI], command) == CONTENT


def test_what_the_partner_lacks_too_is_asked_for_once(pair: MemoryFederation) -> None:
    hand_in(pair, CONTENT)
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        for path in pair.nodes[name].pieces.glob("??/*"):
            path.unlink()
    (row,) = _kept(pair, HEFEI)
    with pair[HEFEI].kernel.database.write() as connection:
        pair[HEFEI].kernel.store.put_blob(connection, replace(row, stored=False), pair.clock.now())
    assert 0 < pair.settle() < 10
    assert pair.settle() == 0
    pair[HEFEI].conversation.crossing.ask_again()
    assert pair.settle() > 0


def _kept(pair: MemoryFederation, name: str) -> list[BlobRow]:
    with pair[name].kernel.database.read() as connection:
        return pair[name].kernel.store.kept_blobs(connection, "", 9)


def test_a_rebuild_of_states_changes_nothing(pair: MemoryFederation) -> None:
    command = hand_in(pair, CONTENT)
    pair.settle()
    before = stored(pair[HEFEI])
    rebuild(pair[HEFEI].kernel)
    assert stored(pair[HEFEI]) == before
    assert read(pair[HEFEI], command) == CONTENT


def test_an_entry_without_a_receipt_is_refused_by_both(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = application(pair, CONTENT)
    monkeypatch.setattr("tongban.node.attempt.Waiting.must_wait", lambda *_: False)
    done_by(pair[SONGJIANG], command)
    pair.settle()
    for node, kind, peer in (
        (pair[HEFEI], LogKind.MIRROR, SONGJIANG),
        (pair[SONGJIANG], LogKind.OWN, HEFEI),
    ):
        refused = {row.type: row.ground for row in rows_of(node, kind, peer) if row.ground}
        assert refused == {"case.dispatched": BlobGround.NOT_STORED}
    assert not home_events(pair[SONGJIANG], OutcomeDisputed)


def test_a_file_over_two_gigabytes_is_not_kept(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.node.blobs.files.FILE_BYTES_MAX", 2_500_000)
    with pytest.raises(FileTooLarge):
        keep(pair[SONGJIANG], "result", CONTENT)
    assert held(pair, SONGJIANG) == 0


def test_a_large_file_is_not_read_whole_into_memory(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = hand_in(pair, CONTENT)
    name = name_of(command)
    assert (
        pair[SONGJIANG].read_body(command.case, name, reader=OFFICER, purpose="decide") == CONTENT
    )
    monkeypatch.setattr("tongban.node.blobs.files.WHOLE_BYTES_MAX", 1_000_000)
    with pytest.raises(FileTooLarge):
        pair[SONGJIANG].read_body(command.case, name, reader=OFFICER, purpose="decide")
    small = pair[SONGJIANG].read_file(command.case, "application", reader=OFFICER, purpose="decide")
    assert small is not None
    assert b"".join(small.chunks).startswith(b"{")


def test_what_an_upload_left_behind_is_cleared(pair: MemoryFederation) -> None:
    hand_in(pair, CONTENT)
    pair[SONGJIANG].kernel.pieces.put(b"of an upload that was cut off")
    assert pair[SONGJIANG].files.clear_leftovers() == 1
    assert held(pair, SONGJIANG) == 10


@pytest.mark.parametrize("order", list(permutations((SONGJIANG, HEFEI))))
def test_both_may_say_everything_again(pair: MemoryFederation, order: tuple[str, str]) -> None:
    command = hand_in(pair, CONTENT)
    for _ in range(6):
        pair.exchange(*order)
        pair.exchange(SONGJIANG, HEFEI)
    pair.settle()
    assert (dispatched(pair), read(pair[HEFEI], command)) == (1, CONTENT)


def test_declined_grounds_are_words_of_the_specification() -> None:
    assert set(DeclinedFor) == {"unfit", "too_much"}
    assert Offer(root="0" * 64, size=1, names=b"").names == b""
