"""The sheet that says what belongs where, and in which version of the template."""

from collections.abc import Iterator

from tongban.catalogue import load_line_codes
from tongban.catalogue.sheets.columns import CODE_ENGLISH, CODE_HEADING, Column
from tongban.catalogue.sheets.plans import PLANS, TEMPLATE_VERSION

_INTRODUCTION = (
    (
        "每行第一列是实施编码，说明属于哪个事项；“基本信息”每个事项一行，其余工作表可有多行。",
        "The implementation code says whose row it is: one each on 基本信息, any number elsewhere.",
    ),
    (
        "文件里没有的工作表和列保留现有内容；有的工作表以表为准，没有写的行就是删去。",
        "A sheet or column that is missing leaves what stands; a sheet that is there says it all.",
    ),
    (
        "申请表单和流程只写名称；不写表单名称的保留现有表单。",
        "Forms and processes are named, not written here; without a name the form stays.",
    ),
    (
        "环节时限算在法定办结时限之内，合计不能超过；全程网办的，到办事现场次数是0。",
        "Days of steps lie in the legal limit, also together. What is all online takes no visits.",
    ),
    (
        "公式、合并单元格、宏、外部链接都不收。英文列也要填写。",
        "Formulas, merged cells, macros and outside links are not taken. English is needed too.",
    ),
)


def explanation_rows() -> Iterator[tuple[str, ...]]:
    """Rows of the sheet, the heading included."""
    yield (f"通办事项模板 第{TEMPLATE_VERSION}版", f"Tongban items, template {TEMPLATE_VERSION}")
    yield from _INTRODUCTION
    lines = "、".join(load_line_codes())
    yield (
        f"四清单的目录代码：{lines}",
        f"Codes of lines on 四清单: {', '.join(load_line_codes())}",
    )
    yield ()
    yield ("工作表", "列", "必填", "填什么", "Sheet", "Column", "Needed", "What belongs there")
    for plan in PLANS.values():
        yield (
            plan.name,
            CODE_HEADING,
            "是",
            "31位，或者地方编码",
            plan.english,
            CODE_ENGLISH,
            "yes",
            "31 characters, or a local code",
        )
        for column in plan.columns:
            yield (plan.name, column.heading, *_said(plan.english, column))


def _said(sheet: str, column: Column) -> tuple[str, ...]:
    zh, en = column.kind.says
    needed = ("是", "yes") if column.needed else ("", "")
    return (needed[0], zh, sheet, column.english, needed[1], en)
