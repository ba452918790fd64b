"""What the runner does with the node under test: it asks a question, adds words, and takes leave.

An inquiry needs no agreement and no case, and moves nothing at the node: whoever finds it there
reads what it is.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tongban.channels.messages import PushedBody
from tongban.conformance.line import OutOfTime
from tongban.conformance.rule import Deviation, Differs, NotReached
from tongban.conformance.talk import Talk
from tongban.core.entry import Commitment, Event, Subject, SubjectKind
from tongban.core.inquiries.events import MessageSent, QuestionAsked, QuestionWithdrawn
from tongban.evidence.commitments import SALT_BYTES, commit
from tongban.node.identifiers import negotiation_id

_WORDS = "符合性检查，请勿办理 · A check of conformance; nobody waits for an answer"
_ITEM = "CONFORM-1"
_NAME_BYTES = 10


def question(talk: Talk) -> Subject:
    """The inquiry of this run; asked at the first call."""
    if not talk.inquiry:
        name = negotiation_id(talk.now(), random=talk.draw(_NAME_BYTES))
        subject = Subject(kind=SubjectKind.INQUIRY, id=name)
        entry, body = said(talk, QuestionAsked(item=_ITEM), subject, "question")
        talk.push(entry, bodies=[body])
        talk.inquiry = name
    return Subject(kind=SubjectKind.INQUIRY, id=talk.inquiry)


def remark(talk: Talk, **changes: Any) -> bytes:
    """An entry that takes effect wherever it stands; its body stays at home."""
    return said(talk, MessageSent(), question(talk), "message", **changes)[0]


def said(
    talk: Talk, event: Event, subject: Subject, name: str, **changes: Any
) -> tuple[bytes, PushedBody]:
    """An entry with words, and the words, as the first of a push."""
    salt, content = talk.draw(SALT_BYTES), _WORDS.encode()
    commitment = Commitment(
        name=name,
        digest=commit(talk.runner.signer.suite, salt, content).hex(),
        size=len(content),
        media="text/plain",
    )
    entry = talk.pen.entry(event, subject, talk.seen, **({"commitments": (commitment,)} | changes))
    return entry, PushedBody(index=0, name=name, salt=salt, content=content)


def refused_of(talk: Talk, *entries: bytes, bodies: Sequence[PushedBody] = ()) -> dict[int, str]:
    """What the node refuses of a push, by number from 0, with the ground.

    Where it refuses the push instead, that is what was seen.
    """
    try:
        first = talk.push(*entries, bodies=bodies)
    except Deviation as deviation:
        if deviation.rule != "pushes.taken":
            raise
        raise Differs(f"it refuses the whole push: {deviation}") from deviation
    return {line.index - first: line.ground for line in talk.outcome(first).refused}


def told(refused: dict[int, str]) -> str:
    """The same in words."""
    found = (f"number {index + 1} for {ground!r}" for index, ground in refused.items())
    return ", ".join(found) or "none"


def take_leave(talk: Talk) -> None:
    """Withdraw the question, so that nobody at the node waits over it."""
    if not talk.inquiry:
        return
    with suppress(Deviation, NotReached, OutOfTime):
        talk.settle()
        talk.push(talk.pen.entry(QuestionWithdrawn(), question(talk), talk.seen))
        talk.nudge()
    talk.inquiry = ""
