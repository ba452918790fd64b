"""What takes effect, and what stays in its place although it does not."""

from typing import Any

from tongban.channels.messages import PushedBody
from tongban.conformance.acts import question, refused_of, remark, said, told
from tongban.conformance.rule import Deviation, Differs, Rule, asks
from tongban.conformance.talk import Talk
from tongban.core.inquiries.events import MessageSent

_ONE_TRANSACTION = ("channels.md", "One transaction")


def _takes_effect(talk: Talk) -> str:
    talk.settle()
    subject = question(talk)
    entry, body = said(talk, MessageSent(), subject, "message")
    return _all_take_effect(talk, entry, body=body)


def _all_take_effect(talk: Talk, *entries: bytes, body: PushedBody | None = None) -> str:
    refused = refused_of(talk, *entries, bodies=[body] if body else [])
    if refused:
        raise Differs(f"of what is right it refuses {told(refused)}")
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


EFFECTS = (
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
)

#: A node that breaks this has lost what the runner cannot do without.
KEPT = (
    _rule(
        "kept",
        _ONE_TRANSACTION,
        "被拒绝的记录留在原处，写的人可以取回",
        "a refused entry stays in its place, and its writer can have it back",
        _kept,
    ),
)
