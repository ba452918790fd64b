"""One act of a case officer as a form: what it is called, what it rests on, how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from tongban.core.cases.commands import CaseCommand
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.projections.case_view import CaseView
from tongban.workbench.letters import Letterhead

_WORDS_MAX = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What an officer sent: on which case, in whose name, when.

    holder: the applicant's name for the result, "" where the act needs none.
    """

    view: CaseView
    actor: Actor
    at: datetime
    posted: Mapping[str, str] = field(repr=False)
    holder: str = field(default="", repr=False)

    @property
    def head(self) -> Letterhead:
        """What the letter of this act names."""
        return Letterhead(case=self.view.row.case, item=self.view.item, at=self.at)

    def text(self, name: str, longest: int = _WORDS_MAX) -> str:
        """What was typed into a field."""
        return self.posted.get(name, "").strip()[:longest]


#: The command, or what has to be mended first.
Read = CaseCommand | list[FieldError]


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerAct:
    """An act that the case room offers where the node would allow it.

    article: of the Licence Law 行政许可法, said where the item is a licence. sample: the act with
    everything it needs, to ask the node about; never executed. read: what was sent, as a command.
    done: said afterwards. offer: what its template needs, with what was sent before. grave: it
    goes against the applicant. names_applicant: the letter of the act needs the name.
    """

    code: str
    name: Callable[[], str]
    article: Words
    sample: Callable[[CaseView, Actor], CaseCommand]
    read: Callable[[Submission], Read]
    done: Callable[[], str]
    offer: Callable[[CaseView, Mapping[str, str]], dict[str, Any]]
    grave: bool = False
    names_applicant: bool = False

    @property
    def template(self) -> str:
        """Where its form is drawn."""
        return f"workbench/acts/{self.code}.html"


def please(anchor: str, words: str) -> list[FieldError]:
    """One complaint."""
    return [FieldError(anchor=anchor, words=words)]


def please_give_reasons(anchor: str) -> list[FieldError]:
    """A decision against the applicant without reasons is none (行政许可法 38)."""
    return please(anchor, gettext("请写明理由，要让申请人看得懂。"))
