"""The publication that an agreement asks before it has effect: who owes it, and recording one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.labels import listed
from tongban.agreements.register import RegisterLine
from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.document import Agreement
from tongban.core.china_time import china_day, read_day
from tongban.pages.components import FieldError
from tongban.pages.dates import day_words
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyLine:
    """What one party owes; published_on: the day that was recorded, None while there is none."""

    duty: PublicationDuty
    published_on: date | None

    @property
    def party(self) -> str:
        """The party's place."""
        return name_of_node(self.duty.party)

    @property
    def here(self) -> bool:
        """Whether it is owed by this place."""
        return self.duty.party == whole_node().name

    @property
    def overdue(self) -> bool:
        """Whether the last day has passed and nothing is recorded."""
        return self.published_on is None and self.duty.publish_by < china_day(now())

    @property
    def late(self) -> bool:
        """Whether it was published after the last day."""
        return self.published_on is not None and self.published_on > self.duty.publish_by


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationAsked:
    """Who published it and on which day; owed: duties that may be recorded here.

    remaining, unsigned: places that owe a publication or a signature once this one is recorded.
    """

    party: str
    day_text: str
    owed: tuple[DutyLine, ...]
    remaining: tuple[str, ...]
    unsigned: tuple[str, ...]
    valid_from: date

    @property
    def day(self) -> date:
        """The day of publication; only where nothing is wrong."""
        return date.fromisoformat(self.day_text)

    @property
    def suggested_day(self) -> str:
        """What stands in the field: today until somebody wrote another day."""
        return self.day_text or china_day(now()).isoformat()

    @property
    def chosen(self) -> DutyLine | None:
        """The duty that is fulfilled."""
        return next((each for each in self.owed if each.duty.party == self.party), None)

    @property
    def parties(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(each.duty.party, each.party, each.duty.party == self.party) for each in self.owed]

    @property
    def late(self) -> bool:
        """Whether the day lies behind the one that the text asks for."""
        return self.chosen is not None and self.day > self.chosen.duty.publish_by

    @property
    def consequence(self) -> str:
        """What the record brings about, and what is still lacking."""
        if self.unsigned:
            words = gettext("记入以后协议还不生效：还差%(names)s签署。")
            return words % {"names": _names(self.unsigned)}
        if self.remaining:
            words = gettext("记入以后协议还不生效：还差%(names)s公布。")
            return words % {"names": _names(self.remaining)}
        if self.valid_from > china_day(now()):
            words = gettext("这是最后一个公布：记入以后，协议到%(day)s就生效，双方的系统照此执行。")
            return words % {"day": day_words(self.valid_from)}
        return gettext("这是最后一个公布：对方收到以后，协议马上生效，双方的系统照此执行。")

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        found = []
        if self.chosen is None:
            found.append(FieldError(anchor="party", words=gettext("请选是哪一方公布的。")))
        day = read_day(self.day_text)
        if day is None:
            words = gettext("请写公布的日期，例如 2026-12-20。")
            found.append(FieldError(anchor="published_on", words=words))
        elif day > china_day(now()):
            words = gettext("这一天还没有到；请公布以后再记入。")
            found.append(FieldError(anchor="published_on", words=words))
        return tuple(found)


def duties_of(agreement: Agreement, line: RegisterLine) -> list[DutyLine]:
    """Every publication that the text asks for, and the day on which it came about."""
    known = {
        told.party: told.day for each in line.at if each.state for told in each.state.publications
    }
    return [
        DutyLine(duty=duty, published_on=known.get(duty.party)) for duty in agreement.publications
    ]


def owed_here(agreement: Agreement, line: RegisterLine) -> tuple[DutyLine, ...]:
    """Duties that this place may record: its own, and of a third whom a partner asks about.

    A partner's own publication is for that partner to record.
    """
    told = frozenset(_told(agreement, line))
    return tuple(each for each in duties_of(agreement, line) if each.duty.party in told)


def awaits_our_publication(line: RegisterLine) -> bool:
    """Whether all have signed it and nothing but this place's publication may be lacking."""
    document, standing = line.document, line.standing
    if not isinstance(document, Agreement) or standing is None or standing.unsigned:
        return False
    left = standing.days_left
    ended = left is not None and left < 0
    return not ended and any(each.here for each in owed_here(document, line))


def read_publication(
    given: QueryDict, line: RegisterLine, agreement: Agreement
) -> PublicationAsked:
    """What was filled in; where only one duty can be recorded, it is that one."""
    owed = owed_here(agreement, line)
    party = owed[0].duty.party if len(owed) == 1 else given.get("party", "")
    standing = line.standing
    return PublicationAsked(
        party=party,
        day_text=given.get("published_on", "").strip(),
        owed=owed,
        remaining=tuple(
            each.duty.party
            for each in duties_of(agreement, line)
            if each.published_on is None and each.duty.party != party
        ),
        unsigned=standing.unsigned if standing else tuple(sorted(agreement.nodes)),
        valid_from=agreement.valid_from,
    )


def _told(agreement: Agreement, line: RegisterLine) -> Iterator[str]:
    for each in line.at:
        if each.state is not None:
            yield from (p for p in each.state.unpublished(agreement) if p != each.between.peer)


def _names(nodes: tuple[str, ...]) -> str:
    return listed(name_of_node(node) for node in nodes)
