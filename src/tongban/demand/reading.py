"""The demand list, most wanted first."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from tongban.demand.models import Demand
from tongban.demand.safe_words import bucket_of
from tongban.search.tokens import runs


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandLine:
    """One lack over the months that were asked for; fields as in `Demand`."""

    lack: str
    here: str
    there: str
    basic: str
    words: str
    bucket: int
    count: int


def read_demand(*, since: str = "", words: str = "", limit: int = 100) -> list[DemandLine]:
    """Lines from this month on, such as 2026-11. words: only questions like these."""
    rows = Demand.objects.filter(month__gte=since)
    if words:
        text = "".join(runs(words))
        rows = rows.filter(Q(words__contains=words) | Q(words="", bucket=bucket_of(text)))
    fields = ("lack", "here", "there", "basic", "words", "bucket")
    summed = rows.values(*fields).annotate(total=Sum("count")).order_by("-total", *fields)
    return [
        DemandLine(**{field: row[field] for field in fields}, count=row["total"])
        for row in summed[:limit]
    ]
