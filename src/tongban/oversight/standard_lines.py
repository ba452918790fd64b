"""Common standards as pages show them: what each asks, whose it is, and which places keep it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.core.catalogues.events import RuleKind
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.catalogues.rules import newest_version
from tongban.core.items.comparison import basic_code_of, money
from tongban.core.items.item import Item
from tongban.core.items.standard import MODE_WORDS, Finding, Standard, conformance
from tongban.core.words import Words
from tongban.node.rules import KnownRule
from tongban.pages.places import name_of_node, words_of_place
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One place under one standard; kept: how many of the findings are."""

    place: str
    findings: tuple[Finding, ...]
    kept: int

    @property
    def wholly(self) -> bool:
        """Whether nothing is broken."""
        return self.kept == len(self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One field of a standard in words; before: what the version before said, "" where the same."""

    name: str
    now: str
    before: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardLine:
    """One version; own: this node set it. versions: every one that is known, newest first."""

    standard: Standard
    digest: str
    publisher: str
    own: bool
    places: tuple[Kept, ...]
    asked: tuple[Asked, ...]
    versions: tuple[KnownRule[Standard], ...]

    @property
    def keeping(self) -> int:
        """How many places keep it wholly."""
        return sum(place.wholly for place in self.places)

    @property
    def is_newest(self) -> bool:
        """Whether no later version is known."""
        return self.versions[0].rule.version == self.standard.version


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldAt:
    """How far the news of a version has come; words: of that, tone: as tags have it."""

    name: str
    words: str
    tone: str


def standard_lines() -> list[StandardLine]:
    """The newest version of each standard that is known here."""
    known, items = whole_node().rules.known(STANDARD), whole_node().items()
    newest = {(each.rule.publisher, each.rule.number): each for each in known}
    return [_line(each, known, items) for each in newest.values()]


def standard_line(publisher: str, number: str, version: str) -> StandardLine | None:
    """One version, the newest where none is named; None where it is not known."""
    known = whole_node().rules.known(STANDARD)
    series = [
        each for each in known if (each.rule.publisher, each.rule.number) == (publisher, number)
    ]
    found = [each for each in series if version in {"", str(each.rule.version)}]
    return _line(found[-1], known, whole_node().items()) if found else None


def own_versions(number: str) -> list[KnownRule[Standard]]:
    """What this node set under a number, oldest first."""
    node = whole_node()
    place = (node.name, number)
    return [
        each
        for each in node.rules.known(STANDARD)
        if (each.rule.publisher, each.rule.number) == place
    ]


def kept_lines(standard: Standard, items: Iterable[Item]) -> Iterator[Kept]:
    """Every place that has the standard's item."""
    for item in items:
        if basic_code_of(item) == standard.basic_code:
            findings = conformance(item, standard)
            yield Kept(
                place=said(words_of_place(item.place)),
                findings=findings,
                kept=sum(finding.kept for finding in findings),
            )


def asked_lines(standard: Standard, before: Standard | None) -> Iterator[Asked]:
    """Each field, and what the version before said where it said something else."""
    was = dict(_fields(before)) if before else {}
    for name, now in _fields(standard):
        old = was.get(name, now)
        yield Asked(name=name, now=now, before=old if old != now else "")


def told_lines(line: StandardLine) -> Iterator[ToldAt]:
    """For a version of this node's own, how far each partner knows of it."""
    node = whole_node()
    for peer in node.kernel.peers.names():
        state = node.openings.told(peer)
        number, version = line.standard.number, line.standard.version
        words, tone = gettext("还不知道，线路通了自动告知"), "wait"
        if state and line.digest in state.refused:
            words, tone = gettext("没有接受"), "bad"
        elif state and newest_version(state.rules, RuleKind.STANDARD, number) >= version:
            words, tone = gettext("已经知道"), "good"
        elif state and newest_version(state.foreseen.rules, RuleKind.STANDARD, number) >= version:
            words, tone = gettext("已经发出，等待对方确认"), "wait"
        yield ToldAt(name=name_of_node(peer), words=words, tone=tone)


def _line(
    known: KnownRule[Standard], every: Sequence[KnownRule[Standard]], items: Sequence[Item]
) -> StandardLine:
    standard = known.rule
    series = [
        each
        for each in every
        if (each.rule.publisher, each.rule.number) == (standard.publisher, standard.number)
    ]
    before = [each.rule for each in series if each.rule.version < standard.version]
    return StandardLine(
        standard=standard,
        digest=known.digest,
        publisher=name_of_node(standard.publisher),
        own=standard.publisher == whole_node().name,
        places=tuple(kept_lines(standard, items)),
        asked=tuple(asked_lines(standard, before[-1] if before else None)),
        versions=tuple(reversed(series)),
    )


def _fields(standard: Standard) -> Iterator[tuple[str, str]]:
    yield gettext("名称"), said(standard.title)
    yield gettext("发布单位"), said(standard.issuer)
    yield gettext("最多要的材料"), _all([line.name for line in standard.materials])
    yield gettext("承诺办结时限不超过（工作日）"), str(standard.promised_days_max)
    yield gettext("到办事现场不超过（次）"), str(standard.visits_max)
    yield gettext("收费不超过"), said(money(standard.fee_fen_max))
    yield gettext("至少给的结果"), _all(standard.results)
    yield gettext("至少有的办理方式"), _all([MODE_WORDS[mode] for mode in standard.modes])


def _all(names: Sequence[Words]) -> str:
    return gettext("、").join(said(name) for name in names) or gettext("无")
