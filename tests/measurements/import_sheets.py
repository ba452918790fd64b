"""Measures how fast a spreadsheet of items is read, checked, and made a draft of.

    python -m tests.measurements.import_sheets --rows 10000 --runs 5

The items are those that ship, again and again under other authorities with codes of their own,
until all sheets together have so many rows; --items counts items instead. All are new, so every
rule is held to every one. Prints medians.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from tests.measurements.calibration import hashing_seconds

from tongban.catalogue import load_items, load_places
from tongban.catalogue.sheets.checking import Standing, check_book
from tongban.catalogue.sheets.csv_writing import write_csv
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.rows import book_of, rows_of_item
from tongban.catalogue.sheets.xlsx_writing import write_export
from tongban.core.items.codes import credit_check
from tongban.core.items.item import Item

_CITY = "hefei"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Seconds of one run."""

    read: float
    check: float


def main() -> None:
    """Build the file once, then read and check it again and again."""
    asked = _arguments()
    items = _items(asked.rows, asked.items)
    book = book_of(items)
    data = write_csv(book) if asked.csv else write_export(book)
    runs = [_measure(data, len(items)) for _ in range(asked.runs)]
    result = {
        "hash 200 MB s": round(hashing_seconds(), 3),
        "items": len(items),
        "rows": sum(len(table.rows) for table in book.tables.values()),
        "megabytes": round(len(data) / 1_000_000, 2),
        "read s": round(statistics.median(run.read for run in runs), 2),
        "check s": round(statistics.median(run.check for run in runs), 2),
        "both s": round(statistics.median(run.read + run.check for run in runs), 2),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=0)
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def _measure(data: bytes, items: int) -> Measured:
    begun = time.perf_counter()
    book = open_book(data)
    read = time.perf_counter()
    place = next(place for place in load_places() if place.node.startswith(_CITY))
    standing = Standing(
        node=place.node, places=frozenset({place.code}), today=date(2026, 1, 1), own={}
    )
    checked = check_book(book, standing)
    done = time.perf_counter()
    if checked.mistakes or len(checked.changes) != items:
        sys.exit(f"{len(checked.mistakes)} mistakes, {len(checked.changes)} changes")
    return Measured(read=read - begun, check=done - read)


def _items(rows: int, items: int) -> list[Item]:
    """So many items, or as many as have so many rows."""
    found: list[Item] = []
    written = 0
    for item in _endless():
        if (items and len(found) >= items) or (not items and written >= rows):
            break
        found.append(item)
        written += sum(len(each) for each in rows_of_item(item).values())
    return found


def _endless() -> Iterator[Item]:
    for number in count(1):
        first = f"11340100MB{number:07}"
        owner = first + credit_check(first)
        for item in load_items(_CITY):
            yield _of(item, owner)


def _of(item: Item, owner: str) -> Item:
    """The same item of another authority."""
    code = owner + item.code[len(owner) :]
    return replace(
        item,
        code=code,
        organisation=replace(item.organisation, code=owner),
        handling_items=tuple(
            replace(line, code=code + line.code[len(item.code) :]) for line in item.handling_items
        ),
        decisions=tuple(
            replace(row, handling_item=row.handling_item.replace(item.code, code))
            for row in item.decisions
        ),
    )


if __name__ == "__main__":
    main()
