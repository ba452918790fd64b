"""Messages that no honest node says: each is refused as a whole, and the channel goes on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs
from tests.node.liar import SYSTEM, Liar
from tests.node.looking import rows_of, stored, submit
from tests.node.test_starts import all_is_well, backup, restart, row

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.faults import EnvelopeUnreadable, MessageUnreadable
from tongban.channels.messages import (
    CompareAnswer,
    CompareRequest,
    Erased,
    Holding,
    PushedBody,
    Segment,
    encode_message,
)
from tongban.core.agreements.events import AgreementOffered
from tongban.core.cases.events import CaseAccepted
from tongban.core.channel.events import GenerationOpened
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Event, Subject, SubjectKind
from tongban.evidence.suite import Suite
from tongban.evidence.tree import leaf_hash
from tongban.logs.rows import ChannelStatus, LogKind
from tongban.node.identity import channel_origin
from tongban.node.positions import position
from tongban.node.pushes import everything, read_segment
from tongban.node.work import Draft, Work
from tongban.testing.applications import HEFEI, SONGJIANG, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

NOWHERE = "sha256:" + "0" * 64


@pytest.fixture
def liar(pair: MemoryFederation) -> Liar:
    """Songjiang's program lies to Hefei."""
    return Liar(pair[SONGJIANG], HEFEI)


def trouble(pair: MemoryFederation, envelope: bytes) -> str:
    """What Hefei says back of it."""
    answer = pair[HEFEI].hear(envelope)
    return "" if answer is None else pair[SONGJIANG].conversation.hear_reply(HEFEI, answer)[1]


def mirrored(pair: MemoryFederation) -> list[bytes | None]:
    return [line.data for line in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]


def test_a_document_that_is_cited_and_does_not_come_refuses_the_push(
    pair: MemoryFederation, liar: Liar
) -> None:
    about = Subject(kind=SubjectKind.AGREEMENT, id=NOWHERE)
    liar.write(liar.draft(AgreementOffered(document=NOWHERE), about))
    before = mirrored(pair)
    assert trouble(pair, liar.say()) == "malformed"
    assert mirrored(pair) == before


def test_bytes_that_only_look_as_if_they_cited_something_are_pushed_as_they_are(
    pair: MemoryFederation, liar: Liar
) -> None:
    liar.write(NOWHERE.encode())
    pair.settle()
    assert mirrored(pair)[-1] == NOWHERE.encode()


def lying_body(segment: Segment, index: int) -> Segment:
    body = PushedBody(index=index, name="application", salt=b"\x00" * 32, content=b"another")
    return msgspec.structs.replace(segment, bodies=[body])


def test_an_entry_whose_body_is_another_is_refused(pair: MemoryFederation, liar: Liar) -> None:
    submit(pair)
    (segment,) = liar.message().segments
    pair[HEFEI].hear(liar.say(segments=[lying_body(segment, segment.first)]))
    found = [line.ground for line in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]
    assert found[-1] == ChannelGround.BODY_MISMATCH


def test_bodies_of_nothing_that_can_be_read_are_passed_over(
    pair: MemoryFederation, liar: Liar
) -> None:
    liar.write(b"no entry")
    (segment,) = liar.message().segments
    beside = lying_body(segment, segment.first).bodies + lying_body(segment, 99).bodies
    pair[HEFEI].hear(liar.say(segments=[msgspec.structs.replace(segment, bodies=beside)]))
    found = [line.ground for line in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]
    assert found[-1] == ChannelGround.MALFORMED_ENTRY


def test_a_push_under_something_that_is_no_checkpoint_is_not_stored(
    pair: MemoryFederation, liar: Liar
) -> None:
    submit(pair)
    (segment,) = liar.message().segments
    lie = msgspec.structs.replace(segment, checkpoint=b"garbage")
    before = mirrored(pair)
    assert trouble(pair, liar.say(segments=[lie])) == "malformed"
    assert mirrored(pair) == before


