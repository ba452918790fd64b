"""Who may decide single cases, and what power is missing: `tongban inquiry authorise | report`."""

from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.inquiries import ask
from tongban.app.operations.items import day_of
from tongban.core.china_time import china_day
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.plain_codes import is_code, is_number, is_step
from tongban.node.explaining import Cure, cures_of


def authorise(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record that a written authorisation to decide single cases lies in the files."""
    fits = is_number(arguments["number"]) and is_code(arguments["office"])
    if not fits:
        raise OperationRefused(
            "the number of the paper and the office go into the log, which nothing erases, so they "
            "are codes without anybody's name, such as WT-2026-3. Nothing was kept"
        )
    today = china_day(desk.node.kernel.clock.now())
    power = DecisionPower(
        number=arguments["number"],
        office=arguments["office"],
        items=frozenset(arguments["items"]),
        from_day=day_of(arguments["from_day"], today),
        until_day=day_of(arguments["until_day"], today),
    )
    if power.until_day < power.from_day:
        raise OperationRefused("the last day lies before the first; nothing was kept")
    unknown = [item for item in sorted(power.items) if desk.node.published.find(item) is None]
    if unknown:
        raise OperationRefused(f"no item {unknown[0]} is published here; nothing was kept")
    desk.node.decision_powers.record(power, actor=OPERATOR)
    return _line(power)


def revoke(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Let a recorded authorisation allow no more one-off decisions."""
    if not desk.node.decision_powers.revoke(arguments["number"], actor=OPERATOR):
        raise OperationRefused(
            f"no authorisation {arguments['number']} for one-off decisions counts here; `tongban "
            "inquiry authorisations` shows those that do"
        )
    return {"number": arguments["number"]}


def list_powers(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Authorisations that were recorded and not revoked."""
    return [_line(power) for power in desk.node.decision_powers.recorded()]


def report(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Put a missing power on record for the supervisor, and tell an upper node if one is named."""
    if not is_step(arguments["power"]):
        raise OperationRefused(
            "the power goes into the log, which nothing erases, so it is a code such as "
            "delegated_acceptance. Nothing was reported"
        )
    if desk.node.published.find(arguments["item"]) is None:
        raise OperationRefused(
            f"no item {arguments['item']} is published here; `tongban item list --all` shows those "
            "that are. Nothing was reported"
        )
    told = {}
    if arguments.get("to"):
        question = {
            "partner": arguments["to"],
            "item": arguments["item"],
            "reports": arguments["power"],
            "words": arguments["words"],
        }
        told = ask(desk, question)
    desk.node.decision_powers.report_missing(
        item=arguments["item"],
        partner=arguments["partner"],
        power=arguments["power"],
        actor=OPERATOR,
    )
    return {"inquiry": told.get("inquiry", ""), "to": arguments.get("to", "")}


def list_reports(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Powers that were reported missing, newest first, each with what gives it since."""
    missing = desk.node.decision_powers.missing()
    return [
        {
            "at": line.at.isoformat(timespec="seconds"),
            "item": line.item,
            "partner": line.partner,
            "power": line.power,
            "resolved_by": _cure(cure) if cure else None,
        }
        for line, cure in zip(missing, cures_of(desk.node, missing), strict=True)
    ]


def _cure(cure: Cure) -> dict[str, str]:
    return {"document": cure.digest, "title": cure.title.zh, "clause": cure.clause}


def _line(power: DecisionPower) -> dict[str, Any]:
    return {
        "number": power.number,
        "office": power.office,
        "items": sorted(power.items),
        "from_day": power.from_day.isoformat(),
        "until_day": power.until_day.isoformat(),
    }
