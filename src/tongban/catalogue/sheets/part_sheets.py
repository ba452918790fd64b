"""The sheets on which an item has any number of rows."""

from collections.abc import Iterator, Sequence

from tongban.catalogue import load_processes
from tongban.catalogue.sheets import labels
from tongban.catalogue.sheets.columns import Column, Plain, SheetPlan, list_plan, words
from tongban.catalogue.sheets.kinds import CHOICES, DAYS, MONEY, NUMBER, TEXTS, YES_NO, Choice
from tongban.catalogue.sheets.wide_columns import LIST_COLUMNS, MATERIAL_COLUMNS


def _split_plan(
    name: str, english: str, field: str, further: str, columns: tuple[Column, ...]
) -> SheetPlan:
    """A sheet of what an item has as one field and as further ones."""

    def rows_of(item: Plain) -> Sequence[Plain]:
        return [*([item[field]] if item.get(field) else []), *(item.get(further) or ())]

    def put(item: Plain, rows: list[Plain]) -> None:
        item[field] = rows[0] if rows else None
        item[further] = rows[1:]

    def paths(rows: Sequence[Plain]) -> Iterator[str]:
        return (f"{further}[{index - 1}]" if index else field for index in range(len(rows)))

    return SheetPlan(
        name=name,
        english=english,
        field=field,
        columns=columns,
        rows_of=rows_of,
        put=put,
        paths=paths,
    )


def _lists_of(item: Plain) -> Sequence[Plain]:
    lists = item.get("lists") or {}
    return [
        {"list": name, **line} for name in labels.LISTS.values() for line in lists.get(name, ())
    ]


def _put_lists(item: Plain, rows: list[Plain]) -> None:
    lists: Plain = {name: [] for name in labels.LISTS.values()}
    for row in rows:
        line = {name: value for name, value in row.items() if name != "list"}
        lists[row["list"]].append(line)
    item["lists"] = lists if rows or item.get("lists") else None


def _list_paths(rows: Sequence[Plain]) -> Iterator[str]:
    counts = dict.fromkeys(labels.LISTS.values(), 0)
    for row in rows:
        yield f"lists.{row['list']}[{counts[row['list']]}]"
        counts[row["list"]] += 1


