"""What stands below the words of a clause: one table or paragraph for each part it has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tongban.agreement_text.text import Block, Paragraph, Table
from tongban.agreement_text.wording import Wording
from tongban.core.agreements.clauses import Clause, Grant, LegLimit, LiaisonOffice
from tongban.core.agreements.provisions import (
    Compensation,
    DataLine,
    DisputeStage,
    Indicator,
    JoiningCost,
    LiabilityLine,
    MaterialsStandard,
    Notice,
    SecurityDuty,
    Transport,
    Window,
)
from tongban.core.cases.process import NEEDED_WITH, Power

_FEN = 100


def clause_blocks(clause: Clause, wording: Wording) -> Iterator[Block]:
    """Everything that the clause says in fields, in the order of the document's fields."""
    for grant in clause.grants:
        yield from _grant(grant, wording)
    if clause.run_off is not None:
        rule = wording.value(clause.run_off)
        yield Paragraph(
            words=wording.either(f"在办案件的处理：{rule}。", f"Cases under way {rule}.")
        )
    yield from clause_tables(clause, wording)


def clause_tables(clause: Clause, wording: Wording) -> Iterator[Table]:
    """A table for each list of a clause but its grants."""
    for field, tabulate in _TABLES.items():
        lines = getattr(clause, field)
        if lines:
            yield tabulate(lines, wording)


def _grant(grant: Grant, wording: Wording) -> Iterator[Block]:
    granter, grantee = wording.party(grant.granter), wording.party(grant.grantee)
    modes, powers = wording.values(grant.modes), wording.values(grant.powers)
    yield Paragraph(
        words=wording.either(
            f"{granter}授权{grantee}：办理方式为{modes}；权限为{powers}。{_behalf(grant, wording)}"
            f"{_limit(grant, wording)}",
            f"{granter} lets {grantee} use these powers: {powers}. Modes: {modes}. "
            f"{_behalf(grant, wording)}{_limit(grant, wording)}",
        )
    )
    named = any(item in wording.names for item in grant.items)
    columns = (
        wording.either("序号", "No."),
        wording.either("实施编码", "Implementation code"),
        *((wording.either("事项名称", "Item"),) if named else ()),
        wording.either("实施主体", "Implementing body"),
    )
    yield Table(
        caption=wording.either(
            f"{granter}授权{grantee}办理的事项（{len(grant.items)}项）",
            f"Items that {granter} opens to {grantee} ({len(grant.items)})",
        ),
        columns=columns,
        rows=tuple(
            (str(number), item, *((_name(item, wording),) if named else ()), _owner(item, wording))
            for number, item in enumerate(grant.items, 1)
        ),
    )


def _behalf(grant: Grant, wording: Wording) -> str:
    """代为受理: what follows from the power to notify, in law and in the software."""
    if not {Power.NOTIFY, *NEEDED_WITH[Power.NOTIFY]} <= {*grant.powers}:
        return ""
    granter, grantee = wording.party(grant.granter), wording.party(grant.grantee)
    return wording.either(
        f"{grantee}以{granter}的名义收件，并在发出之前一次性告知需要补正的全部内容；"
        f"{granter}的期限自{grantee}收到申请材料之日起算。",
        f"{grantee} receives in {granter}'s name and tells the applicant once, before dispatch, "
        f"everything that has to be supplied; {granter}'s days run from {grantee}'s receipt. ",
    )


def _limit(grant: Grant, wording: Wording) -> str:
    if not grant.daily_limit:
        return wording.either("不设每日上限。", "There is no daily limit.")
    return wording.either(
        f"本条每一自然日（中国时间）收件不超过{grant.daily_limit}件，超出的由{wording.party(grant.grantee)}"
        "在发出之前留存。",
        f"At most {grant.daily_limit} intakes under this clause in a calendar day of China time; "
        f"{wording.party(grant.grantee)} holds the excess back before dispatch.",
    )


def _name(item: str, wording: Wording) -> str:
    name = wording.names.get(item)
    return wording.say(name) if name else "—"


def _owner(item: str, wording: Wording) -> str:
    return wording.say(wording.owners[item])


def _limits(lines: Sequence[LegLimit], wording: Wording) -> Table:
    return Table(
        caption=wording.either("各环节时限", "Time limits by leg"),
        columns=(wording.either("环节", "Leg"), wording.either("工作日", "Working days")),
        rows=tuple((wording.value(line.leg), str(line.working_days)) for line in lines),
    )


def _standards(lines: Sequence[MaterialsStandard], wording: Wording) -> Table:
    return Table(
        caption=wording.either("统一材料标准", "Common materials"),
        columns=(
            wording.either("基本编码", "Basic code"),
            wording.either("标准", "Standard"),
            wording.either("版本", "Version"),
            wording.either("摘要", "Digest"),
        ),
        rows=tuple(
            (line.basic_code, wording.say(line.title), str(line.version), line.digest or "—")
            for line in lines
        ),
    )


def _windows(lines: Sequence[Window], wording: Wording) -> Table:
    return Table(
        caption=wording.either("专窗和岗位", "Windows and posts"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("专窗和地址", "Window and address"),
            wording.either("岗位", "Post"),
            wording.either("职责", "Duties"),
        ),
        rows=tuple(
            (
                wording.party(window.node),
                wording.either("，", ", ").join(
                    (wording.say(window.name), wording.say(window.address))
                ),
                wording.say(function.name),
                wording.say(function.duties),
            )
            for window in lines
            for function in window.functions
        ),
    )


