"""Nodes whose own log, cosignatures, outcomes or starts are otherwise than they should be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.conforming.replacing import around

from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import Message, Position, Segment
from tongban.core.entry import Entry, Seen
from tongban.evidence.checkpoints import parse_checkpoint, sign_checkpoint
from tongban.evidence.notes import cosign_note, encode_note, parse_note
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import EMPTY, leaf_hash
from tongban.logs import wire
from tongban.node import answers, conversation, cosignatures, effects, generations, hearing, work
from tongban.testing.memory_nodes import made_up_keys

SUITE = SUITES["ed25519-sha256"]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
KNOWN_TROUBLE = {"", "unknown_start", "unknown_answerer", "diverged"}
CITY = "songjiang.g60.demo"


def rewritten(segment: Segment, change: Callable[[Entry], bytes]) -> Segment:
    """A segment of the node's own from 0 on, with another last entry, and properly signed."""
    stated = parse_checkpoint(parse_note(segment.checkpoint).text)
    if segment.first or not stated.origin.startswith(CITY):
        return segment
    entries = [*segment.entries[:-1], change(wire.decode(segment.entries[-1]))]
    root = EMPTY.extend(SUITE, [leaf_hash(SUITE, data) for data in entries]).root(SUITE)
    note = sign_checkpoint(replace(stated, root=root), made_up_keys(CITY, 1, SUITE.name))
    return msgspec.structs.replace(segment, entries=entries, checkpoint=encode_note(note))


def _pushes(patch: pytest.MonkeyPatch, change: Callable[[Entry], bytes]) -> None:
    around(
        patch,
        conversation,
        "read_segment",
        lambda honest, *arguments: rewritten(honest(*arguments), change),
    )


def its_entries_have_another_form(patch: pytest.MonkeyPatch) -> None:
    _pushes(patch, lambda entry: wire.encode(entry).replace(b'":"', b'": "', 1))


def its_ids_do_not_rise(patch: pytest.MonkeyPatch) -> None:
    def drawn(honest: Any, _: Any, *, random: bytes, **__: Any) -> str:
        return str(honest(LONG_AGO, random=random))

    around(patch, work, "entry_id", drawn)


def it_freezes_without_a_cause(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any) -> None:
        honest(self)
        if self.heard.trouble == "malformed":
            self._freeze("made up")

    around(patch, hearing.Hearing, "_take_push", take)


def its_entries_saw_what_is_not_there(patch: pytest.MonkeyPatch) -> None:
    _pushes(patch, lambda entry: wire.encode(replace(entry, seen=Seen(generation=9, size=9))))


def it_gives_back_another_history_of_its_own(patch: pytest.MonkeyPatch) -> None:
    def change(entry: Entry) -> bytes:
        return wire.encode(replace(entry, at=entry.at + timedelta(milliseconds=1)))

    around(
        patch,
        answers,
        "read_segment",
        lambda honest, *arguments: rewritten(honest(*arguments), change),
    )


def it_forgets_its_own_log(patch: pytest.MonkeyPatch) -> None:
    def request(honest: Any, *arguments: Any) -> Any:
        found = honest(*arguments)
        return msgspec.structs.replace(found, own=_less(found.own))

    around(patch, generations, "request", request)


def it_forgets_what_it_cosigned(patch: pytest.MonkeyPatch) -> None:
    def request(honest: Any, *arguments: Any) -> Any:
        found = honest(*arguments)
        return msgspec.structs.replace(found, mirror=_less(found.mirror))

    around(patch, generations, "request", request)


def _less(position: Position) -> Position:
    return Position(generation=position.generation, size=max(position.size - 1, 0))


def it_cosigns_another_root(patch: pytest.MonkeyPatch) -> None:
    def sign(honest: Any, kernel: Any, statement: Any) -> bytes:
        note = parse_note(honest(kernel, statement))
        stated = replace(parse_checkpoint(note.text), root=bytes(32))
        return encode_note(
            cosign_note(
                replace(note, text=stated.encode(), signatures=note.signatures[:1]),
                name=f"{CITY}/mirror",
                signer=kernel.identity.signer.of(1),
                purpose=KeyPurpose.MIRROR,
                timestamp=statement.at,
            )
        )

    around(patch, cosignatures, "sign", sign)


def its_outcomes_leave_out_the_first_entry(patch: pytest.MonkeyPatch) -> None:
    def record(honest: Any, self: Any, first: Segment, *more: Any) -> None:
        # Of the pushes of three, the first entry is always a good one.
        forward = first.first + (len(first.entries) == 3)
        honest(self, msgspec.structs.replace(first, first=forward), *more)

    around(patch, effects.Effects, "_record_outcome", record)


def it_writes_no_outcomes(patch: pytest.MonkeyPatch) -> None:
    around(patch, effects.Effects, "_record_outcome", lambda *_: None)


def it_takes_no_large_push(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any) -> None:
        if sum(len(segment.entries) for segment in self._message.segments) < 10:
            honest(self)
        else:
            self._trouble("malformed", self._message.start)

    around(patch, hearing.Hearing, "_take_push", take)


def it_answers_no_request(patch: pytest.MonkeyPatch) -> None:
    around(patch, hearing.Hearing, "_take_request", lambda *_: None)


def it_answers_a_request_but_once(patch: pytest.MonkeyPatch) -> None:
    def honour(honest: Any, work: Any, peer: str, asked: Any) -> bool:
        again = work.channel(peer).peer_start == asked.start
        return bool(not again and honest(work, peer, asked))

    around(patch, generations, "honour", honour)


def it_takes_no_answer(patch: pytest.MonkeyPatch) -> None:
    around(patch, hearing.Hearing, "_take_answer", lambda *_: None)


def it_gives_nothing_back(patch: pytest.MonkeyPatch) -> None:
    around(patch, answers, "exactly", lambda *_, **__: [])


def any_unknown_start_is_its_own(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any) -> None:
        start = self._work.channel(self._peer.name).own_start
        self._message = msgspec.structs.replace(self._message, about=start)
        honest(self)

    around(patch, hearing.Hearing, "_take_trouble", take)


def cosignatures_beyond_its_mirror_are_not_noticed(patch: pytest.MonkeyPatch) -> None:
    around(patch, hearing, "is_forgetful", lambda *_: False)


def unknown_trouble_makes_it_start_again(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any) -> None:
        if self._message.trouble in KNOWN_TROUBLE:
            honest(self)
        else:
            self._renew()

    around(patch, hearing.Hearing, "_take_trouble", take)


def every_key_must_be_there(patch: pytest.MonkeyPatch) -> None:
    def decode(honest: Any, data: bytes) -> Message:
        if b"cosigned" not in data:
            raise MessageUnreadable("made up")
        message: Message = honest(data)
        return message

    around(patch, conversation, "decode_message", decode)


def later_keys_are_read_in_any_version(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Message, "needed_version", lambda _: 1)
