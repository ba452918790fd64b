"""The inbox of negotiations: what waits for this place, what for others, what has ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tongban.agreements.comparisons import changed_clauses
from tongban.agreements.labels import listed
from tongban.agreements.negotiations.drafts import Draft, drafts
from tongban.agreements.negotiations.talks import Talk, agreement_or_404, talks
from tongban.agreements.negotiations.words import standing_tone, standing_words
from tongban.agreements.register import line_of
from tongban.core.agreements.document import Agreement
from tongban.core.negotiations.commands import ProposeAgreement
from tongban.core.negotiations.state import NegotiationStanding
from tongban.pages.components import Tone
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something that waits for an officer here; href: where it is done."""

    words: str
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxLine:
    """One negotiation; since: when it came to whose turn it is. news: what changed, in lines."""

    name: str
    title: str
    partners: str
    standing: str
    tone: Tone
    since: datetime
    answer_by: date | None
    news: tuple[str, ...]
    tasks: tuple[Task, ...]
    waits: bool
    ended: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """Everything, in the order in which it has to be looked at."""

    tasks: tuple[InboxLine, ...]
    others: tuple[InboxLine, ...]
    ended: tuple[InboxLine, ...]
    drafts: tuple[Draft, ...]
    unsent: tuple[str, ...]


def inbox() -> Inbox:
    """What stands today."""
    lines = [_line(talk) for talk in talks()]
    return Inbox(
        tasks=tuple(line for line in lines if line.tasks),
        others=tuple(line for line in lines if not line.tasks and not line.ended),
        ended=tuple(line for line in lines if not line.tasks and line.ended),
        drafts=tuple(drafts()),
        unsent=tuple(_unsent()),
    )


def partner_names(agreement: Agreement) -> str:
    """Everybody in a text but this place."""
    me = whole_node().name
    return listed(name_of_node(each.node) for each in agreement.parties if each.node != me)


def accepted_tasks(talk: Talk) -> Iterator[Task]:
    """What is left to do here once a text was agreed."""
    line = line_of(talk.state.accepted)
    closing = talk.state.closing
    if line is None and closing is not None and closing.by == whole_node().name:
        yield Task(words=gettext("提交签署"), href=_page("agreements:offer_accepted", talk.name))
    elif line is not None and line.awaits_our_signature:
        yield Task(words=gettext("签署"), href=_page("agreements:sign", line.digest))


def _line(talk: Talk) -> InboxLine:
    return InboxLine(
        name=talk.name,
        title=said(talk.text.title),
        partners=listed(talk.partner_names),
        standing=standing_words(talk),
        tone=standing_tone(talk),
        since=talk.state.closing.at if talk.state.closing else talk.table.at,
        answer_by=talk.answer_by if talk.is_open else None,
        news=tuple(_news(talk)) if talk.is_open else (),
        tasks=tuple(_tasks(talk)),
        waits=bool(talk.waiting),
        ended=not talk.is_open,
    )


def _tasks(talk: Talk) -> Iterator[Task]:
    if talk.waiting:
        return
    here = _page("agreements:negotiation", talk.name)
    if talk.ours:
        yield Task(words=gettext("答复第 %(number)s 稿") % {"number": talk.number}, href=here)
    elif talk.is_open and talk.new_comments():
        yield Task(words=gettext("看新的意见"), href=f"{here}#comments")
    if talk.standing is NegotiationStanding.ACCEPTED:
        yield from accepted_tasks(talk)


def _news(talk: Talk) -> Iterator[str]:
    before = _before(talk)
    if before is not None:
        yield _changed(changed_clauses(before, talk.text))
    count = len(talk.new_comments())
    if count:
        words = ngettext("对方有 %(count)s 条新意见", "对方有 %(count)s 条新意见", count)
        yield words % {"count": count}


def _changed(numbers: Sequence[str]) -> str:
    if not numbers:
        return gettext("条款没有改，改的是其他内容")
    count = len(numbers)
    words = ngettext("改了 %(count)s 条：%(which)s", "改了 %(count)s 条：%(which)s", count)
    return words % {"count": count, "which": listed(f"§{each}" for each in numbers)}


def _before(talk: Talk) -> Agreement | None:
    """What the version on the table is read against: the one before, or what it would replace."""
    if talk.number > 1:
        return talk.text_of(talk.number - 1)
    before = whole_node().document(talk.text.supersedes)
    return before if isinstance(before, Agreement) else None


def _unsent() -> Iterator[str]:
    """Titles of what was proposed here while the line was not open, and is not on it yet."""
    for peer in whole_node().kernel.peers.names():
        for command in whole_node().negotiations.waiting(peer):
            if isinstance(command, ProposeAgreement):
                yield said(agreement_or_404(command.document).title)


def _page(name: str, part: str) -> str:
    return reverse(name, args=[part])
