"""Why an operator does something, as the log may carry it for ever."""

from tongban.app.control import OperationRefused
from tongban.core.plain_codes import is_code

#: Why a line is closed; the log keeps the word for ever, so nobody makes up another.
CLOSING = ("partner_gone", "keys_stolen", "misbehaviour", "agreement_ended", "place_merged")


def check_closing(ground: str) -> None:
    """Raise OperationRefused for any other word than those."""
    if ground not in CLOSING:
        raise OperationRefused(
            f"{ground!r} is no ground for closing a line; it stays on the log for ever, so choose "
            f"one of {', '.join(CLOSING)}, and write the reason itself in your own files. Nothing "
            "was done"
        )


def check_ground(ground: str) -> None:
    """Raise OperationRefused for prose, in which somebody may be named: nothing erases it again."""
    if not is_code(ground):
        raise OperationRefused(
            "the ground goes into the log, which nothing erases, so it is a code without anybody's "
            "name or number, such as retention_ended; write the reason itself in your own files. "
            "Nothing was done"
        )
