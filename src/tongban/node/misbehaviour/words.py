"""What a proof of misbehaviour means, for people who never saw a log."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tongban.core.home.events import SignedAs
from tongban.core.words import Language, Words
from tongban.evidence.checkpoints import Checkpoint
from tongban.node.misbehaviour.report import MisbehaviourReport

NOTHING_PROVEN = Words(
    zh="本文件未通过核验，不能用来指责任何一方；请向导出方重新索取。",
    en="The file did not pass, so it accuses nobody; ask for it again.",
)

_CONCLUSIONS = {
    True: Words(zh="自相矛盾证明核验：通过", en="Proof of misbehaviour: verified"),
    False: Words(zh="自相矛盾证明核验：未通过", en="Proof of misbehaviour: NOT verified"),
}


def proven(
    accused: str, role: SignedAs, first: Checkpoint, second: Checkpoint
) -> tuple[Words, ...]:
    """Who signed what, and why an honest node signs only one of the two."""
    return (_signed(accused, role, first, second), _why(first, second))


def not_proven(accuser: str, *, noticed_at: datetime | None, anchored: bool) -> tuple[Words, ...]:
    """What nobody may conclude from it."""
    return tuple(_limits(accuser, noticed_at=noticed_at, anchored=anchored))


def describe(report: MisbehaviourReport, language: Language) -> str:
    """The page in one language, ending in a newline."""
    return "".join(f"{line}\n" for line in _lines(report, language))


def _signed(accused: str, role: SignedAs, first: Checkpoint, second: Checkpoint) -> Words:
    what = Words(zh="写入方", en="its writer")
    if role is SignedAs.MIRROR:
        what = Words(zh="存储方（会签）", en="the mirror that stores it")
    return Words(
        zh=f"{accused} 以{what.zh}身份，对同一个日志 {first.origin} 签了两份检查点："
        f"一份说前 {first.size} 条的根是 {first.root.hex()}，"
        f"另一份说前 {second.size} 条的根是 {second.root.hex()}。",
        en=f"{accused} signed two checkpoints of one log, {first.origin}, as {what.en}: one says "
        f"that its first {first.size} entries have the root {first.root.hex()}, the other that its "
        f"first {second.size} have {second.root.hex()}.",
    )


def _why(first: Checkpoint, second: Checkpoint) -> Words:
    if first.size == second.size:
        return Words(
            zh="条数相同而根不同：两份说的是两套不同的记录，不可能都对。",
            en="The same number of entries with two roots: they speak of two different histories, "
            "and cannot both be true.",
        )
    return Words(
        zh=f"后一份的前 {first.size} 条不是前一份所说的那些：先前签过的记录后来被换掉了。",
        en=f"The first {first.size} entries of the larger one are not those of the smaller one: "
        "what was signed was replaced, while a log may only grow.",
    )


def _limits(accuser: str, *, noticed_at: datetime | None, anchored: bool) -> Iterator[Words]:
    yield Words(
        zh="为什么会这样：可能是有意，也可能是运维把正在运行的机器退回到旧快照，或者密钥被盗。",
        en="Why: on purpose, by an operator who put a running machine back to an old snapshot, or "
        "by somebody who stole the key.",
    )
    yield Words(
        zh="两套记录哪一套是真的，以及里面写的事情是否属实。",
        en="Which of the two histories is the true one, or that what they say is true.",
    )
    seen = Words(zh="文件没有说", en="the file does not say")
    if noticed_at is not None:
        at = noticed_at.isoformat(sep=" ", timespec="seconds")
        seen = Words(zh=at, en=at)
    yield Words(
        zh=f"何时签的：检查点不带时间。何时发现（{seen.zh}）只是 {accuser} 的单方陈述。",
        en=f"When it was signed: checkpoints carry no time. When it was seen ({seen.en}) is the "
        f"word of {accuser} alone.",
    )
    if not anchored:
        yield Words(
            zh="密钥属于谁：未提供可信密钥清单。请通过电话等其他途径与各运营方核对下列指纹。",
            en="Whose the keys are: no trust list was given. Compare the fingerprints below with "
            "the operators by another way.",
        )


def _lines(report: MisbehaviourReport, language: Language) -> Iterator[str]:
    def say(zh: str, en: str) -> str:
        return Words(zh=zh, en=en).in_language(language)

    yield _CONCLUSIONS[report.verified].in_language(language)
    yield say(f"所指一方：{report.accused}", f"Accused: {report.accused}")
    exported = f"{report.exported_by}, {report.exported_at.isoformat(sep=' ', timespec='seconds')}"
    yield say(f"导出：{exported}", f"Exported: {exported}")
    yield from _listed(say("发现的问题", "Problems"), [p.words for p in report.problems], language)
    yield from _listed(say("证明了什么", "What is proven"), report.proven, language)
    yield from _listed(say("没有证明什么", "What is not proven"), report.not_proven, language)
    if report.fingerprints:
        yield ""
        yield say("密钥指纹", "Fingerprints of the keys")
    for name, digits in report.fingerprints.items():
        yield f"  {name}  {digits}"


def _listed(title: str, items: Sequence[Words], language: Language) -> Iterator[str]:
    if items:
        yield ""
        yield title
    for number, item in enumerate(items, 1):
        text = item.in_language(language)
        yield f"  {number}. " + "".join(c if c.isprintable() else "�" for c in text)
