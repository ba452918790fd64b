"""Marks of what a keeper signed for a guest: on a line, and on the whole of a list's row."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

from tongban.core.records.objections import OBJECTIONS
from tongban.core.records.state import Backing
from tongban.node.records import Side
from tongban.pages.places import name_of_node
from tongban.pages.words import said


def side_words(side: Side | None) -> str:
    """Who signed it for whom, and whether the guest stands behind it; "" where nobody did."""
    if side is None:
        return ""
    bare = gettext("；没有附原件") if side.by_officer and not side.paper else ""
    return _WORDS[side.backing](side) + bare


def mark_words(sides: Iterable[Side]) -> str:
    """The mark of a case or agreement as a whole; "" where its parties stand behind all of it."""
    found = {side.backing for side in sides}
    if Backing.OBJECTED in found:
        return gettext("单方记录，有异议")
    return gettext("单方记录") if Backing.ONE_SIDED in found else ""


def _one_sided(side: Side) -> str:
    words = gettext("单方记录：由%(keeper)s代为签名")
    return words % {"keeper": name_of_node(side.keeper)}


def _acknowledged(side: Side) -> str:
    words = gettext("当时由%(keeper)s代为签名，已经追认")
    return words % {"keeper": name_of_node(side.keeper)}


def _objected(side: Side) -> str:
    words = gettext("单方记录：由%(keeper)s代为签名；有异议：%(why)s")
    why = said(OBJECTIONS[side.ground]) if side.ground else ""
    return words % {"keeper": name_of_node(side.keeper), "why": why}


_WORDS: Mapping[Backing, Callable[[Side], str]] = {
    Backing.ONE_SIDED: _one_sided,
    Backing.ACKNOWLEDGED: _acknowledged,
    Backing.OBJECTED: _objected,
}
