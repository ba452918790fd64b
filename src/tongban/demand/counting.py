"""Counting what a search did not give; a search never fails because it cannot be counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F

from tongban.core.china_time import china_day
from tongban.demand.models import Demand, Lack
from tongban.demand.safe_words import SafeWords, safe_words
from tongban.search.finder import SURELY, Found
from tongban.search.vocabulary import Vocabulary

# Whoever types nonsense all month fills no disk: beyond this, new questions share one row a pair.
ROWS_MAX = 20_000
_NOTHING = SafeWords(words="", bucket=0)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lacking:
    """One lack, for a pair of places; the item's 基本编码 or the words of the question."""

    lack: Lack
    here: str
    there: str
    basic: str = ""
    words: SafeWords = _NOTHING


def lacking(found: Found, vocabulary: Vocabulary) -> Lacking | None:
    """What this search did not give, or None: it was empty, or its best result is possible."""
    if not found.question.words:
        return None
    here, there = found.here, found.there
    best = found.results[0] if found.results else None
    if best is None or best.fit < SURELY:
        words = safe_words(found.question.words, vocabulary)
        return Lacking(lack=Lack.NOTHING_FOUND, here=here, there=there, words=words)
    if found.places and best.entry.place not in found.places:
        basic = best.entry.basic
        return Lacking(lack=Lack.NOT_OFFERED, here=here, there=there, basic=basic)
    if not best.standing.possible:
        entry = best.entry
        return Lacking(lack=Lack.NOT_OPEN, here=here, there=entry.place, basic=entry.basic)
    return None


def count(lack: Lacking, now: datetime) -> None:
    """Add one; where the table cannot be written, the search goes on and nothing is counted."""
    try:
        with transaction.atomic():
            _add_one(lack, f"{china_day(now):%Y-%m}")
    except DatabaseError:
        _log.warning("demand_not_counted", lack=lack.lack)


def _add_one(lack: Lacking, month: str) -> None:
    row = _row(lack, lack.words, month)
    if not Demand.objects.filter(**row).exists() and _is_full(month):
        row = _row(lack, _NOTHING, month)
    kept, _ = Demand.objects.get_or_create(**row)
    Demand.objects.filter(pk=kept.pk).update(count=F("count") + 1)


def _row(lack: Lacking, words: SafeWords, month: str) -> dict[str, Any]:
    return {
        "month": month,
        "here": lack.here,
        "there": lack.there,
        "lack": lack.lack,
        "basic": lack.basic,
        "words": words.words,
        "bucket": words.bucket,
    }


def _is_full(month: str) -> bool:
    return Demand.objects.filter(month=month).count() >= ROWS_MAX
