"""One negotiation as its page shows it: against what it is read, comments, and what was done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.agreements.comparisons import ClauseComparison, Comparison, compare
from tongban.agreements.negotiations.known_templates import as_template_has_it, template_of
from tongban.agreements.negotiations.talks import Talk, talks
from tongban.agreements.negotiations.words import move_words, rejection_words
from tongban.agreements.register import register
from tongban.core.agreements.document import Agreement
from tongban.core.entry import SubjectKind
from tongban.core.grounds import words_for
from tongban.core.negotiations.events import NegotiationCommented, NegotiationRejected
from tongban.core.negotiations.state import Version
from tongban.core.one_sided import has_paper_line
from tongban.node.negotiations import Told
from tongban.node.records import Side
from tongban.pages.places import name_of_node
from tongban.pages.sides import side_words
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    """A text that the one on the table can be read against; key: as the address has it."""

    key: str
    words: str
    text: Agreement


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something said on a clause; who: the place, and here the officer. waits: for a receipt."""

    who: str
    at: datetime
    version: int
    words: str
    ours: bool
    waits: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseLine:
    """A clause of the comparison with what was said on it."""

    clause: ClauseComparison
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happened, oldest first; document: the text that was laid, "" for none.

    mark: that a keeper signed it for a guest. paper: its entry, where a paper came with it.
    """

    at: datetime
    words: str
    who: str
    more: str
    note: str
    document: str
    mark: str
    paper: str


def other_tables(talk: Talk) -> list[Talk]:
    """Where this place, as the depositary, talks over the same text with its other parties."""
    text = talk.text
    return [
        each
        for each in talks()
        if text.is_deposited and (each.peer, each.name) != (talk.peer, talk.name)
        if each.is_open and (each.text.number, each.text.nodes) == (text.number, text.nodes)
    ]


def againsts(talk: Talk) -> list[Against]:
    """Earlier versions, newest first; what it replaces, its template, what else is in force."""
    earlier = [
        Against(key=str(number), words=_version_words(number, version), text=talk.text_of(number))
        for number, version in enumerate(talk.state.versions[:-1], 1)
    ]
    standing = list(_standing(talk.text))
    replaced = [each for each in standing if each.key in talk.text.replaces]
    others = [each for each in standing if each.key not in talk.text.replaces]
    return [*reversed(earlier), *replaced, *_template(talk.text), *others]


def chosen(options: Sequence[Against], key: str | None) -> Against | None:
    """What the reader chose, otherwise the first; None where there is nothing."""
    found = next((each for each in options if each.key == key), None)
    return found or next(iter(options), None)


def comparison_of(talk: Talk, against: Against | None) -> Comparison:
    """The text on the table beside another; beside itself where there is nothing else."""
    return compare(against.text if against else talk.text, talk.text)


def clause_lines(talk: Talk, comparison: Comparison, told: Sequence[Told]) -> list[ClauseLine]:
    """Clauses in their order, each with its comments, oldest first."""
    remarks = _remarks(talk, told)
    return [
        ClauseLine(clause=each, remarks=tuple(remarks.get(each.number, ())))
        for each in comparison.clauses
    ]


def steps(talk: Talk, told: Sequence[Told]) -> list[Step]:
    """The history with who did it here, and what came of it."""
    people = _people(told)
    sides = whole_node().records.of(SubjectKind.NEGOTIATION, talk.name)
    return [_step(each, talk, people, sides.get(each.seq)) for each in told]


def _standing(text: Agreement) -> Iterator[Against]:
    for line in register():
        document = line.document
        if not isinstance(document, Agreement):
            continue
        in_force = line.standing is not None and line.standing.in_force
        if line.digest in text.replaces or (in_force and document.nodes == text.nodes):
            words = gettext("现在生效的《%(title)s》第 %(version)s 版")
            names = {"title": said(document.title), "version": document.version}
            yield Against(key=line.digest, words=words % names, text=document)


def _template(text: Agreement) -> Iterator[Against]:
    template, before = template_of(text), as_template_has_it(text)
    if template is not None and before is not None:
        words = gettext("范本《%(title)s》") % {"title": said(template.title)}
        yield Against(key="template", words=words, text=before)


def _version_words(number: int, version: Version) -> str:
    names = {"number": number, "name": name_of_node(version.by)}
    return gettext("第 %(number)s 稿（%(name)s）") % names


def _remarks(talk: Talk, told: Sequence[Told]) -> Mapping[str, list[Remark]]:
    people, spoken = _people(told), {each.entry.id: each for each in told}
    found: dict[str, list[Remark]] = {}
    for each in talk.state.comments:
        line = spoken.get(each.entry)
        number = line.entry.actor.number if line else None
        remark = Remark(
            who=_named(each.by, people.get(number or "", "")),
            at=each.at,
            version=each.version,
            words=line.words if line else "",
            ours=each.by == whole_node().name,
            waits=each.entry in talk.unconfirmed,
        )
        found.setdefault(each.clause, []).append(remark)
    return found


def _step(told: Told, talk: Talk, people: Mapping[str, str], side: Side | None) -> Step:
    entry, event = told.entry, told.entry.event
    me = whole_node().name
    writer = me if told.own else talk.peer
    return Step(
        at=entry.at,
        words=move_words(event, writer),
        who=people.get(entry.actor.number or "", "") if told.own else "",
        more=_more(told),
        note=_note(told, talk),
        document=getattr(event, "document", ""),
        mark=side_words(side),
        paper=entry.id if has_paper_line(entry) else "",
    )


def _more(told: Told) -> str:
    event = told.entry.event
    if isinstance(event, NegotiationCommented):
        return told.words
    if isinstance(event, NegotiationRejected):
        return rejection_words(event.ground)
    return ""


def _note(told: Told, talk: Talk) -> str:
    if told.ground:
        return gettext("没有生效：%(why)s") % {"why": said(words_for(told.ground).why)}
    return gettext("等对方回执") if told.entry.id in talk.unconfirmed else ""


def _people(told: Sequence[Told]) -> Mapping[str, str]:
    """Names of this place's own officers, by number."""
    numbers = {each.entry.actor.number for each in told if each.own and each.entry.actor.number}
    return dict(Person.objects.filter(number__in=numbers).values_list("number", "display_name"))


def _named(node: str, officer: str) -> str:
    name = name_of_node(node)
    return f"{name} · {officer}" if officer else name
