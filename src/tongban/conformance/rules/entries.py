"""Entries and outcomes: what takes effect, what is refused, and on which ground."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from tongban.channels.messages import PushedBody
from tongban.conformance.acts import question, refused_of, remark, said, told
from tongban.conformance.rule import Differs, Rule, asks
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
    refused = refused_of(talk, before, entry, after, bodies=bodies)
    if refused.keys() != {1} or (ground and refused[1] != ground):
        raise Differs(
            f"of three entries, the second of them bad, it refuses {told(refused)}; expected the "
            f"second for {ground or 'any ground'}"
        )
    return f"refused for {refused[1]}; the entries around it took effect"


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
    refused = refused_of(talk, remark(talk, id=wire.decode(old).id), remark(talk))
    if refused != {0: "id_not_increasing"}:
        raise Differs(f"of two entries, the first under an old id, it refuses {told(refused)}")
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
    talk.outcome(talk.push(remark(talk)))
    talk.settle()
    seen = talk.seen
    talk.push(remark(talk, seen=seen))
    less = Seen(generation=seen.generation, size=seen.size - 1)
    refused = refused_of(talk, remark(talk, seen=less))
    if refused != {0: "seen_unknown"}:
        raise Differs(f"of an entry that saw less than one before, it refuses {told(refused)}")
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


def _rule(name: str, where: tuple[str, str], zh: str, en: str, probe: Any) -> Rule:
    return Rule(
        id=f"entries.{name}", document=where[0], heading=where[1], asks=asks(zh, en), probe=probe
    )


ENTRIES = (
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
)
