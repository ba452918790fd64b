"""Entries and outcomes: what takes effect, what is refused, and on which ground."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import structs

from tongban.channels.messages import PushedBody
from tongban.conformance.acts import question, remark, said
from tongban.conformance.rule import Deviation, Differs, Rule, asks
from tongban.conformance.talk import Talk
from tongban.core.cases.events import CaseAccepted
from tongban.core.entry import Seen, Subject, SubjectKind
from tongban.core.home.events import PersonalDataRead
from tongban.core.inquiries.events import MessageSent, QuestionAnswered
from tongban.logs import wire

_ONE_TRANSACTION = ("channels.md", "One transaction")
_FORM = ("entries.md", "Form")
_OVERSIZE = 70_000
_NOWHERE = Subject(kind=SubjectKind.CASE, id="nowhere")


def refuses(
    talk: Talk,
    ground: str,
    bad: Callable[[bytes], bytes],
    body: Callable[[], PushedBody] | None = None,
) -> str:
    """One entry of three is refused on this ground, and those around it go on.

    bad: the entry, given the one before it. ground: "" for any. body: what comes with it.
    """
    talk.settle()
    subject = question(talk)
    before, words = said(talk, MessageSent(), subject, "message")
    entry = bad(before)
    after, more = said(talk, MessageSent(), subject, "message")
    bodies = [words, *([body()] if body else []), structs.replace(more, index=2)]
    refused = _refused(talk, before, entry, after, bodies=bodies)
    if refused.keys() != {1} or (ground and refused[1] != ground):
        raise Differs(
            f"of three entries, the second of them bad, it refuses {_told(refused)}; expected the "
            f"second for {ground or 'any ground'}"
        )
    return f"refused for {refused[1]}; the entries around it took effect"


def _refused(talk: Talk, *entries: bytes, bodies: Sequence[PushedBody] = ()) -> dict[int, str]:
    """What the node refuses of a push, by number from 0, with the ground.

    Where it refuses the push instead, the runner takes back what it wrote, and starts again.
    """
    kept = list(talk.own.last.entries)
    try:
        first = talk.push(*entries, bodies=bodies)
    except Deviation as deviation:
        if deviation.rule != "pushes.taken":
            raise
        talk.own.last.entries, talk.stale = kept, True
        raise Differs(f"it refuses the whole push: {deviation}") from deviation
    return {line.index - first: line.ground for line in talk.outcome(first).refused}


def _told(refused: dict[int, str]) -> str:
    found = (f"number {index + 1} for {ground!r}" for index, ground in refused.items())
    return ", ".join(found) or "none"


def _takes_effect(talk: Talk) -> str:
    talk.settle()
    subject = question(talk)
    entry, body = said(talk, MessageSent(), subject, "message")
    return _all_take_effect(talk, entry, body=body)


def _all_take_effect(talk: Talk, *entries: bytes, body: PushedBody | None = None) -> str:
    refused = _refused(talk, *entries, bodies=[body] if body else [])
    if refused:
        raise Differs(f"of what is right it refuses {_told(refused)}")
    return "an outcome, and nothing refused"


def _body_absent(talk: Talk) -> str:
    talk.settle()
    return _all_take_effect(talk, remark(talk))


def _ahead(talk: Talk) -> str:
    talk.settle()
    return _all_take_effect(talk, remark(talk, at=talk.pen.ahead(days=1)))


def _no_outcome_of_openings(talk: Talk) -> str:
    talk.settle()
    talk.restart()
    talk.settle()
    talk.nudge()
    if talk.outcomes.about(talk.own.end):
        raise Differs("it wrote an outcome about an opening")
    return "an opening came to no outcome"


def _garbage(talk: Talk) -> str:
    refuses(talk, "malformed_entry", lambda _: b"{}")
    refuses(talk, "malformed_entry", lambda _: b"")
    return refuses(talk, "malformed_entry", lambda _: b"\xff" * 10)


def _not_canonical(talk: Talk) -> str:
    refuses(talk, "malformed_entry", lambda _: remark(talk).replace(b'":"', b'": "', 1))
    return refuses(talk, "malformed_entry", lambda _: remark(talk).replace(b"+08:00", b"+0800", 1))


def _unknown_member(talk: Talk) -> str:
    return refuses(
        talk, "malformed_entry", lambda _: remark(talk).replace(b',"v":1', b',"u":1,"v":1')
    )


def _unknown_type(talk: Talk) -> str:
    return refuses(
        talk,
        "malformed_entry",
        lambda _: remark(talk).replace(b"inquiry.message_sent", b"inquiry.unheard_of"),
    )


def _unknown_version(talk: Talk) -> str:
    unread = max(talk.node.reads.entries) + 1
    return refuses(
        talk,
        "malformed_entry",
        lambda _: remark(talk).replace(b'"v":1', f'"v":{unread}'.encode()),
    )


def _oversize(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        entry = talk.pen.entry(CaseAccepted(number="1"), _NOWHERE, talk.seen)
        return entry.replace(b'"number":"1"', b'"number":"' + b"1" * _OVERSIZE + b'"')

    return refuses(talk, "malformed_entry", bad)


def _repeated_id(talk: Talk) -> str:
    return refuses(
        talk, "id_not_increasing", lambda before: remark(talk, id=wire.decode(before).id)
    )


def _earlier_id(talk: Talk) -> str:
    """An id from before the present generation: earlier generations count as well."""
    talk.settle()
    old = remark(talk)
    talk.push(old)
    talk.restart()
    talk.settle()
    refused = _refused(talk, remark(talk, id=wire.decode(old).id), remark(talk))
    if refused != {0: "id_not_increasing"}:
        raise Differs(f"of two entries, the first under an old id, it refuses {_told(refused)}")
    return "refused for id_not_increasing; the entry after it took effect"


def _seen_nothing(talk: Talk) -> str:
    return refuses(talk, "seen_unknown", lambda _: remark(talk, seen=None))


def _seen_too_much(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        end = talk.mirror.log.end
        return remark(talk, seen=Seen(generation=end.generation, size=end.size + 100))

    return refuses(talk, "seen_unknown", bad)


def _seen_less(talk: Talk) -> str:
    talk.settle()
    talk.push(remark(talk))
    end = talk.mirror.log.end
    less = Seen(generation=end.generation, size=end.size - 1)
    refused = _refused(talk, remark(talk, seen=less))
    if refused != {0: "seen_unknown"}:
        raise Differs(f"of an entry that saw less than one before, it refuses {_told(refused)}")
    return "refused for seen_unknown"


def _other_body(talk: Talk) -> str:
    talk.settle()
    entry, body = said(talk, MessageSent(), question(talk), "message")
    lie = PushedBody(1, body.name, body.salt, b"x" * len(body.content))
    found = wire.decode(entry)

    def bad(_: bytes) -> bytes:
        return remark(talk, commitments=found.commitments)

    return refuses(talk, "body_mismatch", bad, lambda: lie)


def _unfit(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        event = CaseAccepted(number="words that are no number of anything")
        return talk.pen.entry(event, _NOWHERE, talk.seen)

    return refuses(talk, "field_unfit", bad)


def _wrong_subject(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        event = PersonalDataRead(body="application", purpose="handling")
        return talk.pen.entry(event, talk.pen.channel, talk.seen)

    return refuses(talk, "wrong_subject", bad)


def _unknown_case(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        return talk.pen.entry(CaseAccepted(number="SL-1"), _NOWHERE, talk.seen)

    return refuses(talk, "", bad)


def _not_entitled(talk: Talk) -> str:
    def bad(_: bytes) -> bytes:
        event = QuestionAnswered(from_day=f"{talk.now():%Y-%m-%d}")
        return said(talk, event, question(talk), "answer")[0]

    return refuses(talk, "not_asked_of_you", bad)


def _kept(talk: Talk) -> str:
    """Refused entries stay in their places: a partner that lost everything gets them back."""
    talk.settle()
    bad = b"no entry, and kept all the same"
    talk.push(bad)
    talk.restart(forget=True)
    try:
        talk.settle()
    except Deviation as deviation:
        if deviation.rule != "starts.gives_back":
            raise
        raise Differs(str(deviation)) from deviation
    if not any(bad in each.entries for each in talk.own.generations):
        raise Differs("a refused entry did not come back to its writer")
    return "a refused entry came back to its writer"


def _rule(name: str, where: tuple[str, str], zh: str, en: str, probe: Any) -> Rule:
    return Rule(
        id=f"entries.{name}", document=where[0], heading=where[1], asks=asks(zh, en), probe=probe
    )


ENTRIES = (
    _rule(
        "take_effect",
        ("channels.md", "Outcome"),
        "合格的记录生效",
        "an entry that is right takes effect",
        _takes_effect,
    ),
    _rule(
        "body_absent",
        ("channels.md", "What a push carries"),
        "没有随来内容的记录同样有效",
        "an entry whose body does not come with it is as good as any",
        _body_absent,
    ),
    _rule(
        "ahead",
        ("channels.md", "Who decides what is allowed"),
        "记录的时刻在将来，不因此拒绝",
        "an entry is not refused for an instant that lies ahead",
        _ahead,
    ),
    _rule(
        "opening_without_outcome",
        ("channels.md", "Outcome"),
        "开启和处理结果不产生处理结果",
        "outcomes and openings produce no outcome",
        _no_outcome_of_openings,
    ),
    _rule(
        "garbage",
        _ONE_TRANSACTION,
        "不是记录的字节留在原处而不生效：malformed_entry，前后的记录照常",
        "bytes that are no entry are refused as malformed_entry, and those around them go on",
        _garbage,
    ),
    _rule(
        "not_canonical",
        _FORM,
        "不是唯一写法的记录拒绝：malformed_entry",
        "an entry that is not in its one form is refused: malformed_entry",
        _not_canonical,
    ),
    _rule(
        "unknown_member",
        _FORM,
        "带有未知成员的记录拒绝：malformed_entry",
        "an entry with an unknown member is refused: malformed_entry",
        _unknown_member,
    ),
    _rule(
        "unknown_type",
        ("entries.md", "Versions"),
        "类型未知的记录拒绝：malformed_entry",
        "an entry of an unknown type is refused: malformed_entry",
        _unknown_type,
    ),
    _rule(
        "unknown_version",
        ("entries.md", "Versions"),
        "版本未知的记录拒绝：malformed_entry",
        "an entry of an unknown version is refused: malformed_entry",
        _unknown_version,
    ),
    _rule(
        "oversize",
        _FORM,
        "超过 65 535 字节的记录拒绝：malformed_entry",
        "an entry over 65 535 bytes is refused: malformed_entry",
        _oversize,
    ),
    _rule(
        "repeated_id",
        _ONE_TRANSACTION,
        "编号重复的记录拒绝：id_not_increasing",
        "an entry with an id that came before is refused: id_not_increasing",
        _repeated_id,
    ),
    _rule(
        "id_of_an_earlier_generation",
        _ONE_TRANSACTION,
        "编号在以前各代出现过的记录拒绝：id_not_increasing",
        "an id of an earlier generation is refused: id_not_increasing",
        _earlier_id,
    ),
    _rule(
        "seen_nothing",
        _ONE_TRANSACTION,
        "没有 seen 的记录拒绝：seen_unknown",
        "an entry without seen is refused: seen_unknown",
        _seen_nothing,
    ),
    _rule(
        "seen_too_much",
        _ONE_TRANSACTION,
        "所称已见超出对方日志末端的记录拒绝：seen_unknown",
        "an entry that saw what was never written is refused: seen_unknown",
        _seen_too_much,
    ),
    _rule(
        "seen_less",
        _ONE_TRANSACTION,
        "所称已见少于以前条目的拒绝：seen_unknown",
        "an entry that saw less than an earlier one is refused: seen_unknown",
        _seen_less,
    ),
    _rule(
        "other_body",
        _ONE_TRANSACTION,
        "随来的内容与承诺不符的记录拒绝：body_mismatch",
        "an entry with a body that opens none of its commitments is refused: body_mismatch",
        _other_body,
    ),
    _rule(
        "unfit_field",
        ("cases.md", "Who may write what"),
        "编号处写了别的话的记录拒绝：field_unfit",
        "an entry with words where a number belongs is refused: field_unfit",
        _unfit,
    ),
    _rule(
        "wrong_subject",
        _ONE_TRANSACTION,
        "对象不属于通道的记录拒绝：wrong_subject",
        "an entry about nothing that a channel carries is refused: wrong_subject",
        _wrong_subject,
    ),
    _rule(
        "unknown_case",
        ("cases.md", "Who may write what"),
        "对没有的案件所作的行为拒绝，并写明理由",
        "an act on a case that is not there is refused with a ground",
        _unknown_case,
    ),
    _rule(
        "not_entitled",
        ("inquiries.md", "Grounds"),
        "无权作出的行为拒绝：提问方回答自己的提问为 not_asked_of_you",
        "an act that is not the writer's is refused: an answer by the asker, not_asked_of_you",
        _not_entitled,
    ),
    _rule(
        "kept",
        _ONE_TRANSACTION,
        "被拒绝的记录留在原处，写的人可以取回",
        "a refused entry stays in its place, and its writer can have it back",
        _kept,
    ),
)
