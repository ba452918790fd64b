"""What nobody would see in a text is spelled out, in every format."""

from dataclasses import replace

import pytest

from tongban.agreement_text.composing import compose
from tongban.agreement_text.formats import FORMATS
from tongban.agreement_text.text import Format
from tongban.agreement_text.visible import visible
from tongban.catalogue import load_agreements
from tongban.core.words import Language, Words

SHIPPED = load_agreements()[0]
HIDDEN = "一\x07二\u202e三\ufffe四\x00"


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("language", Language)
def test_hidden_characters_stop_no_format(form: Format, language: Language) -> None:
    words = Words(zh=HIDDEN, en=HIDDEN)
    first = replace(SHIPPED.clauses[0], title=words, text=words)
    offices = tuple(replace(party, office=words) for party in SHIPPED.parties)
    text = replace(SHIPPED, title=words, parties=offices, clauses=(first, *SHIPPED.clauses[1:]))
    made = FORMATS[form](compose(text, language))
    assert made
    if form is Format.HTML:
        assert "一[U+0007]二[U+202E]三[U+FFFE]四[U+0000]" in made.decode()


def test_lines_and_wide_blanks_stay() -> None:
    assert visible("甲\u3000乙\n丙\t丁") == "甲\u3000乙\n丙\t丁"
    assert visible((Language.CHINESE, 5, "a")) == (Language.CHINESE, 5, "a")
