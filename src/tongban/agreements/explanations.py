"""May this organisation do this act on this item now, and under which clause, as a page says it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.agreements.known import direction_words, known_items
from tongban.agreements.labels import listed, mode_words, power_words
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.explain import Answer, line_of
from tongban.core.cases.events import Mode
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.node.explaining import Explanation, explain_directions
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_FOUND_MAX = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Under:
    """A clause that grants a power; why: it is not in force, "" where it is."""

    digest: str
    title: str
    clause: str
    words: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerView:
    """Powers with the same answer; under: clauses that grant them. needed: the one that lacks.

    by_hand: granted, but no act of this software uses them. moves_days: the authority's days run
    from the counter's receipt.

    why, then: why not, and what to do next; "" where they may be used.
    """

    powers: str
    allowed: bool
    by_hand: bool
    moves_days: bool
    under: tuple[Under, ...]
    why: str
    then: str
    needed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeView:
    """The powers in one mode."""

    words: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WayView:
    """Who would act in whose name, and what he may do in each mode."""

    direction: str
    modes: tuple[ModeView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplanationView:
    """Everything that the page says; item: None where none of this code is known here.

    ways: the direction that is asked for, then the other where clauses grant that too.
    lacking: powers that no clause gives in some mode, value and words; of an item that stands.
    withdrawn: the item was taken back.
    """

    code: str
    item: Item | None
    ways: tuple[WayView, ...]
    online: bool
    lacking: tuple[tuple[str, str], ...]
    withdrawn: bool


def explanation(code: str, partner: str, mode: Mode | None) -> ExplanationView:
    """The answer for the page; raises UnknownPeer."""
    found, *others = explain_directions(whole_node(), code, partner, mode)
    return ExplanationView(
        code=code,
        item=found.item,
        ways=tuple(map(_way, (found, *others))),
        online=found.online,
        withdrawn=found.withdrawn,
        lacking=tuple(_lacking(found)) if whole_node().published.find(code) else (),
    )


def _way(found: Explanation) -> WayView:
    by_mode: dict[Mode, list[Answer]] = {}
    for answer in found.answers:
        by_mode.setdefault(answer.mode, []).append(answer)
    return WayView(
        direction=direction_words(found.direction.granter, found.direction.grantee),
        modes=tuple(
            ModeView(words=mode_words(each), answers=tuple(_grouped(found, answers)))
            for each, answers in by_mode.items()
        ),
    )


def items_like(text: str) -> list[Item]:
    """Items whose name or code has this text, by name; nothing for no text."""
    wanted = text.casefold()
    found = (
        item
        for item in known_items()
        if wanted and wanted in f"{item.name.zh} {item.name.en} {item.code}".casefold()
    )
    return sorted(found, key=lambda item: (item.name.zh, item.code))[:_FOUND_MAX]


def _lacking(found: Explanation) -> Iterator[tuple[str, str]]:
    powers = dict.fromkeys(each.power for each in found.answers if each.needed is not None)
    return ((power.value, power_words(power)) for power in powers)


def _grouped(found: Explanation, answers: Iterable[Answer]) -> Iterator[AnswerView]:
    """Powers that have the same answer together, in the order of the first of each."""
    groups: dict[object, list[Answer]] = {}
    for answer in answers:
        ground = answer.refusal.ground if answer.refusal else ""
        groups.setdefault((answer.basis, answer.allowed, ground, answer.stopped), []).append(answer)
    for alike in groups.values():
        yield _view(found, alike)


def _view(found: Explanation, alike: Sequence[Answer]) -> AnswerView:
    first = alike[0]
    words = words_for(first.refusal.ground) if first.refusal else None
    return AnswerView(
        powers=listed(power_words(each.power) for each in alike),
        allowed=first.allowed,
        moves_days=any(each.moves_days for each in alike),
        by_hand=first.basis is not None and not first.carried_out,
        under=tuple(_under(found, first)),
        why=said(words.why) if words else "",
        then=said(words.next) if words else "",
        needed=_needed(alike),
    )


def _under(found: Explanation, answer: Answer) -> Iterator[Under]:
    if answer.basis is not None:
        yield from _clause(found, answer.basis.document or "", answer.basis.clause or "", "")
        return
    for refusal in answer.stopped:
        why = said(words_for(refusal.ground).why)
        yield from _clause(found, *line_of(refusal), why)


def _clause(found: Explanation, digest: str, number: str, why: str) -> Iterator[Under]:
    document = found.pair.documents.get(digest)
    if document is not None:
        clause = document.clause(number)
        version = f" v{document.version}" if isinstance(document, Agreement) else ""
        yield Under(
            digest=digest,
            title=f"{said(document.title)} {document.number}{version}",
            clause=number,
            words=said(clause.text) if clause else "",
            why=why,
        )


def _needed(alike: Sequence[Answer]) -> str:
    first = alike[0]
    if first.needed is None:
        return ""
    return gettext(
        "需要一条条款：%(granter)s授权%(grantee)s，对这个事项，以“%(mode)s”方式“%(power)s”"
    ) % {
        "granter": name_of_node(first.needed.granter),
        "grantee": name_of_node(first.needed.grantee),
        "mode": mode_words(first.mode),
        "power": listed(power_words(each.power) for each in alike),
    }
