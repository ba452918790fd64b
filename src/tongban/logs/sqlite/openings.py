# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""What officers decided about this node's own items, in SQLite."""

from datetime import date
from typing import Any

from tongban.logs.rows import OwnOpening, OwnWithdrawal
from tongban.logs.sqlite.sql import load

_SQL = load("openings.sql")


class Openings:
    """The openings' part of the store."""

    def put_withdrawal(self, connection: Any, row: OwnWithdrawal) -> None:
        values = (row.item, row.digest, row.reason, str(row.from_day), row.number)
        connection.execute(_SQL["put_withdrawal"], values)

    def forget_withdrawal(self, connection: Any, item: str) -> None:
        connection.execute(_SQL["forget_withdrawal"], (item,))

    def withdrawals(self, connection: Any) -> list[OwnWithdrawal]:
        return [
            OwnWithdrawal(
                item=item,
                digest=digest,
                reason=reason,
                from_day=date.fromisoformat(from_day),
                number=number,
            )
            for item, digest, reason, from_day, number in connection.execute(_SQL["withdrawals"])
        ]

    def put_opening(self, connection: Any, row: OwnOpening) -> None:
        connection.execute(_SQL["put_opening"], (row.item, row.peer, row.number))

    def openings(self, connection: Any) -> list[OwnOpening]:
        return [
            OwnOpening(item=item, peer=peer, number=number)
            for item, peer, number in connection.execute(_SQL["openings"])
        ]
