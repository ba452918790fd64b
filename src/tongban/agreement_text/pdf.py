"""The text as PDF (tagged, PDF/UA-1), set by typst."""

from functools import cache
from importlib.resources import files

import msgspec
import typst

from tongban.agreement_text.faults import FontMissing
from tongban.agreement_text.text import AgreementText

#: With Chinese characters and Latin letters; the first that is installed is taken.
FONTS = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")


def pdf(text: AgreementText) -> bytes:
    """The same bytes for the same text, fonts and typst; raises FontMissing."""
    fonts = _fonts()
    installed = set(fonts.families())
    font = next((font for font in FONTS if font in installed), None)
    if font is None:
        raise FontMissing(
            "no font with Chinese characters is installed, and the text would be empty boxes; "
            f"install one of {', '.join(FONTS)} (package fonts-noto-cjk of Debian), or write html "
            "or docx"
        )
    return typst.compile(
        (files(__package__) / "agreement.typ").read_bytes(),
        font_paths=fonts,
        sys_inputs={"text": msgspec.json.encode(text).decode(), "font": font},
        pdf_standards="ua-1",
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    """Looking for the fonts of a machine takes longer than setting a text."""
    return typst.Fonts()
