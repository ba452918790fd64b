"""Answers that are alike, as the inbox suggests to write them into an agreement (修订建议)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongban.accounts.models import Person
from tongban.agreements.known import item_names
from tongban.agreements.negotiations import drafts
from tongban.agreements.negotiations.drafts import Draft
from tongban.agreements.negotiations.talks import talks
from tongban.agreements.register import RegisterLine, register
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.standing import items_of
from tongban.node.alike_answers import Alike, alike_answers, amended, with_clause
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One of them; line: the agreement to amend, None where none is in force between the two.

    draft, talk: names of the draft and of the open negotiation that have the clause, "" for none.
    """

    alike: Alike
    item: str
    line: RegisterLine | None
    draft: str
    talk: str

    @property
    def place(self) -> str:
        """The partner."""
        return name_of_node(self.alike.partner)

    @property
    def answerer(self) -> str:
        """Whose answers they are."""
        return name_of_node(self.alike.suggested.answerer)

    @property
    def count(self) -> int:
        """How many answers there are."""
        return len(self.alike.suggested.answers)

    @property
    def title(self) -> str:
        """Of the agreement to amend."""
        return said(self.line.document.title) if self.line else ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """By which a button names it."""
        found = self.alike.suggested
        return self.alike.partner, found.item, found.topic, found.answerer


def suggested() -> list[Suggestion]:
    """Those that no agreement in force says yet."""
    alike = list(alike_answers(whole_node()))
    if not alike:
        return []
    lines, names = register(), item_names()
    begun = [each for each in drafts.drafts() if not each.answers]
    found = [_suggestion(each, lines, names, begun) for each in alike]
    return [each for each in found if not _said(each)]


def suggestion(key: tuple[str, ...]) -> Suggestion | None:
    """The one of this key."""
    return next((each for each in suggested() if each.key == key), None)


def written(officer: Person, found: Suggestion, agreement: Agreement) -> str:
    """Write the clause into a draft that amends the agreement, begun if there is none; its name.

    "" where a colleague changed that draft in this moment, and nothing was written.
    """
    if found.draft:
        return found.draft
    known = drafts.amending(found.line.digest) if found.line else None
    if known is None:
        return drafts.begin(officer, amended(whole_node(), found.alike, agreement))
    text = with_clause(whole_node(), found.alike, known.agreement)
    return known.negotiation if drafts.keep(known, officer, text) else ""


def _suggestion(
    alike: Alike,
    lines: Sequence[RegisterLine],
    names: Mapping[str, str],
    begun: Sequence[Draft],
) -> Suggestion:
    item = alike.suggested.item
    drafted = (each.negotiation for each in begun if alike.said_in(each.agreement))
    open_talks = (each for each in talks() if each.is_open and each.peer == alike.partner)
    return Suggestion(
        alike=alike,
        item=names.get(item, item),
        line=_to_amend(alike, lines),
        draft=next(drafted, ""),
        talk=next((each.name for each in open_talks if alike.said_in(each.text)), ""),
    )


def _to_amend(alike: Alike, lines: Sequence[RegisterLine]) -> RegisterLine | None:
    """What is in force between the two alone; first what grants the item."""
    item = alike.suggested.item
    found = sorted(_between(alike, lines), key=lambda line: item not in items_of(line.document))
    return found[0] if found else None


def _between(alike: Alike, lines: Sequence[RegisterLine]) -> Iterator[RegisterLine]:
    two = {whole_node().name, alike.partner}
    for line in lines:
        in_force = line.standing is not None and line.standing.in_force
        if isinstance(line.document, Agreement) and line.document.nodes == two and in_force:
            yield line


def _said(found: Suggestion) -> bool:
    document = found.line.document if found.line else None
    return isinstance(document, Agreement) and found.alike.said_in(document)
