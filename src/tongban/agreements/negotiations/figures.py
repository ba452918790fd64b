"""What negotiations cost (磋商成本), as a page tells it: how long, and over which clauses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, ngettext

from tongban.agreements.labels import Say, listed
from tongban.agreements.negotiations.talks import Talk, talks
from tongban.agreements.negotiations.words import standing_tone, standing_words
from tongban.core.negotiations.state import NegotiationStanding as Standing
from tongban.core.negotiations.statistics import FoughtClause, TalkFigures, together
from tongban.node.negotiation_figures import talk_figures
from tongban.pages.components import Tone
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_HOUR = timedelta(hours=1)
_HOURS_A_DAY = 24
_CLAUSES_SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine:
    """One negotiation in figures."""

    talk: Talk
    figures: TalkFigures

    @property
    def standing(self) -> str:
        """How it stands."""
        return standing_words(self.talk)

    @property
    def tone(self) -> Tone:
        """How good that is."""
        return standing_tone(self.talk)

    @property
    def partners(self) -> str:
        """With whom."""
        return listed(self.talk.partner_names)

    @property
    def took(self) -> str:
        """How long it took, or has taken by now."""
        return span_words(self.figures.took)

    @property
    def fought(self) -> str:
        """Clauses that were changed or commented on, those most often first."""
        found = sorted(self.figures.fought.items(), key=lambda line: (-line[1], line[0]))
        return listed(_times(number, times) for number, times in found)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoughtLine:
    """A clause over all negotiations on one text or from one template.

    titles: of those texts, and of what stands under the number in them, each once.
    """

    number: str
    times: int
    titles: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Everything that the page says; median: "" while nothing was agreed."""

    lines: tuple[FigureLine, ...]
    standings: str
    median: str
    counters: int
    comments: int
    fought: tuple[FoughtLine, ...]


def figures() -> Figures:
    """All negotiations of this place, what moved last first."""
    found = talk_figures(whole_node())
    by_table = {(each.negotiation, each.parties): each for each in found}
    known = [(talk, by_table.get((talk.name, talk.known.parties))) for talk in talks()]
    lines = tuple(FigureLine(talk=talk, figures=each) for talk, each in known if each)
    every = together(line.figures for line in lines)
    return Figures(
        lines=lines,
        standings=_counted(every.by_standing),
        median=span_words(every.median) if every.median is not None else "",
        counters=every.counters,
        comments=every.comments,
        fought=tuple(
            FoughtLine(number=each.clause, times=each.times, titles=_titles(each, lines))
            for each in every.fought[:_CLAUSES_SHOWN]
        ),
    )


def span_words(span: timedelta) -> str:
    """Days and hours; less than an hour is said as such."""
    if span < _HOUR:
        return gettext("不到 1 小时")
    days, hours = divmod(span // _HOUR, _HOURS_A_DAY)
    told = [
        ngettext("%(count)s 天", "%(count)s 天", days) % {"count": days} if days else "",
        ngettext("%(count)s 小时", "%(count)s 小时", hours) % {"count": hours} if hours else "",
    ]
    return " ".join(each for each in told if each)


def _times(number: str, times: int) -> str:
    return f"§{number}" if times == 1 else f"§{number} × {times}"


def _counted(by_standing: Mapping[Standing, int]) -> str:
    found = (each for each in Standing if by_standing.get(each))
    return listed(_STANDINGS[each]() % {"count": by_standing[each]} for each in found)


def _titles(found: FoughtClause, lines: Sequence[FigureLine]) -> str:
    """Of the clause in the texts in which it was fought over, with the names of these texts."""
    fought = [
        line
        for line in lines
        if line.figures.text == found.text and found.clause in line.figures.fought
    ]
    texts = [line.talk.text_of(n + 1) for line in fought for n in range(line.talk.number)]
    clauses = (text.clause(found.clause) for text in texts)
    titles = listed(dict.fromkeys(said(clause.title) for clause in clauses if clause))
    names = listed(dict.fromkeys(said(text.title) for text in texts))
    return gettext("%(clause)s（%(texts)s）") % {"clause": titles, "texts": names}


_STANDINGS: Mapping[Standing, Say] = {
    Standing.OPEN: lambda: gettext("在谈 %(count)s"),
    Standing.ACCEPTED: lambda: gettext("谈成 %(count)s"),
    Standing.REJECTED: lambda: gettext("拒绝 %(count)s"),
    Standing.WITHDRAWN: lambda: gettext("撤回 %(count)s"),
    Standing.LAPSED: lambda: gettext("过期 %(count)s"),
}
