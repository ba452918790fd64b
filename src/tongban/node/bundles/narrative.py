"""A report as a page that somebody reads, or reads aloud, who never saw a log."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tongban.core.entry import ActorKind, BasisKind
from tongban.core.grounds import words_for
from tongban.core.records.objections import OBJECTIONS
from tongban.core.records.state import Backing
from tongban.core.words import Language, Words
from tongban.node.bundles.event_words import EVENT_WORDS
from tongban.node.bundles.report import BundleReport, Effect, EntryReport

_BACKINGS: Mapping[Backing | None, Words] = {
    Backing.ONE_SIDED: Words(
        zh="；单方记录：由 {keeper} 代 {guest} 签名",
        en="; one-sided: signed by {keeper} for {guest}",
    ),
    Backing.ACKNOWLEDGED: Words(
        zh="；由 {keeper} 代 {guest} 签名，{guest} 已追认",
        en="; signed by {keeper} for {guest}, which acknowledged it since",
    ),
    Backing.OBJECTED: Words(
        zh="；单方记录：由 {keeper} 代 {guest} 签名，{guest} 有异议",
        en="; one-sided: signed by {keeper} for {guest}, which objects to it",
    ),
}
_VERDICTS: Mapping[str, Words] = {
    "granted": Words(zh="准予", en="granted"),
    "refused": Words(zh="不予", en="refused"),
}
_ACTORS: Mapping[ActorKind, Words] = {
    ActorKind.OFFICER: Words(zh="工作人员", en="officer"),
    ActorKind.APPLICANT: Words(zh="申请人", en="applicant"),
    ActorKind.AGENT: Words(zh="代理人", en="agent"),
    ActorKind.SYSTEM: Words(zh="系统", en="system"),
}
_EFFECTS: Mapping[Effect, Words] = {
    Effect.TAKEN_EFFECT: Words(zh="已生效", en="taken effect"),
    Effect.REFUSED: Words(zh="被拒", en="refused"),
    Effect.UNSETTLED: Words(zh="处理结果不明", en="outcome not known"),
    Effect.NOT_DUE: Words(zh="", en=""),
}
_CONCLUSIONS: Mapping[bool, Words] = {
    True: Words(zh="证据包核验：通过", en="Evidence bundle: verified"),
    False: Words(zh="证据包核验：未通过", en="Evidence bundle: NOT verified"),
}
_ENTRIES: Mapping[bool, Words] = {
    True: Words(zh="本案记录，按先后次序", en="Entries about the case, in order"),
    False: Words(
        zh="包内自称的本案记录，未通过核验，不能作为证据",
        en="Entries that the bundle claims to prove; they may not be used as evidence",
    ),
}
_ANCHORED: Mapping[bool, Words] = {
    True: Words(zh="密钥：与可信密钥清单一致", en="Keys: all on the trust list"),
    False: Words(zh="密钥：未锚定", en="Keys: not anchored"),
}


def describe(report: BundleReport, language: Language) -> str:
    """The page in one language, ending in a newline."""
    return "".join(f"{line}\n" for line in _Page(report, language).lines())


class _Page:
    def __init__(self, report: BundleReport, language: Language) -> None:
        self._report = report
        self._language = language

    def lines(self) -> Iterator[str]:
        report = self._report
        yield self._in(_CONCLUSIONS[report.verified])
        yield self._say(f"办件：{report.case}", f"Case: {report.case}")
        exported = f"{report.exported_by}, {_instant(report.exported_at)}"
        yield self._say(f"导出：{exported}", f"Exported: {exported}")
        for name, title in report.titles.items():
            yield self._say(f"一方：{title.zh} = {name}", f"Party: {title.en} = {name}")
        yield self._in(_ANCHORED[report.anchored])
        yield from self._listed("发现的问题", "Problems", [p.words for p in report.problems])
        yield from self._entries()
        yield from self._listed("证明了什么", "What is proven", report.proven)
        yield from self._listed("没有证明什么", "What is not proven", report.not_proven)
        if report.fingerprints:
            yield ""
            yield self._say("密钥指纹", "Fingerprints of the keys")
            for name, digits in report.fingerprints.items():
                yield f"  {name}  {digits}"

    def _entries(self) -> Iterator[str]:
        about = [entry for entry in self._report.entries if entry.about_case]
        if about:
            yield ""
            yield self._in(_ENTRIES[self._report.verified])
        for entry in about:
            yield from self._entry(entry)
        support = [entry for entry in self._report.entries if not entry.about_case]
        if support:
            names = [f"{entry.number} {self._event(entry)}" for entry in support]
            yield self._say("  佐证记录：", "  In support: ") + self._say("、", ", ").join(names)

    def _entry(self, entry: EntryReport) -> Iterator[str]:
        way = f"{entry.writer} → {entry.reader}" if entry.reader else entry.writer
        yield f"  {entry.number}  {self._event(entry)}  {way}  {_instant(entry.at)}"
        yield "     " + self._who(entry)
        yield "     " + self._standing(entry)
        for body in entry.bodies:
            there = (
                self._say("在包内", "included") if body.included else self._say("不在", "absent")
            )
            yield f"     · {_plain(body.name)} ({_plain(body.media)}, {body.size} B): {there}"

    def _event(self, entry: EntryReport) -> str:
        words = EVENT_WORDS.get(entry.type)
        name = self._in(words) if words else entry.type
        verdict = _VERDICTS.get(str(entry.event.get("verdict")))
        return name + self._say("：", ": ") + self._in(verdict) if verdict else name

    def _who(self, entry: EntryReport) -> str:
        actor = entry.actor
        parts = [self._in(_ACTORS[actor.kind]), actor.organisation, actor.role, actor.number]
        who = " ".join(_plain(part) for part in parts if part)
        basis = entry.basis
        if basis is None:
            return who
        if basis.kind is BasisKind.OWN_RIGHT:
            return who + self._say("；依据：申请人自己的权利", "; basis: the applicant's own right")
        absent = self._say("（包内没有的文件）", "a document that is not in the bundle")
        number, clause = _plain(basis.number) or absent, _plain(basis.clause)
        return who + self._say(f"；依据：{number} 第 {clause} 条", f"; basis: {number}, {clause}")

    def _standing(self, entry: EntryReport) -> str:
        if entry.cosigned_at is None:
            signed = self._say("仅写入方签名", "signed by its writer only")
        else:
            at = _instant(entry.cosigned_at)
            signed = self._say(f"已会签 {at}", f"countersigned {at}")
        if entry.signed_for_by:
            signed += self._in(_BACKINGS[entry.backing]).format(
                keeper=entry.signed_for_by, guest=entry.writer
            )
        if entry.objection:
            signed += self._say("：", ": ") + self._in(OBJECTIONS[entry.objection])
        effect = self._in(_EFFECTS[entry.outcome])
        ground = ""
        if entry.ground:
            ground = f"{self._in(words_for(entry.ground).what)} ({_plain(entry.ground)})"
        return self._say("；", "; ").join(filter(None, (signed, effect, ground)))

    def _listed(self, zh: str, en: str, items: Sequence[Words]) -> Iterator[str]:
        if items:
            yield ""
            yield self._say(zh, en)
        for number, words in enumerate(items, 1):
            yield f"  {number}. {_plain(self._in(words))}"

    def _say(self, zh: str, en: str) -> str:
        return self._in(Words(zh=zh, en=en))

    def _in(self, words: Words) -> str:
        return words.in_language(self._language)


def _instant(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="seconds")


def _plain(text: str) -> str:
    """What a hostile entry or file name says must not move the cursor of a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
