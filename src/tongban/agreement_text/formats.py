"""The formats in which an agreement can be written: one line each."""

from collections.abc import Callable, Mapping

from tongban.agreement_text.pdf import pdf
from tongban.agreement_text.text import AgreementText, Format
from tongban.agreement_text.web_page import web_page
from tongban.agreement_text.word_file import word_file

FORMATS: Mapping[Format, Callable[[AgreementText], bytes]] = {
    Format.HTML: web_page,
    Format.PDF: pdf,
    Format.DOCX: word_file,
}
