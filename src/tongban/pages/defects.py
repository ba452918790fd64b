"""What can be wrong with a material or an answer (补正原因), by the code that travels.

A new defect is a line in the table; a code of a partner's newer software is shown as it came.
"""

from collections.abc import Mapping

from tongban.core.words import Words
from tongban.pages.words import said

DEFECTS: Mapping[str, Words] = {
    "missing": Words(zh="没有交", en="Not handed in"),
    "unreadable": Words(zh="看不清", en="Cannot be read"),
    "incomplete": Words(zh="不完整，缺页或缺内容", en="Incomplete: pages or contents are missing"),
    "expired": Words(zh="已过有效期", en="No longer valid"),
    "inconsistent": Words(
        zh="与其他材料或填写的内容不一致", en="Does not agree with the other papers or the form"
    ),
    "unsigned": Words(zh="缺签名或盖章", en="Signature or seal is missing"),
    "wrong_document": Words(zh="不是要求的材料", en="Not the document that was asked for"),
    "original_not_shown": Words(zh="没有出示原件", en="The original was not shown"),
    "wrong_answer": Words(zh="填写有误", en="Filled in wrongly"),
}


def defect_words(code: str) -> str:
    """The defect in the reader's language."""
    known = DEFECTS.get(code)
    return said(known) if known else code
