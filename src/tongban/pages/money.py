"""Amounts as people write them: yuan, with two decimals at most."""

import re

_YUAN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def yuan_of(fen: int) -> str:
    """In yuan; without decimals where there are none."""
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"


def fen_of(yuan: str) -> int | None:
    """In fen; None for what is no amount."""
    if not _YUAN.fullmatch(yuan):
        return None
    whole, _, rest = yuan.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or "0")
