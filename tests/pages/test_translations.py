"""Translations: compiled from what stands beside them, none left out."""

import gettext
import re
from pathlib import Path

import pytest

import tongban

CATALOGUES = sorted(Path(tongban.__file__).parent.glob("*/locale/en/LC_MESSAGES/django.po"))
ENTRY = re.compile(
    r'^msgid "(?P<id>.+)"\n(?:msgid_plural ".*"\nmsgstr\[0\] "(?P<one>.*)"\nmsgstr\[1\] ".*"'
    r'|msgstr "(?P<only>.*)")$',
    re.MULTILINE,
)


def entries(source: Path) -> dict[str, str]:
    found = ENTRY.finditer(source.read_text(encoding="utf-8"))
    return {plain(line["id"]): plain(line["one"] or line["only"] or "") for line in found}


def plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_message_is_translated_and_compiled(source: Path) -> None:
    written = entries(source)
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [message for message, words in written.items() if not words] == []
    for message, words in written.items():
        assert words in {compiled.gettext(message), compiled.ngettext(message, message, 1)}


def test_every_room_with_screens_has_a_catalogue() -> None:
    rooms = {path.parts[-5] for path in CATALOGUES}
    assert {"pages", "accounts", "portal", "projections"} <= rooms
