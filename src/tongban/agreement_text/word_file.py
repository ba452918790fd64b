"""The text for Word (DOCX): real headings and tables, on the margins of an official paper."""

from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tongban.agreement_text.text import AgreementText, Article, Block, Table

#: 仿宋 is the font of official papers (GB/T 9704-2012); Word takes another where it lacks it.
_CHINESE, _LATIN = "仿宋", "Times New Roman"


def word_file(text: AgreementText) -> bytes:
    """A file that Word and WPS open."""
    word = Document()
    _prepare(word, text)
    if text.notice:
        _centred(word, text.notice)
    word.add_heading(text.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _centred(word, text.number)
    for party in text.parties:
        word.add_paragraph().add_run(f"{party.label}　{party.name}").bold = True
        word.add_paragraph(party.detail)
    word.add_paragraph(text.opening)
    for article in text.articles:
        _article(word, article)
    _signatures(word, text)
    for schedule in text.schedules:
        word.add_heading(schedule.heading, level=2)
        _block(word, schedule.table)
    return _saved(word)


def _prepare(word: WordDocument, text: AgreementText) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = word.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # A style's theme font would win over the named one.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", _CHINESE)):
            fonts.set(qn(f"w:{kind}"), font)
    word.core_properties.title = text.title
    word.core_properties.author = ""
    word.core_properties.comments = text.digest


def _centred(word: WordDocument, words: str) -> None:
    word.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _article(word: WordDocument, article: Article) -> None:
    number = f" [{article.clause}]" if article.clause else ""
    word.add_heading(f"{article.ordinal}　{article.title}{number}", level=2)
    mark = word.add_paragraph()
    mark.add_run(article.mark.label).bold = True
    mark.add_run(f"　{article.mark.words}")
    for run in mark.runs:
        run.font.size = Pt(9.5)
    for block in article.blocks:
        _block(word, block)


def _block(word: WordDocument, block: Block) -> None:
    if not isinstance(block, Table):
        word.add_paragraph(block.words)
        return
    caption = word.add_paragraph()
    caption.add_run(block.caption).bold = True
    caption.paragraph_format.keep_with_next = True
    # Cell by cell, python-docx takes minutes for 5,000 rows.
    word.add_paragraph()._p.addprevious(parse_xml(_table(block)))  # noqa: SLF001


def _table(table: Table) -> str:
    rows = "".join(_row(row, header=False) for row in table.rows)
    grid = "<w:gridCol/>" * len(table.columns)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        '<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(table.columns, header=True)}{rows}</w:tbl>"
    )


def _row(cells: tuple[str, ...], *, header: bool) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    bold = "<w:b/>" if header else ""
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"
        + "".join(
            f'<w:tc><w:p><w:r><w:rPr>{bold}<w:sz w:val="19"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(cell)}</w:t></w:r></w:p></w:tc>'
            for cell in cells
        )
        + "</w:tr>"
    )


def _signatures(word: WordDocument, text: AgreementText) -> None:
    for party in text.parties:
        first = word.add_paragraph()
        first.add_run(f"{party.label}　{party.name}　{text.seal}").bold = True
        for line in (party.office, text.signature, text.date):
            word.add_paragraph(line)
    word.add_paragraph(text.closing)
    word.add_paragraph(text.digest)


def _saved(word: WordDocument) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()
