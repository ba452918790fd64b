"""The letter of a packet (.docx): what a guest is asked, by which day, under which clause."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from docx import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Packet:
    """facts, materials, application, asked: rows as they stand in the letter's tables."""

    title: str
    facts: Sequence[tuple[str, str]]
    asked: Sequence[tuple[str, str]]
    materials: Sequence[tuple[str, str, str]]
    application: Sequence[tuple[str, str]] = field(repr=False)


def write_letter(packet: Packet) -> bytes:
    """A file that Word and WPS open."""
    word = Document()
    word.core_properties.author = ""
    word.core_properties.title = packet.title
    word.add_heading(packet.title, level=1)
    for heading, columns, rows in (
        ("办件", ("项目", "内容"), packet.facts),
        ("请贵方办理", ("期限", "依据"), packet.asked),
        ("材料清单", ("代码", "名称", "形式"), packet.materials),
        ("申请内容", ("项目", "内容"), packet.application),
    ):
        word.add_heading(heading, level=2)
        table = word.add_table(rows=1, cols=len(columns), style="Table Grid")
        for row in (columns, *rows):
            cells = (table.rows[0] if row is columns else table.add_row()).cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    word.add_paragraph(
        "请填写随附的回复表（.xlsx），连同盖章文书的扫描件或者原件寄回。"
        "在贵方有自己的节点以前，由我方代为记录，标明为单方记录。"
    )
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()
