"""Why an operator does something, as the log may carry it for ever."""

from tongban.app.control import OperationRefused
from tongban.core.plain_codes import is_code


def check_ground(ground: str) -> None:
    """Raise OperationRefused for prose, in which somebody may be named: nothing erases it again."""
    if not is_code(ground):
        raise OperationRefused(
            "the ground goes into the log, which nothing erases, so it is a code without anybody's "
            "name or number, such as retention_ended; write the reason itself in your own files. "
            "Nothing was done"
        )