def test_notes_that_cosign_nothing_are_passed_over(pair: MemoryFederation, liar: Liar) -> None:
    submit(pair)
    known, before = row(pair, SONGJIANG), stored(pair[SONGJIANG])
    hefei = Liar(pair[HEFEI], SONGJIANG)
    holding = hefei.message().holding
    assert holding is not None
    # Our own checkpoint, which nobody cosigned, and something that is no note at all.
    (segment,) = liar.message().segments
    lie = Holding(position=holding.position, notes=[b"garbage", segment.checkpoint])
    pair[SONGJIANG].hear(hefei.say(holding=lie))
    assert row(pair, SONGJIANG) == known
    assert stored(pair[SONGJIANG]) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 7},
        {"start": "e" * 32},
        {"previous_size": 99},
        {"previous_root": "0" * 64},
        {"previous_origin": "elsewhere"},
    ],
)
def test_a_generation_that_opens_otherwise_than_it_says_is_not_stored(
    pair: MemoryFederation, liar: Liar, changes: dict[str, Any]
) -> None:
    before = mirrored(pair)
    begin_falsely(liar, replace(opening(liar), **changes))
    pair[HEFEI].hear(liar.say())
    assert mirrored(pair) == before


def test_a_generation_that_begins_with_something_else_is_not_stored(
    pair: MemoryFederation, liar: Liar
) -> None:
    before = mirrored(pair)
    begin_falsely(liar, AgreementOffered(document=NOWHERE))
    assert trouble(pair, liar.say()) == "malformed"
    assert mirrored(pair) == before


def opening(liar: Liar) -> GenerationOpened:
    """What an honest node would write to begin its next generation."""
    kernel = liar.node.kernel
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        head = work.head(work.own_log(liar.peer))
    assert head is not None
    return GenerationOpened(
        number=head.generation + 1,
        start="f" * 32,
        previous_origin=head.origin,
        previous_size=head.size,
        previous_root=head.range.root(kernel.identity.suite).hex(),
    )


def begin_falsely(liar: Liar, event: Event, *, seen: bool = True) -> None:
    """Open a generation whose first entry is this."""
    kernel = liar.node.kernel
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        log = work.own_log(liar.peer)
        number = position(work.head(log)).generation + 1
        origin = channel_origin(kernel.identity.name, liar.peer, number, "f" * 32)
        work.open_generation(
            log, number=number, start="f" * 32, origin=origin, suite=kernel.identity.suite, keys=1
        )
        subject = Subject(kind=SubjectKind.CHANNEL, id=liar.peer)
        draft = Draft(event=event, subject=subject, actor=SYSTEM)
        work.append(log, [draft], seen=work.seen(liar.peer) if seen else None)
        work.close()


def test_a_stranger_is_not_heard(pair: MemoryFederation, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    others = MemoryFederation(folder, (SUZHOU, HEFEI))
    stranger = others[SUZHOU].conversation.say(HEFEI)
    others.stop()
    before = stored(pair[HEFEI])
    with pytest.raises(EnvelopeUnreadable, match="not paired"):
        pair[HEFEI].hear(stranger)
    assert stored(pair[HEFEI]) == before


def test_an_answer_of_somebody_else_on_the_same_road_is_not_taken(
    pair: MemoryFederation, liar: Liar
) -> None:
    with pytest.raises(EnvelopeUnreadable, match="was asked"):
        pair[HEFEI].conversation.hear_reply(SUZHOU, liar.say())


@pytest.mark.parametrize("changes", [{"sender": SUZHOU}, {"receiver": SUZHOU}, {"version": 99}])
def test_a_message_that_names_others_than_its_envelope_is_unreadable(
    pair: MemoryFederation, liar: Liar, changes: dict[str, object]
) -> None:
    with pytest.raises(MessageUnreadable, match="another sender, receiver or version"):
        pair[HEFEI].hear(liar.say(**changes))


def test_a_message_whose_parts_name_different_starts_is_unreadable(
    pair: MemoryFederation, liar: Liar
) -> None:
    restart(pair, SONGJIANG)
    message = Liar(pair[SONGJIANG], HEFEI).message()
    lie = msgspec.structs.replace(message, start="0" * 32)
    with pytest.raises(MessageUnreadable, match="different starts"):
        pair[HEFEI].hear(liar.seal(encode_message(lie)))


def test_a_request_of_an_earlier_start_that_comes_late_is_not_honoured_again(
    pair: MemoryFederation,
) -> None:
    restart(pair, SONGJIANG)
    late = pair[SONGJIANG].conversation.say(HEFEI)
    pair[HEFEI].hear(late)
    restart(pair, SONGJIANG)
    pair.settle()
    before = row(pair, HEFEI)
    pair[HEFEI].hear(late)
    assert row(pair, HEFEI) == before
    assert all_is_well(pair)


def test_a_partner_that_holds_another_history_of_ours_freezes_the_channel(
    pair: MemoryFederation, liar: Liar
) -> None:
    pair[HEFEI].hear(liar.say(trouble="diverged", about=row(pair, HEFEI).own_start))
    assert row(pair, HEFEI).status is ChannelStatus.FROZEN


def test_an_answer_with_entries_that_nobody_decided_is_not_taken(
    pair: MemoryFederation, liar: Liar
) -> None:
    copy = backup(pair, HEFEI)
    submit(pair)
    pair.nodes[HEFEI].put_back(copy)
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    assert asked is not None
    message = liar.message(request=asked)
    assert message.answer is not None
    lie = msgspec.structs.replace(message.answer, answerers_log=whole_log(liar, asked))
    before = mirrored(pair)
    pair[HEFEI].hear(liar.seal(encode_message(msgspec.structs.replace(message, answer=lie))))
    assert mirrored(pair) == before
    pair.settle()
    assert all_is_well(pair)


def test_outcomes_beyond_what_was_lost_are_heard_once_more(
    pair: MemoryFederation, liar: Liar
) -> None:
    copy = backup(pair, HEFEI)
    submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    liar.write(liar.outcome(liar.end().generation, liar.end().size))
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    assert asked is not None
    message = liar.message(request=asked)
    assert message.answer is not None
    more = msgspec.structs.replace(message.answer, answerers_log=whole_log(liar, asked))
    pair[HEFEI].hear(liar.seal(encode_message(msgspec.structs.replace(message, answer=more))))
    assert row(pair, HEFEI).status is ChannelStatus.OPEN
    assert mirrored(pair)[-1] == [*rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI)][-1].data


