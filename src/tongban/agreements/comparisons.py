"""Two texts side by side, clause by clause: words as words, and fields in words, too."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.utils.translation import gettext

from tongban.agreement_text.wording import Wording
from tongban.agreements.wording import (
    Facts,
    clause_facts,
    head_facts,
    names_of_items,
    place_wording,
)
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.differences import Passage, passages
from tongban.core.words import Language, Words
from tongban.pages.words import reading_language

#: So many lines of one kind are shown; what is longer is read in the whole text.
_LINES_MAX = 60


class Kind(StrEnum):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Lines under one heading that went and that came; more_gone, more_come: not shown."""

    label: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    more_gone: int
    more_come: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPair:
    """Words in one language, before and after, in stretches that stayed or changed."""

    language: Language
    parts: tuple[Passage, ...]

    @property
    def before(self) -> str:
        """The words as they were."""
        return "".join(part.before for part in self.parts)

    @property
    def after(self) -> str:
        """The words as they are."""
        return "".join(part.after for part in self.parts)

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(not part.same for part in self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseComparison:
    """One clause of either text; titles and texts: a pair for each language that has to be seen.

    facts: what the newer one says in fields, of a clause that is gone the older one.
    """

    number: str
    kind: Kind
    enforced: bool
    titles: tuple[TextPair, ...]
    texts: tuple[TextPair, ...]
    changes: tuple[Change, ...]
    facts: tuple[Facts, ...]

    @property
    def title(self) -> str:
        """In the reader's language, of a clause that is gone the older one."""
        return self._said(self.titles)

    @property
    def text(self) -> str:
        """The same of the words."""
        return self._said(self.texts)

    @property
    def pairs(self) -> tuple[TextPair, ...]:
        """Titles and texts in which something differs."""
        return tuple(pair for pair in (*self.titles, *self.texts) if pair.changed)

    @property
    def reworded(self) -> bool:
        """Whether the words differ in the reader's own language."""
        return self.kind is Kind.CHANGED and self.texts[0].changed

    def _said(self, pairs: tuple[TextPair, ...]) -> str:
        before, after = pairs[0].before, pairs[0].after
        return before if self.kind is Kind.REMOVED else after

    @property
    def kind_words(self) -> str:
        """What became of it."""
        return _KINDS[self.kind]()

    @property
    def tone(self) -> str:
        """How that is shown beside its words."""
        return _TONES[self.kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Everything that differs; head: what stands outside the clauses."""

    head: tuple[Change, ...]
    clauses: tuple[ClauseComparison, ...]

    @property
    def changed(self) -> tuple[ClauseComparison, ...]:
        """Clauses that are not as they were."""
        return tuple(each for each in self.clauses if each.kind is not Kind.SAME)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of those, as a line of an inbox names them."""
        return tuple(each.number for each in self.changed)


def compare(before: Agreement, after: Agreement) -> Comparison:
    """Every clause of both, in the order of the newer text, then those that it left out."""
    names = names_of_items()
    old, new = place_wording(before, names), place_wording(after, names)
    compared = partial(_clause, before=old, after=new)
    earlier = {clause.number: clause for clause in before.clauses}
    kept = [compared(earlier.pop(each.number, None), each) for each in after.clauses]
    gone = [compared(each, None) for each in earlier.values()]
    return Comparison(
        head=tuple(_changes(head_facts(before, old), head_facts(after, new))),
        clauses=(*kept, *gone),
    )


def changed_clauses(before: Agreement, after: Agreement) -> tuple[str, ...]:
    """Numbers of the clauses that differ, quickly and without a word about how."""
    earlier = {clause.number: clause for clause in before.clauses}
    later = {clause.number: clause for clause in after.clauses}
    every = dict.fromkeys((*later, *earlier))
    return tuple(each for each in every if earlier.get(each) != later.get(each))


def _clause(
    old: Clause | None, new: Clause | None, *, before: Wording, after: Wording
) -> ClauseComparison:
    shown = new or old
    if shown is None:
        raise ValueError("a clause that neither text has; give one of them")
    was = tuple(clause_facts(old, before)) if old else ()
    is_now = tuple(clause_facts(new, after)) if new else ()
    return ClauseComparison(
        number=shown.number,
        kind=_kind(old, new),
        enforced=shown.enforced,
        titles=_pairs(old.title if old else None, new.title if new else None),
        texts=_pairs(old.text if old else None, new.text if new else None),
        changes=tuple(_changes(was, is_now)) if old and new else (),
        facts=is_now if new else was,
    )


def _kind(old: Clause | None, new: Clause | None) -> Kind:
    if old is None:
        return Kind.ADDED
    if new is None:
        return Kind.REMOVED
    return Kind.SAME if old == new else Kind.CHANGED


def _pairs(old: Words | None, new: Words | None) -> tuple[TextPair, ...]:
    """In the reader's language, and in the other one where that one differs."""
    reading = reading_language()
    found = []
    for language in sorted(Language, key=lambda each: each is not reading):
        one = old.in_language(language) if old else ""
        other = new.in_language(language) if new else ""
        if language is reading or (old and new and one != other):
            found.append(TextPair(language=language, parts=passages(one, other)))
    return tuple(found)


def _changes(before: Iterable[Facts], after: Iterable[Facts]) -> Iterator[Change]:
    old, new = _by_label(before), _by_label(after)
    for label in dict.fromkeys((*new, *old)):
        gone = [line for line in old.get(label, {}) if line not in new.get(label, {})]
        come = [line for line in new.get(label, {}) if line not in old.get(label, {})]
        if gone or come:
            yield Change(
                label=label,
                gone=tuple(gone[:_LINES_MAX]),
                come=tuple(come[:_LINES_MAX]),
                more_gone=max(len(gone) - _LINES_MAX, 0),
                more_come=max(len(come) - _LINES_MAX, 0),
            )


def _by_label(facts: Iterable[Facts]) -> Mapping[str, Mapping[str, None]]:
    """Lines by heading, each once and in order; two grants in one direction share a heading."""
    found: dict[str, dict[str, None]] = {}
    for each in facts:
        found.setdefault(each.label, {}).update(dict.fromkeys(each.lines))
    return found


_KINDS = {
    Kind.SAME: lambda: gettext("没有改"),
    Kind.CHANGED: lambda: gettext("改了"),
    Kind.ADDED: lambda: gettext("新增"),
    Kind.REMOVED: lambda: gettext("删去"),
}
_TONES = {Kind.SAME: "plain", Kind.CHANGED: "wait", Kind.ADDED: "good", Kind.REMOVED: "bad"}
