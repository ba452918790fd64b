"""Nodes that do one thing otherwise than the specification asks, each in a few lines.

Each is the real node behind the real door, with one piece of it replaced.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.conforming import wrong_logs
from tests.conforming.replacing import around

from tongban.channels.envelopes import parse_header
from tongban.channels.messages import Position, Segment
from tongban.channels.roads import https_door
from tongban.channels.roads.patient_server import Answer
from tongban.channels.signed_messages import sign_message
from tongban.core.channel.events import GenerationOpened, OutcomeRecorded
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Entry, Seen
from tongban.core.inquiries.events import QuestionAnswered
from tongban.evidence.checkpoints import parse_checkpoint, sign_checkpoint
from tongban.evidence.notes import cosign_note, encode_note, parse_note
from tongban.evidence.signer import KeyPurpose
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable
from tongban.node import (
    answers,
    arrivals,
    conversation,
    cosignatures,
    effects,
    generations,
    hearing,
    partner_view,
    pushes,
    states,
    verifying,
)
from tongban.node.misbehaviour import detect
from tongban.node.positions import before
from tongban.node.work import Draft
from tongban.testing.memory_nodes import made_up_keys

Plant = Callable[[pytest.MonkeyPatch], None]


# The door.


def any_path_is_good(patch: pytest.MonkeyPatch) -> None:
    def answer(honest: Any, self: Any, request: Any) -> Answer:
        found: Answer = honest(self, request)
        return Answer(status="200 OK") if found.status.startswith("404") else found

    around(patch, https_door._Reception, "answer", answer)


def only_octets_are_read(patch: pytest.MonkeyPatch) -> None:
    def answer(honest: Any, self: Any, request: Any) -> Answer:
        kind = request.inheaders.get(b"Content-Type", b"application/octet-stream")
        if kind != b"application/octet-stream":
            return Answer(status="415 Unsupported Media Type")
        found: Answer = honest(self, request)
        return found

    around(patch, https_door._Reception, "answer", answer)


def chunks_are_a_bad_request(patch: pytest.MonkeyPatch) -> None:
    def answer(honest: Any, self: Any, request: Any) -> Answer:
        found: Answer = honest(self, request)
        return Answer(status="400 Bad Request") if found.status.startswith("411") else found

    around(patch, https_door._Reception, "answer", answer)


def what_follows_an_envelope_is_cut_off(patch: pytest.MonkeyPatch) -> None:
    def open_(honest: Any, data: bytes, **named: Any) -> Any:
        try:
            header, length = parse_header(data)
        except Exception:  # noqa: BLE001  the honest one says what is wrong
            return honest(data, **named)
        return honest(data[: length + header.size], **named)

    around(patch, conversation, "open_envelope", open_)


# Messages.


def signatures_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    def open_(_: Any, data: bytes, **__: Any) -> bytes:
        return bytes(msgspec.msgpack.decode(data)["message"])

    around(patch, conversation, "open_signed_message", open_)


def newer_versions_are_read_as_well(patch: pytest.MonkeyPatch) -> None:
    def decode(honest: Any, data: bytes) -> Any:
        found = honest(data)
        return msgspec.structs.replace(found, version=min(found.version, 5))

    around(patch, conversation, "decode_message", decode)


def answers_are_of_the_newest_version(patch: pytest.MonkeyPatch) -> None:
    def say(honest: Any, *arguments: Any, **named: Any) -> Any:
        return msgspec.structs.replace(honest(*arguments, **named), version=5)

    around(patch, conversation.Conversation, "_message", say)


def answers_are_signed_by_another_key(patch: pytest.MonkeyPatch) -> None:
    def sign(_: Any, message: bytes, *, sender: str, receiver: str, **__: Any) -> bytes:
        keys = made_up_keys("somebody-else", 1, "ed25519-sha256")
        return sign_message(message, sender=sender, receiver=receiver, signer=keys)

    around(patch, conversation, "sign_message", sign)


def everything_is_answered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(hearing.Heard, "wanted", property(lambda _: True))


# Starts.


def any_request_is_honoured(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any, asked: Any) -> None:
        start = self._work.channel(self._peer.name).own_start
        honest(self, msgspec.structs.replace(asked, answerer=start))

    around(patch, hearing.Hearing, "_take_request", take)


def old_requests_are_honoured_again(patch: pytest.MonkeyPatch) -> None:
    def honour(_: Any, work: Any, peer: str, asked: Any) -> bool:
        work.put_channel(replace(work.channel(peer), peer_start=asked.start))
        return True

    around(patch, generations, "honour", honour)


def pushes_of_any_start_are_taken(patch: pytest.MonkeyPatch) -> None:
    def take(honest: Any, self: Any) -> None:
        start = self._work.channel(self._peer.name).peer_start
        self._message = msgspec.structs.replace(self._message, start=start)
        honest(self)

    around(patch, hearing.Hearing, "_take_push", take)


def unknown_start_is_not_heard(patch: pytest.MonkeyPatch) -> None:
    around(patch, hearing.Hearing, "_take_trouble", lambda _, __: None)


def holdings_beyond_the_log_are_not_noticed(patch: pytest.MonkeyPatch) -> None:
    def hear(honest: Any, *arguments: Any) -> Any:
        return replace(honest(*arguments), ahead=False)

    around(patch, hearing, "hear_holding", hear)


def what_was_refused_is_not_given_back(patch: pytest.MonkeyPatch) -> None:
    def read(honest: Any, *arguments: Any) -> Segment:
        segment: Segment = honest(*arguments)
        whole = [b"" if data.startswith(b"no entry") else data for data in segment.entries]
        return msgspec.structs.replace(segment, entries=whole)

    around(patch, answers, "read_segment", read)


# Pushes.


def any_root_is_taken(patch: pytest.MonkeyPatch) -> None:
    def leads(_: Any, __: Any, grown: Any, ___: Any, stated: Any) -> bool:
        return bool(stated.size == grown.size)

    around(patch, verifying, "_leads_to", leads)


def any_signature_is_taken(patch: pytest.MonkeyPatch) -> None:
    def verify(_: Any, note: Any, key: Any) -> Any:
        stated = parse_checkpoint(note.text)
        return stated if stated.origin == key.name else None

    around(patch, verifying, "verify_checkpoint", verify)


def gaps_are_an_offence(patch: pytest.MonkeyPatch) -> None:
    def verify(honest: Any, *arguments: Any) -> Any:
        _, _, head, (segment, *_), _ = arguments
        if head and segment.generation == head.generation and segment.first > head.size:
            raise verifying.PushRejected("malformed")
        return honest(*arguments)

    around(patch, hearing, "verify_push", verify)


def openings_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    around(patch, verifying, "_check_opening", lambda *_: None)


def missing_documents_are_no_matter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(arrivals, "cited_documents", lambda _: ())


def cosignatures_are_made_anew(patch: pytest.MonkeyPatch) -> None:
    made = iter(range(10_000))

    def sign(honest: Any, kernel: Any, statement: Any) -> bytes:
        note = parse_note(honest(kernel, statement))
        only = replace(note, signatures=note.signatures[:1])
        name = f"{kernel.identity.name}/mirror"
        return encode_note(
            cosign_note(
                only,
                name=name,
                signer=kernel.identity.signer.of(1),
                purpose=KeyPurpose.MIRROR,
                timestamp=statement.at + next(made),
            )
        )

    around(patch, cosignatures, "sign", sign)


def notes_are_not_cosigned(patch: pytest.MonkeyPatch) -> None:
    def sign(honest: Any, *arguments: Any) -> bytes:
        note = parse_note(honest(*arguments))
        return encode_note(replace(note, signatures=note.signatures[:1]))

    around(patch, cosignatures, "sign", sign)


def cosignatures_come_but_once(patch: pytest.MonkeyPatch) -> None:
    given: set[bytes] = set()

    def hold(honest: Any, *arguments: Any, **named: Any) -> Any:
        found = honest(*arguments, **named)
        fresh = [note for note in found.notes if note not in given]
        given.update(fresh)
        return msgspec.structs.replace(found, notes=fresh)

    around(patch, conversation, "holding", hold)


# Entries and outcomes.


def any_form_of_an_entry_is_read(patch: pytest.MonkeyPatch) -> None:
    def decoded(_: Any, entries: Sequence[bytes]) -> list[Entry | None]:
        return [_read(data) for data in entries]

    def _read(data: bytes) -> Entry | None:
        try:
            return wire.read(data)
        except EntryUnreadable:
            return None

    around(patch, verifying, "_decoded", decoded)


def one_bad_entry_spoils_a_push(patch: pytest.MonkeyPatch) -> None:
    def decoded(honest: Any, entries: Sequence[bytes]) -> list[Entry | None]:
        found = list(honest(entries))
        if b"{}" in entries:
            raise verifying.PushRejected("malformed")
        return found

    around(patch, verifying, "_decoded", decoded)


def ids_are_compared_within_a_push_only(patch: pytest.MonkeyPatch) -> None:
    around(patch, hearing, "faulty_entries", lambda honest, _, found: honest(None, found))


def seen_may_be_beyond_the_log(patch: pytest.MonkeyPatch) -> None:
    def could(_: Any, self: Any, seen: Any) -> bool:
        return seen is not None and not before(_place(seen), self._acknowledged())

    def follow(honest: Any, self: Any, seen: Any) -> None:
        if self._is_written(_place(seen)):
            honest(self, seen)

    around(patch, partner_view.PartnerView, "could_see", could)
    around(patch, partner_view.PartnerView, "follow_to", follow)


def seen_may_go_back(patch: pytest.MonkeyPatch) -> None:
    def could(_: Any, self: Any, seen: Any) -> bool:
        return seen is not None and bool(self._is_written(_place(seen)))

    around(patch, partner_view.PartnerView, "could_see", could)


def _place(seen: Seen) -> Position:
    return Position(generation=seen.generation, size=seen.size)


def bodies_are_not_compared(patch: pytest.MonkeyPatch) -> None:
    def faulty(honest: Any, *arguments: Any) -> dict[Any, str]:
        found = honest(*arguments)
        return {at: g for at, g in found.items() if g != ChannelGround.BODY_MISMATCH}

    around(patch, hearing, "faulty_entries", faulty)


def entries_ahead_of_the_clock_are_refused(patch: pytest.MonkeyPatch) -> None:
    def judge(honest: Any, self: Any, generation: int, entry: Any, *more: Any) -> str:
        ahead = entry is not None and entry.at > more[-1].received_at + timedelta(minutes=5)
        return "clock_skew" if ahead else str(honest(self, generation, entry, *more))

    around(patch, effects.Effects, "_judge", judge)


def anybody_may_answer_a_question(patch: pytest.MonkeyPatch) -> None:
    def judge(honest: Any, self: Any, generation: int, entry: Any, *more: Any) -> str:
        if entry is not None and isinstance(entry.event, QuestionAnswered):
            return ""
        return str(honest(self, generation, entry, *more))

    around(patch, effects.Effects, "_judge", judge)
    around(patch, states.States, "fold", _fold_what_folds)


def _fold_what_folds(honest: Any, self: Any, entry: Any, **named: Any) -> Any:
    if isinstance(entry.event, QuestionAnswered):
        return None
    return honest(self, entry, **named)


def openings_have_outcomes(patch: pytest.MonkeyPatch) -> None:
    def record(honest: Any, self: Any, found: Any, faulty: Any, **named: Any) -> None:
        honest(self, found, faulty, **named)
        entries = [entry for _, _, entry in verifying.walk(found)]
        if all(entry and isinstance(entry.event, GenerationOpened) for entry in entries):
            self._record_outcome(found[0].segment, [], named["received"])

    around(patch, effects.Effects, "hear", record)


def outcomes_reach_back(patch: pytest.MonkeyPatch) -> None:
    def record(honest: Any, self: Any, first: Segment, *more: Any) -> None:
        back = msgspec.structs.replace(first, first=max(first.first - 1, 0))
        honest(self, back, *more)

    around(patch, effects.Effects, "_record_outcome", record)


def outcomes_say_when_it_will_be_available(patch: pytest.MonkeyPatch) -> None:
    def append(honest: Any, self: Any, drafts: Sequence[Draft]) -> Any:
        return honest(self, [replace(draft, event=later(draft.event)) for draft in drafts])

    def later(event: Any) -> Any:
        if not isinstance(event, OutcomeRecorded):
            return event
        return replace(event, available_at=event.received_at + timedelta(minutes=1))

    around(patch, effects.Effects, "append", append)


# The node's own log.


def checkpoints_state_another_root(patch: pytest.MonkeyPatch) -> None:
    def sign(honest: Any, kernel: Any, statement: Any) -> bytes:
        stated = parse_checkpoint(parse_note(honest(kernel, statement)).text)
        signer = kernel.identity.signer.of(1)
        return encode_note(sign_checkpoint(replace(stated, root=bytes(32)), signer))

    around(patch, pushes, "sign", sign)


def checkpoints_are_signed_under_one_name(patch: pytest.MonkeyPatch) -> None:
    def sign(honest: Any, kernel: Any, statement: Any) -> bytes:
        stated = parse_checkpoint(parse_note(honest(kernel, statement)).text)
        signer = kernel.identity.signer.of(1)
        return encode_note(sign_checkpoint(replace(stated, origin="log"), signer))

    around(patch, pushes, "sign", sign)


def generations_commit_to_nothing(patch: pytest.MonkeyPatch) -> None:
    def opened(honest: Any, **named: Any) -> Any:
        return honest(**(named | {"previous_root": ""}))

    around(patch, generations, "GenerationOpened", opened)


# Misbehaviour.


def contradictions_are_not_noticed(patch: pytest.MonkeyPatch) -> None:
    around(patch, detect.Watch, "look", lambda *_: False)


def a_frozen_channel_is_answered(patch: pytest.MonkeyPatch) -> None:
    def refuse(honest: Any, self: Any, status: Any) -> None:
        honest(self, status)
        self.heard.request = self._message.request

    around(patch, hearing.Hearing, "_refuse", refuse)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongNode:
    """plant: what it does otherwise. breaks: the rules that must fail, and no other."""

    plant: Plant
    breaks: frozenset[str]


def _breaks(plant: Plant, *rules: str) -> WrongNode:
    return WrongNode(plant=plant, breaks=frozenset(rules))


_ALL = (
    _breaks(any_path_is_good, "door.other_request"),
    _breaks(only_octets_are_read, "door.content_type"),
    _breaks(chunks_are_a_bad_request, "door.without_length"),
    _breaks(what_follows_an_envelope_is_cut_off, "envelopes.size"),
    _breaks(
        signatures_are_not_checked,
        "envelopes.signed_by_another",
        "envelopes.other_suite",
        "envelopes.signature_of_other_words",
    ),
    _breaks(newer_versions_are_read_as_well, "messages.unknown_version"),
    _breaks(answers_are_of_the_newest_version, "answers.version"),
    _breaks(answers_are_signed_by_another_key, "answers.signed"),
    _breaks(everything_is_answered, "messages.no_answer_due"),
    _breaks(any_request_is_honoured, "starts.unknown_answerer"),
    _breaks(old_requests_are_honoured_again, "starts.older_request"),
    _breaks(pushes_of_any_start_are_taken, "starts.push_of_an_older_start"),
    _breaks(unknown_start_is_not_heard, "starts.after_unknown_start"),
    _breaks(holdings_beyond_the_log_are_not_noticed, "starts.after_a_holding_beyond"),
    _breaks(what_was_refused_is_not_given_back, "entries.kept"),
    _breaks(any_root_is_taken, "pushes.wrong_root"),
    _breaks(any_signature_is_taken, "pushes.unknown_key"),
    _breaks(gaps_are_an_offence, "pushes.gap"),
    _breaks(openings_are_not_looked_at, "pushes.no_opening"),
    _breaks(missing_documents_are_no_matter, "pushes.no_document"),
    _breaks(cosignatures_are_made_anew, "pushes.repeat"),
    _breaks(notes_are_not_cosigned, "cosignatures.valid"),
    _breaks(cosignatures_come_but_once, "pushes.lost_cosignatures"),
    _breaks(any_form_of_an_entry_is_read, "entries.not_canonical"),
    _breaks(one_bad_entry_spoils_a_push, "entries.garbage"),
    _breaks(ids_are_compared_within_a_push_only, "entries.id_of_an_earlier_generation"),
    _breaks(seen_may_be_beyond_the_log, "entries.seen_too_much"),
    _breaks(seen_may_go_back, "entries.seen_less"),
    _breaks(bodies_are_not_compared, "entries.other_body"),
    _breaks(entries_ahead_of_the_clock_are_refused, "entries.ahead"),
    _breaks(anybody_may_answer_a_question, "entries.not_entitled"),
    _breaks(openings_have_outcomes, "entries.opening_without_outcome"),
    _breaks(outcomes_reach_back, "outcomes.founded"),
    _breaks(outcomes_say_when_it_will_be_available, "outcomes.instants"),
    _breaks(checkpoints_state_another_root, "log.root"),
    _breaks(checkpoints_are_signed_under_one_name, "log.signed"),
    _breaks(generations_commit_to_nothing, "log.opening"),
    _breaks(wrong_logs.its_entries_have_another_form, "log.entries"),
    _breaks(wrong_logs.its_ids_do_not_rise, "log.ids"),
    _breaks(wrong_logs.its_entries_saw_what_is_not_there, "log.seen"),
    _breaks(wrong_logs.it_gives_back_another_history_of_its_own, "log.one_history"),
    _breaks(wrong_logs.it_forgets_its_own_log, "log.kept"),
    _breaks(wrong_logs.it_forgets_what_it_cosigned, "cosignatures.kept"),
    _breaks(wrong_logs.it_cosigns_another_root, "cosignatures.root"),
    _breaks(wrong_logs.its_outcomes_leave_out_the_first_entry, "outcomes.whole_push"),
    _breaks(wrong_logs.it_writes_no_outcomes, "outcomes.recorded"),
    _breaks(wrong_logs.it_takes_no_large_push, "pushes.taken"),
    _breaks(wrong_logs.it_answers_no_request, "starts.answered"),
    _breaks(wrong_logs.it_answers_a_request_but_once, "starts.answered_again"),
    _breaks(wrong_logs.it_takes_no_answer, "starts.opens"),
    _breaks(wrong_logs.it_gives_nothing_back, "starts.gives_back"),
    _breaks(wrong_logs.any_unknown_start_is_its_own, "starts.other_trouble"),
    _breaks(
        wrong_logs.cosignatures_beyond_its_mirror_are_not_noticed,
        "starts.after_a_cosignature_beyond",
    ),
    _breaks(wrong_logs.unknown_trouble_makes_it_start_again, "messages.unknown_trouble"),
    _breaks(wrong_logs.every_key_must_be_there, "messages.absent_keys"),
    _breaks(wrong_logs.later_keys_are_read_in_any_version, "messages.key_of_a_later_version"),
    _breaks(contradictions_are_not_noticed, "misbehaviour.two_roots"),
    _breaks(wrong_logs.it_freezes_without_a_cause, "misbehaviour.without_cause"),
    _breaks(a_frozen_channel_is_answered, "misbehaviour.frozen"),
)

WRONG_NODES: Mapping[str, WrongNode] = {getattr(each.plant, "__name__", ""): each for each in _ALL}
