"""Pushes: what is taken whole, and what is refused whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongban.channels.messages import Erased, Position, Segment
from tongban.conformance.acts import remark
from tongban.conformance.log import NOWHERE, Generation, before, channel_origin, place
from tongban.conformance.rule import Differs, Rule, asks
from tongban.conformance.runner import Runner
from tongban.conformance.talk import Talk
from tongban.core.agreements.events import AgreementOffered
from tongban.core.channel.events import GenerationOpened, KeyRotated
from tongban.core.entry import Subject, SubjectKind
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.notes import parse_note
from tongban.evidence.tree import leaf_hash

_VERIFYING = ("channels.md", "Verifying a push")
_HOLDINGS = ("channels.md", "Holdings and cosignatures")

_MANY = 12
_ROOT_BYTES = 32
_NO_DOCUMENT = "sha256:" + "0" * 64
#: The version of messages that has `erased`.
_ERASED = 2


def refused_whole(talk: Talk, segment: Segment, trouble: str, **parts: Any) -> str:
    """The push must be stored nowhere and cosigned nowhere; then the channel goes on."""
    heard = talk.lay([segment], **parts)
    if heard is None:
        raise Differs(f"no answer; expected trouble {trouble!r}")
    if talk.standing is not None and before(talk.own.end, talk.standing):
        raise Differs(f"it took it, and holds {place(talk.standing)} now")
    notes = heard.holding.notes if heard.holding else []
    bent = parse_note(segment.checkpoint).text
    if any(parse_note(note).text == bent for note in notes):
        raise Differs("it cosigned the checkpoint")
    if heard.trouble != trouble:
        raise Differs(f"trouble {heard.trouble!r}; expected {trouble!r}")
    talk.settle()
    return f"trouble {trouble!r}, nothing stored, nothing cosigned, and the channel goes on"


def _opening(talk: Talk) -> str:
    talk.settle()
    talk.restart()
    talk.settle()
    return _cosigned(talk, "the opening")


def _batch(talk: Talk) -> str:
    talk.settle()
    talk.push(*(remark(talk) for _ in range(_MANY)))
    return _cosigned(talk, f"{_MANY} entries")


def _cosigned(talk: Talk, what: str) -> str:
    talk.nudge()
    if talk.holdings.cosigned != talk.own.end:
        raise Differs(
            f"it holds {what}, up to {place(talk.own.end)}, and cosigned only "
            f"{place(talk.holdings.cosigned)}"
        )
    return f"{what} cosigned: {place(talk.own.end)}, with the right root"


def _repeat(talk: Talk) -> str:
    talk.settle()
    first = talk.push(remark(talk), remark(talk))
    talk.outcome(first)
    talk.nudge()
    signed = talk.holdings.lines.get((talk.own.last.origin, talk.own.end.size))
    heard = talk.exchange(segments=[talk.pen.segment(talk.own.last, first)], cosigned=NOWHERE)
    if heard is None or heard.trouble or talk.standing != talk.own.end:
        raise Differs(f"trouble {heard.trouble if heard else 'and nothing'!r} to the same push")
    talk.nudge()
    if len(talk.outcomes.about(talk.own.end)) > 1:
        raise Differs("the same push again is decided again")
    again = _line(talk, heard.holding.notes if heard.holding else [])
    if None not in {signed, again} and again != signed:
        raise Differs("the same statement is cosigned anew instead of in the same bytes")
    return "nothing new is written, and the cosignature is the same"


def _line(talk: Talk, notes: list[bytes]) -> bytes | None:
    """The node's cosignature of where the runner's log ends."""
    for data in notes:
        note = parse_note(data)
        stated = parse_checkpoint(note.text)
        if (stated.origin, stated.size) == (talk.own.last.origin, talk.own.end.size):
            name = f"{talk.node.name}/mirror"
            return b"".join(line.signature for line in note.signatures if line.name == name)
    return None


def _lost_cosignatures(talk: Talk) -> str:
    talk.settle()
    talk.nudge()
    segment = talk.pen.segment(talk.own.last, talk.own.end.size - 1)
    again = talk.exchange(segments=[segment], cosigned=NOWHERE)
    notes = again.holding.notes if again and again.holding else []
    origins = {parse_checkpoint(parse_note(note).text).origin for note in notes}
    expected = {each.origin for each in talk.own.generations}
    if origins != expected:
        raise Differs(
            f"notes about {len(origins)} generations came to whoever has none; there are "
            f"{len(expected)}"
        )
    known = talk.nudge()
    if known is not None and known.holding is not None and known.holding.notes:
        raise Differs("a cosignature that arrived came again")
    return f"{len(expected)} notes to whoever has none, and none to whoever has them all"


def _gap(talk: Talk) -> str:
    talk.settle()
    missing, beyond = remark(talk), remark(talk)
    whole = talk.pen.beyond(talk.own.last, missing, beyond)
    return refused_whole(
        talk,
        Segment(
            generation=whole.generation,
            start=whole.start,
            first=whole.first + 1,
            entries=[beyond],
            bodies=[],
            checkpoint=whole.checkpoint,
        ),
        "",
    )


def _wrong_root(talk: Talk) -> str:
    talk.settle()
    root = talk.draw(_ROOT_BYTES)
    return refused_whole(talk, talk.pen.beyond(talk.own.last, remark(talk), root=root), "malformed")


def _wrong_size(talk: Talk) -> str:
    talk.settle()
    size = talk.own.end.size + 2
    return refused_whole(talk, talk.pen.beyond(talk.own.last, remark(talk), size=size), "malformed")


def _unknown_key(talk: Talk) -> str:
    talk.settle()
    stranger = Runner.make(talk.draw, suite=talk.runner.suite_name)
    segment = talk.pen.beyond(talk.own.last, remark(talk), signer=stranger.signer)
    return refused_whole(talk, segment, "malformed")


def _other_origin(talk: Talk) -> str:
    talk.settle()
    origin = talk.own.last.origin.replace("/channel/", "/channel-of-old/")
    return refused_whole(
        talk, talk.pen.beyond(talk.own.last, remark(talk), origin=origin), "malformed"
    )


def _no_opening(talk: Talk) -> str:
    talk.settle()
    return refused_whole(talk, talk.pen.beyond(_next(talk), remark(talk)), "malformed")


def _false_opening(talk: Talk) -> str:
    root = talk.draw(_ROOT_BYTES).hex()
    return _opens(talk, lambda event: replace(event, previous_root=root), "malformed")


def _other_past(talk: Talk) -> str:
    """As a node would that went on from an older backup without asking."""
    return _opens(
        talk, lambda event: replace(event, previous_size=event.previous_size - 1), "diverged"
    )


def _opens(talk: Talk, change: Callable[[GenerationOpened], GenerationOpened], trouble: str) -> str:
    talk.settle()
    generation = _next(talk)
    event = change(talk.pen.opening(talk.own, generation.start))
    entry = talk.pen.entry(event, talk.pen.channel, talk.seen)
    return refused_whole(talk, talk.pen.beyond(generation, entry), trouble)


def _next(talk: Talk) -> Generation:
    """The next generation of the runner's log, without an entry, under the present start."""
    number = talk.own.end.generation + 1
    return Generation(
        number=number,
        start=talk.start,
        origin=channel_origin(talk.runner.name, talk.node.name, number, talk.start),
        suite=talk.runner.signer.suite,
    )


