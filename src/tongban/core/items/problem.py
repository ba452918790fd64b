"""What is wrong with one field of an item, and what its author can do."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """field: path such as "materials[2].code"; remedy: "" where the reason already says it."""

    field: str
    reason: str
    remedy: str = ""
