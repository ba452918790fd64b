"""{% load pages %}: the components, and the filters for words, days and masks."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy

from tongban.core.items.contacts import is_web_address
from tongban.core.words import Language, Words
from tongban.pages import dates, masking
from tongban.pages.components import (
    BasisChip,
    FieldError,
    Leg,
    LightShape,
    MaterialView,
    RefusalView,
    SentenceView,
    Tone,
)
from tongban.pages.forms.schema_form import Question
from tongban.pages.places import name_of_node
from tongban.pages.words import reading_language, said

register = template.Library()

_CHINESE = re.compile(r"[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*")

register.filter("day", dates.day_words)
register.filter("short_day", dates.short_day_words)
register.filter("instant", dates.instant_words)
register.filter("short_instant", dates.short_instant_words)
register.filter("masked_name", masking.mask_name)
register.filter("masked_number", masking.mask_number)

_LIGHT_WORDS = {
    LightShape.ON_TIME: gettext_lazy("时限内"),
    LightShape.SOON: gettext_lazy("快到期"),
    LightShape.OVERDUE: gettext_lazy("已超期"),
    LightShape.PAUSED: gettext_lazy("暂停计时"),
    LightShape.DONE: gettext_lazy("已完成"),
}


@register.filter
def words(value: Words) -> str:
    """Words of a document in the reader's language."""
    return said(value)


@register.filter
def chinese(value: Words) -> str:
    """The Chinese words, kept beside the English ones."""
    return value.zh


@register.filter
def place_of(node: str) -> str:
    """The short name of the place of a node."""
    return name_of_node(node)


@register.filter
def web_address(text: str) -> str:
    """The address, where it is one of the web; "" where it would lead anywhere else.

    Partners' items are not held to the rules for authors of this node.
    """
    return text if is_web_address(text) else ""


@register.filter
def mark_chinese(text: str) -> str:
    """Marks what is Chinese in a sentence of another language, so that it is read out rightly."""
    if reading_language() is Language.CHINESE:
        return text
    return mark_safe(_CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', escape(text)))  # noqa: S308 - the text is escaped


@register.inclusion_tag("pages/parts/term.html")
def term(chinese: str, meaning: str) -> dict[str, Any]:
    """A name as it stands in a file, with its meaning for whoever reads another language."""
    known = reading_language() is not Language.CHINESE
    return {"chinese": chinese, "meaning": meaning if known else ""}


@register.filter
def error_at(errors: Sequence[FieldError], anchor: str) -> str:
    """What is wrong with the control of this id; "" when nothing is."""
    return next((error.words for error in errors if error.anchor == anchor), "")


@register.inclusion_tag("pages/parts/light.html")
def light(shape: LightShape | str, detail: str = "") -> dict[str, Any]:
    """A light with shape and word; detail: said instead of the plain word."""
    shape = LightShape(shape)
    return {"shape": shape.value, "words": detail or _LIGHT_WORDS[shape]}


@register.inclusion_tag("pages/parts/tag.html")
def tag(text: str, tone: Tone | str = Tone.PLAIN) -> dict[str, Any]:
    """A short word in a box."""
    return {"text": text, "tone": Tone(tone).value}


@register.inclusion_tag("pages/parts/chip.html")
def chip(basis: BasisChip) -> dict[str, Any]:
    """On what an act rests; one click shows the clause in words."""
    return {"basis": basis}


@register.inclusion_tag("pages/parts/sentence.html")
def sentence(view: SentenceView) -> dict[str, Any]:
    """The one sentence on top of a case."""
    return {"sentence": view}


@register.inclusion_tag("pages/parts/legs.html")
def legs(way: Sequence[Leg]) -> dict[str, Any]:
    """The way of a case as legs, each with its party."""
    return {"legs": way}


@register.inclusion_tag("pages/parts/materials.html")
def materials(lines: Sequence[MaterialView]) -> dict[str, Any]:
    """A list of materials."""
    return {"lines": lines}


@register.inclusion_tag("pages/parts/refusal.html")
def refusal(view: RefusalView) -> dict[str, Any]:
    """What happened, why, and what can be done instead."""
    return {"refusal": view}


@register.inclusion_tag("pages/parts/error_summary.html")
def error_summary(errors: Sequence[FieldError]) -> dict[str, Any]:
    """What has to be mended, each with a link to its field."""
    return {"errors": errors}


@register.inclusion_tag("pages/parts/notice.html")
def notice(text: str, tone: str = "", title: str = "") -> dict[str, Any]:
    """A quiet box; tone: "wait" or "good"."""
    return {"text": text, "tone": tone, "title": title}


@register.inclusion_tag("pages/parts/back.html")
def back(href: str, text: str = "") -> dict[str, Any]:
    """The way back, above the heading."""
    return {"href": href, "words": text or gettext("返回")}


@register.inclusion_tag("pages/parts/question.html")
def question(asked: Question, *, heading: bool = False) -> dict[str, Any]:
    """One question of a form; heading: it is the only one of its page."""
    return {"question": asked, "heading": heading}