def _erased(talk: Talk) -> str:
    talk.settle()
    entry, last = remark(talk), talk.own.last
    whole = talk.pen.beyond(last, entry)
    gone = Erased(index=whole.first, leaf_hash=leaf_hash(last.suite, entry), length=len(entry))
    segment = Segment(
        generation=whole.generation,
        start=whole.start,
        first=whole.first,
        entries=[b""],
        bodies=[],
        checkpoint=whole.checkpoint,
        erased=[gone],
    )
    if _ERASED not in talk.node.reads.messages:
        return "the node reads no messages in which an entry can be erased"
    return refused_whole(talk, segment, "malformed", version=_ERASED)


def _no_document(talk: Talk) -> str:
    talk.settle()
    subject = Subject(kind=SubjectKind.AGREEMENT, id=_NO_DOCUMENT)
    entry = talk.pen.entry(AgreementOffered(document=_NO_DOCUMENT), subject, talk.seen)
    return refused_whole(talk, talk.pen.beyond(talk.own.last, entry), "malformed")


def _false_keys(talk: Talk) -> str:
    talk.settle()
    event = KeyRotated(descriptor=_NO_DOCUMENT, number=2)
    entry = talk.pen.entry(event, talk.pen.channel, talk.seen)
    return refused_whole(talk, talk.pen.beyond(talk.own.last, entry), "keys_refused")


