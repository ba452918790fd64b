"""What people looked for here and did not get, for those who decide with whom to talk next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.core.items.comparison import basic_code_of
from tongban.core.words import Words
from tongban.demand.models import Lack
from tongban.demand.reading import DemandLine, read_demand
from tongban.oversight.links import READERS
from tongban.pages.node_access import current_node
from tongban.pages.places import words_of_place
from tongban.pages.words import said

_LINES = 200
_LACKS: Mapping[str, Callable[[], str]] = {
    Lack.NOTHING_FOUND: lambda: gettext("目录里没有找到"),
    Lack.NOT_OFFERED: lambda: gettext("那个地方没有公布"),
    Lack.NOT_OPEN: lambda: gettext("有这个事项，但在这里办不了"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One line as it is read; there: "" where no place was asked for. typed: words of people."""

    count: int
    here: str
    there: str
    lack: str
    what: str
    typed: bool


@require_GET
@for_roles(*READERS)
def demand(request: HttpRequest) -> HttpResponseBase:
    """Most wanted first."""
    names = {basic_code_of(item): item.name for item in current_node().items()}
    lines = [_wanted(line, names) for line in read_demand(limit=_LINES)]
    return render(request, "oversight/demand.html", {"lines": lines})


def _wanted(line: DemandLine, names: Mapping[str, Words]) -> Wanted:
    return Wanted(
        count=line.count,
        here=said(words_of_place(line.here)),
        there=said(words_of_place(line.there)) if line.there else "",
        lack=_LACKS[line.lack](),
        what=_what(line, names),
        typed=not line.basic and bool(line.words),
    )


def _what(line: DemandLine, names: Mapping[str, Words]) -> str:
    if line.basic:
        return said(names[line.basic]) if line.basic in names else line.basic
    return line.words or gettext("目录里没有的说法（第 %(number)s 组）") % {"number": line.bucket}