def _transports(lines: Sequence[Transport], wording: Wording) -> Table:
    return Table(
        caption=wording.either("材料流转", "Transport of paper"),
        columns=(
            wording.either("寄出方", "From"),
            wording.either("接收方", "To"),
            wording.either("内容", "What"),
            wording.either("方式", "How"),
            wording.either("费用承担", "Who pays"),
        ),
        rows=tuple(
            (
                wording.party(line.sender),
                wording.party(line.receiver),
                wording.values(line.papers),
                wording.value(line.carrier),
                wording.value(line.payer),
            )
            for line in lines
        ),
    )


def _data(lines: Sequence[DataLine], wording: Wording) -> Table:
    return Table(
        caption=wording.either("数据和证照清单", "Data and certificates"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("清单", "List"),
            wording.either("名称", "Name"),
            wording.either("提供单位", "Provider"),
            wording.either("共享属性", "Sharing"),
        ),
        rows=tuple(
            (
                wording.party(line.node),
                wording.value(line.list),
                wording.say(line.name),
                wording.say(line.provider),
                wording.value(line.share),
            )
            for line in lines
        ),
    )


def _security(lines: Sequence[SecurityDuty], wording: Wording) -> Table:
    return Table(
        caption=wording.either("安全责任", "Security duties"),
        columns=(wording.either("责任方", "Parties"), wording.either("责任", "Duty")),
        rows=tuple(
            (wording.join(map(wording.party, line.nodes)), wording.say(line.duty)) for line in lines
        ),
    )


def _liability(lines: Sequence[LiabilityLine], wording: Wording) -> Table:
    return Table(
        caption=wording.either("责任划分", "Liability"),
        columns=(
            wording.either("情形", "Matter"),
            wording.either("责任方", "Who answers"),
            wording.either("处理", "Remedy"),
            wording.either("工作日", "Working days"),
        ),
        rows=tuple(
            (
                wording.value(line.matter),
                wording.value(line.bearer),
                wording.say(line.remedy),
                str(line.working_days),
            )
            for line in lines
        ),
    )


def _indicators(lines: Sequence[Indicator], wording: Wording) -> Table:
    return Table(
        caption=wording.either("考核指标", "Indicators"),
        columns=(
            wording.either("指标", "Indicator"),
            wording.either("阈值", "Threshold"),
            wording.either("周期", "Taken over a"),
        ),
        rows=tuple(
            (
                wording.say(line.name),
                wording.value(line.bound)
                + wording.either("", " ")
                + f"{line.threshold}{wording.value(line.unit)}",
                wording.value(line.period),
            )
            for line in lines
        ),
    )


def _compensation(lines: Sequence[Compensation], wording: Wording) -> Table:
    return Table(
        caption=wording.either("补偿", "Compensation"),
        columns=(
            wording.either("付款方", "From"),
            wording.either("收款方", "To"),
            wording.either("用途", "For"),
            wording.either("计算单位", "For each"),
            wording.either("金额（元）", "Yuan"),
        ),
        rows=tuple(
            (
                wording.party(line.payer),
                wording.party(line.payee),
                wording.say(line.purpose),
                wording.value(line.per),
                _yuan(line.amount_fen),
            )
            for line in lines
        ),
    )


def _costs(lines: Sequence[JoiningCost], wording: Wording) -> Table:
    return Table(
        caption=wording.either("加入费用", "Cost of joining"),
        columns=(
            wording.either("加入方", "Joining"),
            wording.either("承担方", "Borne by"),
            wording.either("用途", "For"),
            wording.either("金额（元）", "Yuan"),
        ),
        rows=tuple(
            (
                wording.party(line.joining),
                wording.party(line.bearer),
                wording.say(line.purpose),
                _yuan(line.amount_fen),
            )
            for line in lines
        ),
    )


def _yuan(fen: int) -> str:
    return f"{fen // _FEN:,}.{fen % _FEN:02d}"


def _liaison(lines: Sequence[LiaisonOffice], wording: Wording) -> Table:
    return Table(
        caption=wording.either("联络员", "Liaison offices"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("机构", "Office"),
            wording.either("电话", "Telephone"),
        ),
        rows=tuple(
            (wording.party(line.node), wording.say(line.office), line.phone) for line in lines
        ),
    )


def _disputes(lines: Sequence[DisputeStage], wording: Wording) -> Table:
    return Table(
        caption=wording.either("争议处理的层级", "Path of a dispute"),
        columns=(
            wording.either("层级", "Level"),
            wording.either("处理机构", "Body"),
            wording.either("工作日", "Working days"),
        ),
        rows=tuple(
            (str(number), wording.say(line.body), str(line.working_days))
            for number, line in enumerate(lines, 1)
        ),
    )


def _notices(lines: Sequence[Notice], wording: Wording) -> Table:
    return Table(
        caption=wording.either("提前通知", "Notice"),
        columns=(
            wording.either("事由", "Matter"),
            wording.either("提前天数（自然日）", "Calendar days before"),
        ),
        rows=tuple((wording.value(line.matter), str(line.days)) for line in lines),
    )


#: The fields of a clause that become one table each, in the order in which they are printed.
_TABLES: Mapping[str, Callable[[Any, Wording], Table]] = {
    "limits": _limits,
    "standards": _standards,
    "windows": _windows,
    "transports": _transports,
    "data": _data,
    "security": _security,
    "liability": _liability,
    "indicators": _indicators,
    "compensation": _compensation,
    "costs": _costs,
    "liaison": _liaison,
    "disputes": _disputes,
    "notices": _notices,
}
