"""What may be shown of a name or a number where the whole is not needed."""

_SHOWN_AT_START = 4
_SHOWN_AT_END = 4


def mask_name(name: str) -> str:
    """张三 becomes 张*, 欧阳小明 becomes 欧***: the first character and as many stars as follow."""
    return name[:1] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """3401**********1234: four at each end; a short number shows only its last two."""
    hidden = len(number) - _SHOWN_AT_START - _SHOWN_AT_END
    if hidden <= 0:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return number[:_SHOWN_AT_START] + "*" * hidden + number[-_SHOWN_AT_END:]
