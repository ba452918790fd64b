"""Erasing what was said to a partner: `tongban inquiry erase`, `tongban negotiation erase`."""

from collections.abc import Callable
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.core.entry import Subject, SubjectKind


def erasing(kind: SubjectKind) -> Callable[[OperatorDesk, Arguments], Any]:
    """The operation that erases bodies of one inquiry or negotiation, by its name."""

    def erase(desk: OperatorDesk, arguments: Arguments) -> Any:
        check_ground(arguments["ground"])
        name, body, line = arguments[kind.value], arguments["body"], arguments.get("line", "")
        erased = desk.node.erase_from(
            Subject(kind=kind, id=name),
            body,
            actor=OPERATOR,
            ground=arguments["ground"],
            beside=line,
        )
        if not erased:
            where = f"the line {line} of {name}" if line else name
            raise OperationRefused(
                f"{where} has no body {body} here, or it was erased before; "
                f"`tongban {kind.value} show` tells what there is"
            )
        return {kind.value: name, "body": body, "erased": erased}

    return erase
