"""The text of an agreement in one language, before it is laid out in any format."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.words import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph of words."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with a caption; rows: a cell for each column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Rows whose cells bring the heads of their columns, where a row stands by itself."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


Block = Paragraph | Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Whether the software acts on an article by itself, and the same in words."""

    enforced: bool
    label: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One numbered article (条).

    clause: the number of the clause in the document, which entries name; "" for an article that
    says what stands in the document outside its clauses.
    """

    ordinal: str
    title: str
    clause: str
    mark: Mark
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A table behind the articles (附件)."""

    heading: str
    table: Table


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyText:
    """A party under its label (甲方), as preamble and signatures name it."""

    label: str
    name: str
    detail: str
    office: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementText:
    """Everything that stands on the paper, from top to bottom.

    notice: what has to be known before reading, "" where there is nothing. seal, signature, date:
    what stands at the place where each party signs. digest: of the document that is signed, which
    this text only shows.
    """

    language: Language
    title: str
    number: str
    notice: str
    parties: tuple[PartyText, ...]
    opening: str
    articles: tuple[Article, ...]
    schedules: tuple[Schedule, ...]
    seal: str
    signature: str
    date: str
    closing: str
    digest: str


class Format(StrEnum):
    """In what a text is laid out; the value is what the file is called behind its dot."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