PART_PLANS: tuple[SheetPlan, ...] = (
    list_plan("设定依据", "Legal basis", "legal_basis", words("依据", "Basis", needed=True)),
    list_plan(
        "受理条件",
        "Conditions",
        "conditions",
        (*words("条件", "Condition", needed=True), *words("条件依据", "Basis", "basis")),
    ),
    list_plan("申请材料", "Materials", "materials", MATERIAL_COLUMNS),
    list_plan(
        "业务办理项",
        "Handling items",
        "handling_items",
        (
            Column(heading="业务办理项编码", english="Handling item code", key="code", needed=True),
            *words("业务办理项名称", "Name", "name", needed=True),
            Column(heading="所需材料代码", english="Materials needed", key="materials", kind=TEXTS),
        ),
    ),
    list_plan(
        "决策表",
        "Decision table",
        "decisions",
        (
            Column(heading="情形", english="Where the form says", key="when", kind=CHOICES),
            Column(
                heading="对应业务办理项编码",
                english="Handling item code; empty where the item is not for it",
                key="handling_item",
            ),
            *words("结论说明", "What to know or do", "says"),
        ),
    ),
    list_plan(
        "签字人",
        "Signatories",
        "signatories",
        (
            Column(heading="签字人代码", english="Code", key="code", needed=True),
            *words("签字人", "Who signs", "name", needed=True),
            Column(
                heading="是否全体签字",
                english="All of them sign",
                key="each",
                kind=YES_NO,
                needed=True,
            ),
            Column(
                heading="所签材料代码",
                english="Materials that they sign",
                key="materials",
                kind=TEXTS,
            ),
        ),
    ),
    list_plan(
        "办理流程",
        "Steps",
        "steps",
        (
            *words("环节名称", "Step", "name", needed=True),
            *words("环节内容", "What is done", "what", needed=True),
            Column(heading="环节时限", english="Working days", key="days", kind=DAYS),
            *words("环节依据", "Basis", "basis"),
        ),
    ),
    list_plan(
        "特别程序",
        "Special procedures",
        "special_procedures",
        (
            *words("特别程序名称", "Name", "name", needed=True),
            Column(
                heading="特别程序种类",
                english="Kind",
                key="kind",
                kind=Choice(labels=labels.PROCEDURES),
                needed=True,
            ),
            Column(
                heading="特别程序时限",
                english="Working days",
                key="days",
                kind=NUMBER,
                needed=True,
            ),
            *words("特别程序依据", "Basis", "basis", needed=True),
            Column(
                heading="是否计入法定时限",
                english="Counts in the legal limit",
                key="counted",
                kind=YES_NO,
            ),
        ),
    ),
    _split_plan(
        "收费",
        "Fees",
        "fee",
        "further_fees",
        (
            *words("收费项目名称", "Name", "name"),
            Column(heading="收费标准", english="Amount", key="amount_fen", kind=MONEY, needed=True),
            *words("收费依据", "Basis", "basis", needed=True),
            Column(heading="是否允许减免", english="Can be reduced", key="reducible", kind=YES_NO),
            *words("允许减免说明", "When it is reduced", "reduction"),
        ),
    ),
    _split_plan(
        "结果",
        "Results",
        "result",
        "further_results",
        (
            *words("审批结果名称", "Name", "name", needed=True),
            Column(
                heading="审批结果类型",
                english="Kind",
                key="kind",
                kind=Choice(labels=labels.RESULT_KINDS),
                needed=True,
            ),
            Column(heading="审批结果样本", english="Sample", key="sample"),
            *words("有效期", "Validity", "validity"),
        ),
    ),
    list_plan(
        "办理窗口",
        "Counters",
        "counters",
        (
            *words("窗口名称", "Name", "name", needed=True),
            *words("窗口地点", "Address", "address", needed=True),
            *words("办理时间", "Hours", "hours", needed=True),
            Column(heading="窗口电话", english="Telephone", key="phone", needed=True),
        ),
    ),
    list_plan(
        "常见问题",
        "Questions",
        "questions",
        (
            *words("问题", "Question", "question", needed=True),
            *words("解答", "Answer", "answer", needed=True),
        ),
    ),
    list_plan(
        "通办方式",
        "Modes",
        "modes",
        (
            Column(
                heading="通办方式",
                english="Mode",
                key="mode",
                kind=Choice(labels=labels.MODES),
                needed=True,
            ),
            Column(
                heading="流程名称",
                english="Process",
                key="process",
                kind=Choice(labels={name: name for name in load_processes()}),
                needed=True,
            ),
        ),
    ),
    list_plan(
        "差异参数",
        "Figures of the place",
        "parameters",
        (
            Column(heading="参数代码", english="Code", key="code", needed=True),
            *words("参数名称", "Name", "name", needed=True),
            Column(heading="参数值", english="Value", key="value", needed=True),
            Column(
                heading="计量单位",
                english="Unit",
                key="unit",
                kind=Choice(labels=labels.UNITS),
                needed=True,
            ),
            *words("参数说明", "Note", "note"),
        ),
    ),
    SheetPlan(
        name="四清单",
        english="Four lists",
        field="lists",
        columns=LIST_COLUMNS,
        rows_of=_lists_of,
        put=_put_lists,
        paths=_list_paths,
    ),
    list_plan(
        "信息来源",
        "Origin of what is said",
        "provenance",
        (
            Column(
                heading="关于什么",
                english="About",
                key="about",
                kind=Choice(labels=labels.ASPECTS),
                needed=True,
            ),
            Column(
                heading="可靠程度",
                english="Origin",
                key="origin",
                kind=Choice(labels=labels.ORIGINS),
                needed=True,
            ),
            Column(heading="来源", english="Source", key="source"),
        ),
    ),
)
