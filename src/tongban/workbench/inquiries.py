"""口径咨询 at the desks: which inquiries an officer may open, and what stands on their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext, gettext_lazy

from tongban.accounts.models import Person
from tongban.accounts.permissions import belongs_to, has_role
from tongban.accounts.roles import Role
from tongban.core.agreements.document import Document
from tongban.core.body import BYTES_MAX, Body
from tongban.core.china_time import china_day
from tongban.core.inquiries.evolve import foreseen
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.inquiries.state import InquiryStanding, InquiryState, Line, LineKind
from tongban.core.items.item import Item
from tongban.node.inquiries import Found, Said
from tongban.pages.contents import shown
from tongban.pages.node_access import find_item, now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.workbench.access import own_node

ATTACHMENTS_MAX = 9
#: Under which of a person's roles an inquiry is read and answered.
OFFICES = (Role.CASE_OFFICER, Role.AGREEMENT_OFFICER, Role.COUNTER_CLERK)

_DEEDS = {
    LineKind.ASK: gettext_lazy("问题"),
    LineKind.MESSAGE: gettext_lazy("留言"),
    LineKind.ANSWER: gettext_lazy("一般答复"),
    LineKind.DECIDE_ONE_OFF: gettext_lazy("一事一议"),
    LineKind.WITHDRAW_ANSWER: gettext_lazy("撤回了一条答复"),
    LineKind.READ: gettext_lazy("已读"),
    LineKind.WITHDRAW: gettext_lazy("撤回了提问"),
}
STANDINGS = {
    InquiryStanding.OPEN: (gettext_lazy("待答复"), "wait"),
    InquiryStanding.ANSWERED: (gettext_lazy("已答复"), "good"),
    InquiryStanding.WITHDRAWN: (gettext_lazy("提问已撤回"), "off"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """One inquiry as an officer meets it; answers: by this place. age_days: since the question."""

    name: str
    peer: str
    state: InquiryState = field(repr=False)
    item: Item | None
    code: str
    case: str
    agreement: str
    asked_at: datetime
    answers: bool
    age_days: int
    unread: int

    @property
    def text(self) -> Document | None:
        """The agreement that the question names, where it is kept here."""
        return whole_node().document(self.agreement) if self.agreement else None

    @property
    def partner(self) -> str:
        """The short name of the other place."""
        return name_of_node(self.peer)

    @property
    def open(self) -> bool:
        """Whether somebody waits for an answer."""
        return self.state.standing is InquiryStanding.OPEN

    @property
    def standing(self) -> str:
        """In the reader's language."""
        return str(STANDINGS[self.state.standing][0])

    @property
    def tone(self) -> str:
        """Colour of the standing."""
        return STANDINGS[self.state.standing][1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """One line of an inquiry on the page.

    gone: something of it is not here any more. counts: an answer that is in force.
    """

    entry: str
    who: str
    deed: str
    at: datetime
    words: str = field(repr=False)
    attachments: tuple[str, ...]
    gone: bool
    from_day: date | None
    authority: str
    counts: bool
    ours: bool
    waits: bool


def inquiries_for(officer: Person) -> list[Inquiry]:
    """Those that the officer may open, the oldest question first."""
    found = (_inquiry(peer, foreseen(state)) for peer, state in whole_node().inquiries.every())
    return [each for each in found if each is not None and _may_open(officer, each)]


def inquiry_or_404(officer: Person, name: str) -> Inquiry:
    """The inquiry of this name; raises Http404 where the officer may not open it."""
    found = whole_node().inquiries.find(name)
    inquiry = _inquiry(found[0], foreseen(found[1])) if found else None
    if inquiry is None or not _may_open(officer, inquiry):
        raise Http404
    return inquiry


def about_case(case: str, peer: str) -> list[Inquiry]:
    """What was asked about a case, oldest first."""
    found = (_inquiry(peer, foreseen(each)) for each in whole_node().inquiries.with_partner(peer))
    return [each for each in found if each is not None and each.case == case]


def precedents_of(item: str, peer: str, words: Sequence[str] = ()) -> list[Found]:
    """General answers on an item between here and a partner; one-offs are no rule for others."""
    found = whole_node().inquiries.search(item=item, partner=peer, words=words)
    return [each for each in found if each.precedent.general]


def spoken(inquiry: Inquiry) -> list[Spoken]:
    """Everything that was said, oldest first; that something was read is no line of its own."""
    known = {line.entry: line for line in inquiry.state.lines}
    counting = {line.entry for line in inquiry.state.answers()}
    found = whole_node().inquiries.find(inquiry.name)
    waiting = {line.entry for line in found[1].pending} if found else set()
    told = whole_node().inquiries.history(inquiry.peer, inquiry.name)
    return [
        _spoken(inquiry, each, line, counts=line.entry in counting, waits=line.entry in waiting)
        for each in told
        if (line := known.get(each.entry.id)) and line.kind is not LineKind.READ
    ]


def read_by_partner(inquiry: Inquiry) -> bool:
    """Whether the other side has read everything that this place said."""
    return not inquiry.state.unread(inquiry.peer)


def office_of(officer: Person, inquiry: Inquiry) -> Role:
    """Under which of the officer's roles this is done."""
    if inquiry.answers and has_role(officer, Role.CASE_OFFICER):
        return Role.CASE_OFFICER
    return next(role for role in reversed(OFFICES) if has_role(officer, role))


def papers_for(officer: Person, inquiry: Inquiry) -> list[DecisionPower]:
    """Under which recorded authorisations the officer may decide this one case today."""
    if not (inquiry.answers and inquiry.case):
        return []
    office, today = office_of(officer, inquiry).value, china_day(now())
    recorded = whole_node().decision_powers.recorded()
    return [each for each in recorded if each.office == office and each.covers(inquiry.code, today)]


def bodies_of(request: HttpRequest, name: str) -> tuple[Body, ...] | str:
    """Words and files of a form as bodies, or why they cannot be taken."""
    words = request.POST.get("words", "").replace("\r\n", "\n").strip()
    files = request.FILES.getlist("attachment")
    if not words:
        return gettext("请写上内容。")
    if len(files) > ATTACHMENTS_MAX:
        return gettext("附件最多九件，请少选几件。")
    said = Body(name=name, media="text/plain", content=words.encode())
    attached = []
    for number, file in enumerate(files, 1):
        content = file.read()
        if len(content) > BYTES_MAX:
            return gettext("有一件附件超过 1 MB，请压缩以后再选。")
        media = shown(content).media
        attached.append(Body(name=f"attachment:{number}", media=media, content=content))
    return (said, *attached)


def _inquiry(peer: str, state: InquiryState) -> Inquiry | None:
    question = state.question
    if question is None:
        return None
    return Inquiry(
        name=state.id,
        peer=peer,
        state=state,
        item=find_item(question.item),
        code=question.item,
        case=question.case,
        agreement=question.agreement,
        asked_at=question.at,
        answers=state.answerer == own_node(),
        age_days=(now() - question.at).days,
        unread=len(state.unread(own_node())),
    )


def _may_open(officer: Person, inquiry: Inquiry) -> bool:
    """Liaison is the agreement officer's; else the asking counter, or whose item it is."""
    if has_role(officer, Role.AGREEMENT_OFFICER):
        return True
    if not inquiry.answers:
        return has_role(officer, Role.COUNTER_CLERK)
    ours = inquiry.item and belongs_to(officer, inquiry.item.organisation.code)
    return bool(ours) and has_role(officer, Role.CASE_OFFICER)


def _spoken(inquiry: Inquiry, said: Said, line: Line, *, counts: bool, waits: bool) -> Spoken:
    return Spoken(
        entry=line.entry,
        who=gettext("本地") if said.own else inquiry.partner,
        deed=str(_DEEDS[line.kind]),
        at=line.at,
        words=said.words,
        attachments=tuple(name for name in said.attachments if name not in said.gone),
        gone=bool(said.gone),
        from_day=date.fromisoformat(line.from_day) if line.from_day else None,
        authority=line.authority,
        counts=counts,
        ours=said.own,
        waits=waits,
    )


def answerable(lines: Iterable[Inquiry]) -> list[Inquiry]:
    """Those that wait for this place's answer."""
    return [each for each in lines if each.open and each.answers]