def _from_elsewhere(talk: Talk) -> str:
    """A push of a generation that was long closed: old, and no offence."""
    talk.settle()
    older = talk.own.generations[0]
    if older is talk.own.last:
        talk.restart()
        talk.settle()
    heard = talk.exchange(segments=[talk.pen.segment(older, 0)])
    if heard is None or heard.trouble:
        raise Differs(f"trouble {heard.trouble if heard else 'and nothing'!r} to an old push")
    held = heard.holding.position if heard.holding else Position(0, 0)
    if held != talk.own.end:
        raise Differs(f"its holding says {place(held)}, and it holds {place(talk.own.end)}")
    return f"no trouble, and its holding puts it right: {place(held)}"


def _rule(name: str, where: tuple[str, str], zh: str, en: str, probe: Any) -> Rule:
    return Rule(
        id=f"pushes.{name}", document=where[0], heading=where[1], asks=asks(zh, en), probe=probe
    )


PUSHES = (
    _rule(
        "opening",
        _HOLDINGS,
        "新一代的开启被接收并会签",
        "the opening of a generation is stored and cosigned",
        _opening,
    ),
    _rule(
        "batch",
        _HOLDINGS,
        "一批记录被接收，并以正确的大小和根会签",
        "a batch is stored, and cosigned with the right size and root",
        _batch,
    ),
    _rule(
        "repeat",
        ("channels.md", "Statements"),
        "同一推送再来一次不改变任何东西，会签逐字节相同",
        "the same push again changes nothing, and is cosigned in the same bytes",
        _repeat,
    ),
    _rule(
        "lost_cosignatures",
        _HOLDINGS,
        "没有到达的会签再给一次，已到达的不再给",
        "a cosignature that was lost comes again, and one that arrived does not",
        _lost_cosignatures,
    ),
    _rule(
        "from_elsewhere",
        _VERIFYING,
        "旧推送不算过错，回答里的存妥声明使发送方归位",
        "an old push is no offence and no trouble; the holding puts the sender right",
        _from_elsewhere,
    ),
)

#: A node that takes one of these has another history from then on, so they come after the rest.
REFUSED_PUSHES = (
    _rule(
        "gap",
        _VERIFYING,
        "有缺口的推送不接收，也不算过错",
        "a push that leaves a gap is not taken, and is no trouble",
        _gap,
    ),
    _rule(
        "wrong_root",
        _VERIFYING,
        "检查点的根与记录不符的推送整体拒绝：malformed",
        "a push whose checkpoint states another root is refused whole: malformed",
        _wrong_root,
    ),
    _rule(
        "wrong_size",
        _VERIFYING,
        "检查点的大小与记录不符的推送整体拒绝：malformed",
        "a push whose checkpoint states another size is refused whole: malformed",
        _wrong_size,
    ),
    _rule(
        "unknown_key",
        _VERIFYING,
        "检查点由不认识的密钥签名的推送整体拒绝：malformed",
        "a push whose checkpoint an unknown key signed is refused whole: malformed",
        _unknown_key,
    ),
    _rule(
        "other_origin",
        _VERIFYING,
        "检查点属于别的日志的推送整体拒绝：malformed",
        "a push whose checkpoint is of another origin is refused whole: malformed",
        _other_origin,
    ),
    _rule(
        "no_opening",
        _VERIFYING,
        "新一代不以 generation.opened 开始的推送整体拒绝：malformed",
        "a generation that does not begin with generation.opened is refused whole: malformed",
        _no_opening,
    ),
    _rule(
        "false_opening",
        _VERIFYING,
        "新一代所承诺的上一代的根不符的推送整体拒绝：malformed",
        "an opening that commits to another root than the end before it is refused: malformed",
        _false_opening,
    ),
    _rule(
        "other_past",
        _VERIFYING,
        "新一代所承诺的少于本节点所存的推送整体拒绝：diverged",
        "an opening that commits to less than the node holds is refused: diverged",
        _other_past,
    ),
    _rule(
        "erased",
        ("channels.md", "One transaction"),
        "推送里没有已删除的记录：malformed",
        "a push with an erased entry is refused whole: malformed",
        _erased,
    ),
    _rule(
        "no_document",
        _VERIFYING,
        "引用的文件既没有随来也不为本节点所知的推送整体拒绝：malformed",
        "a push that cites a document which is neither there nor known is refused: malformed",
        _no_document,
    ),
    _rule(
        "false_keys",
        ("channels.md", "Taking it"),
        "没有节点说明书支持的换密钥不接受：keys_refused",
        "new keys that no descriptor of the writer names are refused: keys_refused",
        _false_keys,
    ),
)
