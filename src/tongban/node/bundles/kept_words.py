"""What a report says of entries that a keeper signed for a guest, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.core.one_sided import lacks_paper
from tongban.core.words import Words
from tongban.node.bundles.examination import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """Entries of a guest that rest on its keeper's word.

    signed: for it, which it has not acknowledged. objected: to which it objects. read: those of
    others that the keeper countersigned for it.
    """

    name: str
    keeper: str
    signed: Sequence[Line]
    objected: Sequence[Line]
    read: Sequence[Line]


def acknowledged_words(name: str, keeper: str, numbers: Sequence[int]) -> Words:
    """That a guest stands behind these entries by now."""
    return Words(
        zh=f"第 {numbered(numbers)} 条当时由 {keeper} 代 {name} 签名，"
        f"其后由 {name} 以自己的密钥追认。",
        en=f"Entries {numbered(numbers)} were signed by the keeper {keeper} for {name}, and {name}"
        " acknowledged them afterwards under keys of its own.",
    )


def kept_words(kept: Kept) -> Iterator[Words]:
    """What is not proven of them."""
    name, keeper = kept.name, kept.keeper
    if kept.signed:
        numbers = _of(kept.signed)
        yield Words(
            zh=f"第 {numbers} 条由 {keeper} 代 {name} 签名，不是 {name} 自己签的；"
            f"{name} 做过什么，凭 {keeper} 单方记录和所附的原件。",
            en=f"Entries {numbers} are signed by the keeper {keeper} for {name}, not by {name}"
            f" itself: what {name} did rests on the record of {keeper} and the papers with it.",
        )
    if kept.objected:
        numbers = _of(kept.objected)
        yield Words(
            zh=f"第 {numbers} 条由 {keeper} 代 {name} 记录，{name} 提出了异议，不予承认。",
            en=f"Entries {numbers} are what {keeper} recorded for {name}, and {name} objects: it"
            " does not stand behind them.",
        )
    bare = [line for line in (*kept.signed, *kept.objected) if lacks_paper(line.entry)]
    if bare:
        yield Words(
            zh=f"第 {_of(bare)} 条是 {keeper} 代 {name} 记录的办理行为，没有附原件。",
            en=f"Entries {_of(bare)} are acts of {name} that {keeper} recorded without the"
            " paper on which they rest.",
        )
    if kept.read:
        yield Words(
            zh=f"第 {_of(kept.read)} 条的会签由 {keeper} 代 {name} 作出，{name} 自己没有确认收到。",
            en=f"Entries {_of(kept.read)} are countersigned by the keeper {keeper} for {name}:"
            f" {name} itself did not confirm that it holds them.",
        )


def numbered(numbers: Sequence[int]) -> str:
    """Numbers of entries with commas between."""
    return ", ".join(map(str, numbers))


def _of(lines: Sequence[Line]) -> str:
    return numbered([line.number for line in lines])
