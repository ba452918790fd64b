"""National and alliance lists: what was announced, and what agreements and cases really show."""

import csv

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles, has_role
from tongban.accounts.roles import Role
from tongban.oversight.comparing import origin_words
from tongban.oversight.links import LIST_READERS, READERS
from tongban.oversight.progress_lines import (
    MandateLink,
    columns_of,
    items_lacking,
    mandate_at,
    mandate_links,
    rows_of,
)
from tongban.pages.advice import every_advice
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@for_roles(*LIST_READERS)
def mandates(request: HttpRequest) -> HttpResponseBase:
    """Every list, and advice of upper levels."""
    context = {
        "mandates": mandate_links(),
        "advice": every_advice(),
        "may_publish": has_role(request.user, *READERS),
        "here": whole_node().name,
    }
    return render(request, "oversight/mandates.html", context)


@require_GET
@for_roles(*LIST_READERS)
def matrix(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every line of a list with every partner, in both directions."""
    link = _mandate(key)
    mandate = link.mandate
    columns = columns_of(mandate, whole_node().kernel.peers.names())
    context = {
        "mandate": mandate,
        "link": link,
        "columns": columns,
        "rows": list(rows_of(mandate, columns)),
        "published_origin": origin_words(mandate.published_origin),
    }
    return render(request, "oversight/matrix.html", context)


@require_GET
@for_roles(*LIST_READERS)
def pair(request: HttpRequest, key: str, partner: str) -> HttpResponseBase:
    """A list with one partner: what is opened, what is used, and what is lacking."""
    if whole_node().kernel.peers.get(partner) is None:
        raise Http404
    link = _mandate(key)
    mandate = link.mandate
    columns = columns_of(mandate, [partner])
    context = {
        "mandate": mandate,
        "link": link,
        "name": name_of_node(partner),
        "columns": columns,
        "rows": list(rows_of(mandate, columns)),
        "partner": partner,
        "may_propose": has_role(request.user, Role.AGREEMENT_OFFICER),
        "lacking": items_lacking(mandate, partner),
    }
    return render(request, "oversight/pair.html", context)


@require_GET
@for_roles(*LIST_READERS)
def export(request: HttpRequest, key: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its request
    """The whole matrix as CSV, a line for each item and direction."""
    link = _mandate(key)
    mandate = link.mandate
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mandate-{link.key}.csv"'
    # Without the mark, spreadsheets take UTF-8 for the encoding of their country.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(_headings())
    for column in columns_of(mandate, whole_node().kernel.peers.names()):
        for cell in column.cells:
            line, found = cell.progress.line, cell.progress
            row = [
                mandate.number,
                line.number,
                said(line.name),
                found.taker,
                found.decider,
                cell.words,
                found.closed,
                cell.lacks,
                line.announced,
                line.due_on or "",
                gettext("是") if found.overdue else gettext("否"),
                origin_words(line.origin),
                line.source,
            ]
            writer.writerow([_safe(value) for value in row])
    return response


def _mandate(key: str) -> MandateLink:
    found = mandate_at(key)
    if found is None:
        raise Http404
    return found


def _headings() -> list[str]:
    return [
        gettext("清单"),
        gettext("序号"),
        gettext("事项"),
        gettext("收件地"),
        gettext("办理地"),
        gettext("实际情况"),
        gettext("近十二个月办结件数"),
        gettext("缺什么"),
        gettext("清单要求的期限"),
        gettext("期限日"),
        gettext("逾期"),
        gettext("来源可靠程度"),
        gettext("出处"),
    ]


def _safe(value: object) -> str:
    """A cell that no spreadsheet computes."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
