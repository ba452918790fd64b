"""What an officer fills in to lift a suspension, or to give an agreement a last day."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.known import item_names
from tongban.agreements.labels import TERMINATION_GROUNDS, termination_words
from tongban.agreements.register import RegisterLine
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.standing import items_of
from tongban.core.china_time import china_day, days_after, read_day
from tongban.pages.components import FieldError
from tongban.pages.dates import day_words
from tongban.pages.node_access import now
from tongban.pages.whole_node import whole_node


@dataclass(frozen=True, kw_only=True, slots=True)
class ResumptionAsked:
    """Which items are to go on; scope: "all", "some", or "" until chosen. names: of what stands."""

    scope: str
    chosen: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    @property
    def items(self) -> tuple[str, ...]:
        """As the command takes them: none means all."""
        return self.chosen if self.scope == "some" else ()

    @property
    def item_names(self) -> list[str]:
        """Names of the chosen items."""
        return [name for code, name in self.names if code in self.items]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Items that can be chosen: code, name, and whether it is."""
        return [(code, name, code in self.chosen) for code, name in self.names]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        if self.scope not in {"all", "some"}:
            return (FieldError(anchor="scope", words=gettext("请选恢复全部还是部分事项。")),)
        if self.scope == "some" and not self.chosen:
            return (FieldError(anchor="items", words=gettext("请选要恢复的事项。")),)
        return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TerminationAsked:
    """When it is to end and why; earliest, ends: the first day that is possible, and its own end.

    notice: calendar days that its clauses ask for.
    """

    ground: str
    last_day: str
    notice: int
    earliest: date
    ends: date

    @property
    def day(self) -> date:
        """The last day; only where nothing is wrong."""
        return date.fromisoformat(self.last_day)

    @property
    def ground_words(self) -> str:
        """The chosen ground."""
        return termination_words(self.ground)

    @property
    def grounds(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(code, say(), code == self.ground) for code, say in TERMINATION_GROUNDS.items()]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        found = []
        if self.ground not in TERMINATION_GROUNDS:
            found.append(FieldError(anchor="ground", words=gettext("请选终止的原因。")))
        day_error = self._day_error()
        if day_error:
            found.append(FieldError(anchor="last_day", words=day_error))
        return tuple(found)

    def _day_error(self) -> str:
        day = read_day(self.last_day)
        if day is None:
            return gettext("请写最后一天，例如 2026-12-31。")
        if day < self.earliest:
            words = gettext("太早了：要留出提前通知的天数，最早是%(day)s。")
            return words % {"day": day_words(self.earliest)}
        if day >= self.ends:
            return gettext("协议本来就到%(day)s为止。") % {"day": day_words(self.ends)}
        return ""


def read_resumption(given: QueryDict, line: RegisterLine) -> ResumptionAsked:
    """What was filled in; only items that this place itself stopped can be chosen."""
    names = item_names()
    stopped = stopped_here(line)
    return ResumptionAsked(
        scope=given.get("scope", ""),
        chosen=tuple(code for code in stopped if code in given.getlist("item")),
        names=tuple((code, names.get(code, code)) for code in stopped),
    )


def read_termination(
    given: QueryDict, line: RegisterLine, agreement: Agreement
) -> TerminationAsked:
    """What was filled in."""
    last = line.standing.last_day if line.standing else None
    return TerminationAsked(
        ground=given.get("ground", ""),
        last_day=given.get("last_day", "").strip(),
        notice=agreement.notice_days,
        earliest=days_after(china_day(now()), agreement.notice_days),
        ends=last or agreement.valid_until,
    )


def read_leaving(given: QueryDict, line: RegisterLine, agreement: Agreement) -> TerminationAsked:
    """What was filled in to leave an agreement of many; before all have signed without notice."""
    bound = any(each.state and each.state.is_concluded(agreement) for each in line.at)
    notice = agreement.notice_days if bound else 0
    return TerminationAsked(
        ground=given.get("ground", ""),
        last_day=given.get("last_day", "").strip(),
        notice=notice,
        earliest=days_after(china_day(now()), notice),
        ends=agreement.valid_until,
    )


def stopped_here(line: RegisterLine) -> tuple[str, ...]:
    """Items that this place stopped and has not let go on."""
    me = whole_node().name
    stops = [stop for each in line.at if each.state for stop in each.state.stopped_by(me)]
    return tuple(item for item in items_of(line.document) if any(s.stops(item) for s in stops))


def may_be_terminated(line: RegisterLine) -> bool:
    """Whether all have signed it and it does not end before any last day that could be given."""
    document, standing = line.document, line.standing
    if not isinstance(document, Agreement) or document.is_deposited or standing is None:
        return False
    return not standing.unsigned and _goes_on(line)


def may_be_left(line: RegisterLine) -> bool:
    """Whether this place is one of many and has not said that it leaves."""
    document, me = line.document, whole_node().name
    if not isinstance(document, Agreement) or not document.is_deposited:
        return False
    left = any(
        each.state.withdrawn or any(said.by == me for said in each.state.leavings)
        for each in line.at
        if each.state
    )
    return not left and _goes_on(line)


def _goes_on(line: RegisterLine) -> bool:
    last = line.standing.last_day if line.standing else None
    return last is None or last > china_day(now())