def test_what_is_no_version_of_a_catalogue_is_refused_and_followed_no_further(
    pair: MemoryFederation, liar: Liar
) -> None:
    stray = CaseAccepted(number="1")
    liar.write(liar.draft(stray, Subject(kind=SubjectKind.CATALOGUE, id=SONGJIANG)))
    pair.settle()
    submit(pair)
    pair.settle()
    assert any(line.ground for line in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG))
    assert pair[HEFEI].openings.heard(SONGJIANG) is None


def whole_log(liar: Liar, asked: CompareRequest) -> list[Segment]:
    """All that Songjiang wrote beyond what Hefei holds, decided or not."""
    kernel = liar.node.kernel
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        log = work.own_log(liar.peer)
        end = position(work.head(log))
        found = everything(kernel, connection, log, after=asked.mirror, until=end)
    return [read_segment(kernel, stretch) for stretch in found]


def test_an_answer_under_something_that_is_no_checkpoint_is_not_taken(
    pair: MemoryFederation,
) -> None:
    copy = backup(pair, HEFEI)
    submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    liar = Liar(pair[SONGJIANG], HEFEI)
    message = liar.message(request=asked)
    assert message.answer is not None
    lies = [
        msgspec.structs.replace(segment, checkpoint=b"garbage")
        for segment in message.answer.askers_log
    ]
    lie = msgspec.structs.replace(message.answer, askers_log=lies)
    before = mirrored(pair)
    pair[HEFEI].hear(liar.seal(encode_message(msgspec.structs.replace(message, answer=lie))))
    assert mirrored(pair) == before
    pair.settle()
    assert all_is_well(pair)


def erased_from(answer: CompareAnswer, suite: Suite) -> CompareAnswer:
    """The answer with the last entry of the answerer's log gone, as if it had been refused."""
    *others, last = answer.answerers_log
    (*kept, data) = last.entries
    gone = Erased(index=last.first + len(kept), leaf_hash=leaf_hash(suite, data), length=len(data))
    lie = msgspec.structs.replace(last, entries=[*kept, b""], erased=[gone])
    return msgspec.structs.replace(answer, answerers_log=[*others, lie])


