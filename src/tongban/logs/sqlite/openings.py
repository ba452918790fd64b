# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""What officers decided about this node's own items."""

from datetime import date, datetime
from typing import Any

from tongban.logs.rows import OwnClosure, OwnOpening, OwnWithdrawal
from tongban.logs.sqlite.dialect import Spoken


class Openings(Spoken):
    """The openings' part of the store."""

    def put_withdrawal(self, connection: Any, row: OwnWithdrawal) -> None:
        values = (row.item, row.digest, row.reason, str(row.from_day), row.number)
        connection.execute(self._sql["put_withdrawal"], values)

    def forget_withdrawal(self, connection: Any, item: str) -> None:
        connection.execute(self._sql["forget_withdrawal"], (item,))

    def withdrawals(self, connection: Any) -> list[OwnWithdrawal]:
        return [
            OwnWithdrawal(
                item=item,
                digest=digest,
                reason=reason,
                from_day=date.fromisoformat(from_day),
                number=number,
            )
            for item, digest, reason, from_day, number in connection.execute(
                self._sql["withdrawals"]
            )
        ]

    def put_opening(self, connection: Any, row: OwnOpening) -> None:
        given_at = row.given_at.isoformat() if row.given_at else ""
        connection.execute(self._sql["put_opening"], (row.item, row.peer, row.number, given_at))
        connection.execute(self._sql["forget_closure"], (row.item, row.peer))

    def openings(self, connection: Any) -> list[OwnOpening]:
        return [
            OwnOpening(
                item=item,
                peer=peer,
                number=number,
                given_at=datetime.fromisoformat(given_at) if given_at else None,
            )
            for item, peer, number, given_at in connection.execute(self._sql["openings"])
        ]

    def put_closure(self, connection: Any, row: OwnClosure) -> None:
        values = (row.item, row.peer, row.reason, str(row.from_day), row.number)
        connection.execute(self._sql["put_closure"], values)
        connection.execute(self._sql["forget_opening"], (row.item, row.peer))

    def closures(self, connection: Any) -> list[OwnClosure]:
        return [
            OwnClosure(
                item=item,
                peer=peer,
                reason=reason,
                from_day=date.fromisoformat(from_day),
                number=number,
            )
            for item, peer, reason, from_day, number in connection.execute(self._sql["closures"])
        ]
