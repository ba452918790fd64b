"""The demand list: `tongban demand`."""

from dataclasses import asdict
from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.core.items.comparison import basic_code_of


def read(desk: OperatorDesk, arguments: Arguments) -> Any:
    """What people looked for and did not get, most wanted first, with the names of items."""
    from tongban.demand.reading import read_demand  # noqa: PLC0415 - Django is set up

    names = {basic_code_of(item): item.name.zh for item in desk.node.items()}
    lines = read_demand(
        since=arguments.get("since", ""),
        words=arguments.get("words", ""),
        limit=arguments.get("limit", 100),
    )
    return {"demand": [{**asdict(line), "name": names.get(line.basic, "")} for line in lines]}