def test_an_entry_that_nobody_refused_may_not_come_back_without_its_bytes(
    pair: MemoryFederation, liar: Liar
) -> None:
    copy = backup(pair, HEFEI)
    case = submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    message = liar.message(request=Liar(pair[HEFEI], SONGJIANG).message().request)
    assert message.answer is not None
    lie = erased_from(message.answer, pair[HEFEI].kernel.identity.suite)
    changed = msgspec.structs.replace(message, answer=lie)
    before = mirrored(pair)
    pair[HEFEI].hear(liar.seal(encode_message(msgspec.structs.replace(changed, version=3))))
    assert mirrored(pair) == before
    pair.settle()
    assert pair[HEFEI].case_state(case) is not None
    assert all_is_well(pair)


def test_a_push_of_another_beginning_of_the_generation_is_not_stored(
    pair: MemoryFederation, liar: Liar
) -> None:
    submit(pair)
    (segment,) = liar.message().segments
    lie = msgspec.structs.replace(segment, start="e" * 32)
    before = mirrored(pair)
    assert trouble(pair, liar.say(segments=[lie])) == "diverged"
    assert mirrored(pair) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"answerers_log": []},
        {"more": True, "askers_log": [], "answerers_log": []},
    ],
)
def test_an_answer_that_gives_less_than_it_must_is_not_taken(
    pair: MemoryFederation, liar: Liar, changes: dict[str, Any]
) -> None:
    assert not_taken(pair, liar, lambda answer: msgspec.structs.replace(answer, **changes))


def test_an_answerer_that_does_not_sign_where_its_own_log_ends_is_not_believed(
    pair: MemoryFederation, liar: Liar
) -> None:
    def lie(answer: CompareAnswer) -> CompareAnswer:
        *others, last = answer.answerers_log
        along = msgspec.structs.replace(last, path=[b"\x00" * 32])
        return msgspec.structs.replace(answer, answerers_log=[*others, along])

    assert not_taken(pair, liar, lie)


def test_nothing_is_taken_back_under_keys_from_before_what_was_announced(
    pair: MemoryFederation, liar: Liar
) -> None:
    copy = backup(pair, HEFEI)
    pair.nodes[HEFEI].rotate()
    pair.settle()
    pair.nodes[HEFEI].keys = 1
    pair.nodes[HEFEI].put_back(copy)
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    liar.seals_to = 1
    envelope = liar.seal(encode_message(liar.message(request=asked)))
    before = mirrored(pair)
    assert pair[HEFEI].hear(envelope) is not None
    assert mirrored(pair) == before
    assert row(pair, HEFEI).status is ChannelStatus.COMPARING


def test_nothing_is_taken_back_that_began_under_keys_which_are_gone(
    pair: MemoryFederation, liar: Liar
) -> None:
    empty = pair.folder / "empty"
    empty.touch()
    pair.nodes[HEFEI].keys = 2
    for name in (HEFEI, SONGJIANG):
        pair.nodes[name].put_back(empty)
    introduce(pair)
    pair.settle()
    pair.nodes[HEFEI].keys = 1
    pair.nodes[HEFEI].put_back(empty)
    introduce(pair)
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    liar.node, liar.seals_to = pair[SONGJIANG], 1
    with capture_logs() as said:
        assert pair[HEFEI].hear(liar.seal(encode_message(liar.message(request=asked)))) is not None
    assert "keys_lost" in {line["event"] for line in said}
    assert row(pair, HEFEI).status is ChannelStatus.COMPARING


def introduce(pair: MemoryFederation) -> None:
    """Each is paired with the other as that presents itself now."""
    for one, other in ((SONGJIANG, HEFEI), (HEFEI, SONGJIANG)):
        if other not in pair[one].kernel.peers.names():
            shown = pair.nodes[other].descriptor
            pair[one].pair(shown, compared=fingerprint(read_descriptor(shown)))


def not_taken(
    pair: MemoryFederation, liar: Liar, lie: Callable[[CompareAnswer], CompareAnswer]
) -> bool:
    """Whether Hefei, put back, takes nothing from a lie of Songjiang's and goes on afterwards."""
    copy = backup(pair, HEFEI)
    submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    message = liar.message(request=Liar(pair[HEFEI], SONGJIANG).message().request)
    assert message.answer is not None
    changed = msgspec.structs.replace(message, answer=lie(message.answer), version=3)
    before = mirrored(pair)
    pair[HEFEI].hear(liar.seal(encode_message(changed)))
    same = mirrored(pair) == before
    pair.settle()
    return same and all_is_well(pair)
