"""The one sentence of a case, for its page and for every list."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from tongban.core.cases.events import Verdict
from tongban.core.cases.process import LegKind
from tongban.core.cases.sentence import sentence
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.deadlines.deadline import Deadline, Light, light, remaining_days
from tongban.core.deadlines.running import deadlines_of
from tongban.core.items.item import Item
from tongban.core.words import Language, Words
from tongban.pages.components import LightShape, SentenceView
from tongban.pages.dates import instant_words
from tongban.pages.node_access import now, pinned_document, surroundings
from tongban.pages.places import every_place
from tongban.pages.words import reading_language

LIGHTS: Mapping[Light, LightShape] = {
    Light.GREEN: LightShape.ON_TIME,
    Light.AMBER: LightShape.SOON,
    Light.RED: LightShape.OVERDUE,
}


def sentence_view(state: CaseState, item: Item) -> SentenceView:
    """Who holds the case, what happens next, by when; the mood says how it is to be taken."""
    deadline = next(iter(running_deadlines(state, item)), None)
    words = sentence(
        state,
        item,
        deadline,
        place_names(),
        reading_language(),
        remaining=remaining(deadline) if deadline else None,
    )
    return SentenceView(
        text=f"{words}{_full_stop()}", mood=_mood(state, deadline), more=_since(state)
    )


def running_deadlines(state: CaseState, item: Item) -> tuple[Deadline, ...]:
    """The deadlines that run, the most urgent first."""
    return deadlines_of(state, item, surroundings().calendar, pinned_document(state))


def remaining(deadline: Deadline) -> int:
    """Working days left after today."""
    return remaining_days(deadline, _today(), surroundings().calendar)


def light_of(deadline: Deadline) -> LightShape:
    """The deadline's light; a hand-over, which has one day, is not "soon" from its first second."""
    if deadline.leg is LegKind.TRANSIT and remaining(deadline) > 0:
        return LightShape.ON_TIME
    return LIGHTS[light(deadline, _today(), surroundings().calendar)]


def place_names() -> dict[str, Words]:
    """Short names of places by the node that answers for them."""
    return {place.node: place.short for place in reversed(every_place())}


def _today() -> date:
    return china_day(now())


def _full_stop() -> str:
    return "。" if reading_language() is Language.CHINESE else "."


def _since(state: CaseState) -> str:
    """Waiting for the other side is no fault of the reader's, who need not do anything."""
    if state.transit is None or state.leg is None:
        return ""
    since = instant_words(state.leg.began_at)
    return gettext("从%(since)s起等着。不用再做什么，对方一接收，这里就会更新。") % {"since": since}


def _mood(state: CaseState, deadline: Deadline | None) -> str:
    if state.ended:
        return _last_mood(state)
    if deadline and remaining(deadline) < 0:
        return "overdue"
    return "yours" if state.leg and state.leg.kind is LegKind.CORRECTION else ""


def _last_mood(state: CaseState) -> str:
    if state.withdrawn_at:
        return ""
    granted = state.decided is not None and state.decided.verdict is Verdict.GRANTED
    return "done" if granted else "refused"
