"""What precedes an agreement's effect, as schedules: consents, legality reviews, publication."""

from collections.abc import Iterator

from tongban.agreement_text.text import Schedule, Table
from tongban.agreement_text.wording import Wording
from tongban.core.agreements.agreement import Agreement


def schedules_of(agreement: Agreement, wording: Wording) -> Iterator[Schedule]:
    """Those of the three that the document fills, numbered from one."""
    tables = (
        _consents(agreement, wording),
        _reviews(agreement, wording),
        _publications(agreement, wording),
    )
    filled = [table for table in tables if table.rows]
    for number, table in enumerate(filled, 1):
        yield Schedule(heading=wording.schedule(number), table=table)


def _consents(agreement: Agreement, wording: Wording) -> Table:
    return Table(
        caption=wording.either("实施主体同意情况", "Consents of the implementing bodies"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("实施主体", "Implementing body"),
            wording.either("统一社会信用代码", "Credit code"),
            wording.either("事项数", "Items"),
            wording.either("同意日期", "Given on"),
        ),
        rows=tuple(
            (
                wording.party(line.granter),
                wording.say(line.name),
                line.organisation,
                str(len(line.items)),
                wording.day(line.given_on),
            )
            for line in agreement.consents
        ),
    )


def _reviews(agreement: Agreement, wording: Wording) -> Table:
    return Table(
        caption=wording.either("合法性审核", "Legality reviews"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("审核机构", "Office"),
            wording.either("文号", "Number"),
            wording.either("审核日期", "Reviewed on"),
        ),
        rows=tuple(
            (
                wording.party(line.party),
                wording.say(line.office),
                line.number,
                wording.day(line.reviewed_on),
            )
            for line in agreement.reviews
        ),
    )


def _publications(agreement: Agreement, wording: Wording) -> Table:
    return Table(
        caption=wording.either("生效前的公布", "Publication before effect"),
        columns=(
            wording.either("当事方", "Party"),
            wording.either("公布载体", "Where"),
            wording.either("最迟日期", "Not later than"),
        ),
        rows=tuple(
            (wording.party(line.party), wording.say(line.where), wording.day(line.publish_by))
            for line in agreement.publications
        ),
    )
