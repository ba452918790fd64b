"""A draft as its page shows it: beside what it answers, with what keeps it from being laid."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from tongban.agreements.comparisons import Comparison, compare
from tongban.agreements.labels import listed
from tongban.agreements.negotiations.drafts import Draft
from tongban.agreements.negotiations.inbox import partner_names
from tongban.agreements.negotiations.known_templates import as_template_has_it
from tongban.agreements.negotiations.lines import LineGroup, head_groups
from tongban.agreements.negotiations.talks import Talk, talk_of
from tongban.core.agreements.document import Agreement
from tongban.core.china_time import china_day
from tongban.core.negotiations.state import MoveKind
from tongban.pages.components import FieldError
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

#: How long a partner is given for an answer unless somebody writes another day.
_ANSWER_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftView:
    """A draft and what it is read against; before: None where it begins from nothing known.

    talk: the negotiation that it answers. head: lines beside the clauses. stale: why it cannot be
    laid as it is, "" where it can.
    """

    draft: Draft
    talk: Talk | None
    before: Agreement | None
    comparison: Comparison
    partners: str
    head: tuple[LineGroup, ...]
    stale: str
    may_catch_up: bool
    errors: tuple[FieldError, ...]

    @property
    def name(self) -> str:
        """Of the negotiation."""
        return self.draft.negotiation

    @property
    def unreviewed(self) -> str:
        """Places whose legal office has yet to look at it."""
        return listed(map(name_of_node, self.draft.agreement.unreviewed))

    @property
    def answer_by(self) -> date:
        """The last day for an answer, unless somebody writes another one."""
        return china_day(now()) + timedelta(days=_ANSWER_DAYS)


def draft_view(draft: Draft) -> DraftView:
    """Everything that the page of a draft says."""
    talk = talk_of(draft.negotiation) if draft.answers else None
    before = _before(draft, talk)
    mistake = draft.mistake
    where = f"{mistake.field}{gettext('：')}" if mistake and mistake.field else ""
    return DraftView(
        draft=draft,
        talk=talk,
        before=before,
        comparison=compare(before or draft.agreement, draft.agreement),
        partners=partner_names(draft.agreement),
        head=tuple(head_groups(draft.agreement)),
        stale=_stale(draft, talk),
        may_catch_up=talk is not None and MoveKind.COUNTER in talk.may,
        errors=(FieldError(anchor="clauses", words=f"{where}{mistake.words}"),) if mistake else (),
    )


def _before(draft: Draft, talk: Talk | None) -> Agreement | None:
    """The version that it answers; of a first text what it would replace, or its template."""
    if talk is not None and draft.answers <= talk.number:
        return talk.text_of(draft.answers)
    document = whole_node().document(draft.agreement.supersedes)
    if isinstance(document, Agreement):
        return document
    return as_template_has_it(draft.agreement)


def _stale(draft: Draft, talk: Talk | None) -> str:
    if talk is None:
        return ""
    if not talk.is_open:
        return gettext("这次磋商已经结束，这份草稿不能再提出；您写的都还在，可以另外发起。")
    if talk.number != draft.answers:
        words = gettext("您写的时候桌上换了一稿：现在是第 %(number)s 稿。您写的都还在。")
        return words % {"number": talk.number}
    if MoveKind.COUNTER not in talk.may:
        return gettext("现在不是轮到本地答复，这份草稿先留着。")
    return ""
