"""好差评 as a form: five grades by name and, if one likes, words; once for each case (一事一评)."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.body import Body
from tongban.core.cases.commands import Rate
from tongban.core.cases.events import Grade
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor
from tongban.pages.components import FieldError

_WORDS_MAX = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingForm:
    """What somebody chose and wrote; sent: complaints are due."""

    grade: str = ""
    words: str = field(default="", repr=False)
    sent: bool = False

    def errors(self) -> list[FieldError]:
        """What has to be mended."""
        if not self.sent or self.grade in set(Grade):
            return []
        return [FieldError(anchor="grade-1", words=gettext("请先选一个。"))]

    def command(self, case: str, actor: Actor) -> Rate:
        """The rating; only for a form that was sent without errors."""
        body = Body(name="rating", media="text/plain", content=self.words.encode())
        bodies = (body,) if self.words else ()
        return Rate(case=case, actor=actor, bodies=bodies, grade=Grade(self.grade))


def read_rating(request: HttpRequest) -> RatingForm:
    """What the page sent, if it sent anything."""
    return RatingForm(
        grade=request.POST.get("grade", ""),
        words=request.POST.get("words", "").strip()[:_WORDS_MAX],
        sent=request.method == "POST",
    )


def may_rate(state: CaseState) -> bool:
    """Whether the applicant can still say how it was."""
    answered = state.decided or state.not_accepted_at
    return bool(answered) and state.grade is None
