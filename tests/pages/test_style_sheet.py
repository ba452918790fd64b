"""The style sheet: readable in light and dark, compiled from what stands beside it."""

import hashlib
import re
from pathlib import Path

import pytest

from tongban import pages

ROOM = Path(pages.__file__).parent
DESIGN = ROOM / "design"
SHEET = ROOM / "static" / "tongban" / "tongban.css"
TOKENS = (DESIGN / "_tokens.scss").read_text(encoding="utf-8")
TEXT = ("ink", "ink-soft", "link", "vermilion", "amber", "green")
GROUND = ("paper", "sheet", "shade")
WASHES = (
    ("link", "indigo-wash"),
    ("ink", "indigo-wash"),
    ("ink-soft", "indigo-wash"),
    ("vermilion", "vermilion-wash"),
    ("amber", "amber-wash"),
    ("ink", "amber-wash"),
    ("green", "green-wash"),
    ("indigo-text", "indigo"),
)
PAIRS = [(text, ground) for text in TEXT for ground in GROUND] + list(WASHES)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--tb-([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_colour_can_be_read_on_its_ground(mode: str, text: str, ground: str) -> None:
    light, _, dark = TOKENS.partition("@mixin dark")
    known = tokens(light if mode == "light" else dark)
    assert contrast(known[text], known[ground]) >= 4.5


def test_the_sheet_was_compiled_from_these_sources() -> None:
    digest = hashlib.sha256()
    for source in sorted(DESIGN.glob("*.scss")):
        digest.update(source.read_bytes())
    assert digest.hexdigest() in SHEET.read_text(encoding="utf-8")


def test_the_licensed_type_of_others_is_not_used() -> None:
    assert "GDS Transport" not in SHEET.read_text(encoding="utf-8")


def test_the_sheet_asks_nothing_of_other_sites() -> None:
    assert re.findall(r"url\((?!data:)[^)]*\)", SHEET.read_text(encoding="utf-8")) == []
