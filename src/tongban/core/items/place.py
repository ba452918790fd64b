"""Places as people name them, and the node that answers for each."""

from dataclasses import dataclass

from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A jurisdiction: GB/T 2260 code, full and short name, province, and its node's name."""

    code: str
    name: Words
    short: Words
    province: Words
    level: str
    node: str
