"""How long a large agreement takes to open and to compare.

`python -m tests.measurements.large_agreement --items 5000`
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from tests.measurements.calibration import hashing_seconds

from tongban.agreement_text.composing import compose
from tongban.agreement_text.web_page import web_page
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.differences import differences
from tongban.core.agreements.document import document_bytes, parse_agreement, read_document
from tongban.core.words import Language

_EXAMPLE = Path(__file__).parents[2] / "docs" / "reference" / "agreement-example.yaml"
_OWNER = "11340200003018364J"
_CHANGED_EVERY = 100


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--items", type=int, default=5_000)
    reader.add_argument("--runs", type=int, default=5)
    chosen = reader.parse_args()
    before = _agreement(chosen.items, lacking=0)
    after = _agreement(chosen.items, lacking=_CHANGED_EVERY)
    written = document_bytes(before)
    found = differences(before, after)
    result = {
        "items": chosen.items,
        "bytes": len(written),
        "places_that_differ": len(found),
        "seconds_to_read_and_check": _median(lambda: read_document(written), chosen.runs),
        "seconds_to_compare": _median(lambda: differences(before, after), chosen.runs),
        "seconds_to_tell_as_a_page": _median(lambda: _page(before), chosen.runs),
        "seconds_to_hash_200_mb": round(hashing_seconds(), 3),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _median(what: Callable[[], object], runs: int) -> float:
    return round(median(_seconds(what) for _ in range(runs)), 3)


def _seconds(what: Callable[[], object]) -> float:
    before = time.process_time()
    what()
    return time.process_time() - before


def _page(agreement: Agreement) -> bytes:
    return web_page(compose(agreement, Language.CHINESE))


def _agreement(items: int, *, lacking: int) -> Agreement:
    """The example with one more owner, all of whose items but every so many-th are granted."""
    plain: dict[str, Any] = yaml.safe_load(_EXAMPLE.read_text("utf-8"))
    codes = [
        f"{_OWNER}33401{number:08d}" for number in range(items) if not lacking or number % lacking
    ]
    named = next(line for line in plain["consents"] if line["organisation"] == _OWNER)
    named["items"] += codes
    named["item_names"] += [_named(code) for code in codes]
    grant = next(
        grant
        for clause in plain["clauses"]
        for grant in clause.get("grants", [])
        if grant["granter"] == named["granter"]
    )
    grant["items"] += codes
    return parse_agreement(plain)


def _named(code: str) -> Mapping[str, str]:
    return {"zh": f"事项{code[-4:]}（测算用）", "en": f"Item {code[-4:]} (made up to measure)"}


if __name__ == "__main__":
    main()
