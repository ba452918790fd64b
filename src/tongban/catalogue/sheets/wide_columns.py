"""Columns of the two sheets that have most of them: materials and the four lists."""

from tongban.catalogue.sheets import labels
from tongban.catalogue.sheets.columns import Column, words
from tongban.catalogue.sheets.kinds import NUMBER, TEXTS, YES_NO, Choice

MATERIAL_COLUMNS = (
    Column(heading="材料代码", english="Code", key="code", needed=True),
    *words("材料名称", "Name", "name", needed=True),
    Column(
        heading="材料类型",
        english="Original or copy",
        key="kind",
        kind=Choice(labels=labels.MATERIAL_KINDS),
    ),
    Column(
        heading="材料形式",
        english="Medium",
        key="medium",
        kind=Choice(labels=labels.MEDIUMS),
        needed=True,
    ),
    Column(
        heading="材料必要性",
        english="Necessity",
        key="necessity",
        kind=Choice(labels=labels.NECESSITIES),
        needed=True,
    ),
    *words("何种情形需要", "When it is needed", "needed_when"),
    Column(
        heading="来源渠道",
        english="Source",
        key="source",
        kind=Choice(labels=labels.SOURCES),
        needed=True,
    ),
    *words("来源渠道说明", "Note on the source", "source_note"),
    Column(heading="原件份数", english="Originals", key="originals", kind=NUMBER),
    Column(heading="复印件份数", english="Copies", key="copies", kind=NUMBER),
    Column(
        heading="是否核验原件",
        english="Original is checked",
        key="original_check",
        kind=YES_NO,
    ),
    Column(heading="空白表格", english="Blank form", key="blank_form"),
    Column(heading="示例样表", english="Sample", key="sample"),
    *words("填报须知", "How to fill it in", "filling_notes"),
    *words("受理标准", "Acceptance standard", "acceptance_standard", needed=True),
    *words("要求提供材料的依据", "Basis", "legal_basis", needed=True),
)

LIST_COLUMNS = (
    Column(
        heading="清单",
        english="List",
        key="list",
        kind=Choice(labels=labels.LISTS),
        needed=True,
    ),
    Column(heading="目录代码", english="Code of the line", key="code", needed=True),
    *words("目录名称", "Name of the line", "name", needed=True),
    Column(heading="提供方种类", english="Kind of provider", key="provider", needed=True),
    Column(
        heading="提供方所在",
        english="Where the provider is",
        key="at",
        kind=Choice(labels=labels.PROVIDER_PLACES),
        needed=True,
    ),
    Column(
        heading="共享属性",
        english="Share attribute",
        key="share",
        kind=Choice(labels=labels.SHARES),
        needed=True,
    ),
    Column(heading="带来的字段", english="Fields that it brings", key="fields", kind=TEXTS),
    Column(heading="免交的材料", english="Materials that it brings", key="materials", kind=TEXTS),
)
